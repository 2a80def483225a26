package io.arranque.timeline;

/**
 * How far a machine's boot has come, in the order in which it happens. A boot may skip stages (a
 * machine whose address comes from the campus server shows no {@link #ACK}) and repeats the first
 * ones: ROM, iPXE and operating system each ask DHCP anew.
 */
public enum Stage {
  /** Somebody asked it, by Wake-on-LAN, to switch itself on. */
  WAKE("wake"),
  /** It asked for an address, or, beside another server, for a boot file. */
  DISCOVER("discover"),
  OFFER("offer"),
  REQUEST("request"),
  ACK("ack"),
  /** It fetched a loader by TFTP or HTTP. */
  LOADER("loader"),
  /** It fetched its iPXE script. */
  SCRIPT("script"),
  /** It has no role and waits for one on its own screen. */
  WAITING("waiting"),
  /** It was sent to its local disk; nothing more is expected of it. */
  LOCAL_DISK("local-disk"),
  KERNEL("kernel"),
  INITRD("initrd"),
  /** It fetched a document of its role: cloud-config, user-data, preseed, … */
  CLOUD_CONFIG("cloud-config"),
  /** The operating system reported back. */
  UP("up"),
  /** It told that it is installed; what it boots next is its own disk. */
  INSTALLED("installed"),
  /** It is up, and tries to register with its cluster. */
  REGISTERING("registering"),
  /** It told that it has registered with its cluster. */
  REGISTERED("registered");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** The word used on the page, in the API and in tables. */
  public String label() {
    return label;
  }
}
