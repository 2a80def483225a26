package io.arranque.timeline;

/**
 * How far a machine's boot has come, in the order in which it happens. A boot may skip stages (a
 * machine whose address comes from the campus server shows no {@link #ACK}) and repeats the first
 * ones: ROM, iPXE and operating system each ask DHCP anew.
 */
public enum Stage {
  /** Somebody asked it, by Wake-on-LAN, to switch itself on. */
  WAKE(Phase.CALLED, "wake"),
  /** It asked for an address, or, beside another server, for a boot file. */
  DISCOVER(Phase.ADDRESS, "discover"),
  OFFER(Phase.ADDRESS, "offer"),
  REQUEST(Phase.ADDRESS, "request"),
  ACK(Phase.ADDRESS, "ack"),
  /** It fetched a loader by TFTP or HTTP. */
  LOADER(Phase.FIRMWARE, "loader"),
  /** It fetched its iPXE script. */
  SCRIPT(Phase.FIRMWARE, "script"),
  /** It has no role and waits for one on its own screen. */
  WAITING(Phase.FIRMWARE, "waiting"),
  /** It was sent to its local disk; nothing more is expected of it. */
  LOCAL_DISK(Phase.FIRMWARE, "local-disk"),
  KERNEL(Phase.KERNEL, "kernel"),
  INITRD(Phase.KERNEL, "initrd"),
  /** It fetched a document of its role: cloud-config, user-data, preseed, … */
  CLOUD_CONFIG(Phase.SYSTEM, "cloud-config"),
  /** The operating system reported back. */
  UP(Phase.SYSTEM, "up"),
  /** It told that it is installed; what it boots next is its own disk. */
  INSTALLED(Phase.SYSTEM, "installed"),
  /** It is up, and tries to register with its cluster. */
  REGISTERING(Phase.SYSTEM, "registering"),
  /** It told that it has registered with its cluster. */
  REGISTERED(Phase.SYSTEM, "registered");

  /** Who acts. */
  public enum Phase {
    /** People: the machine has said nothing yet. */
    CALLED,
    /** Anything that wants an address: firmware, loader and operating system alike. */
    ADDRESS,
    /** Firmware and the loader. */
    FIRMWARE,
    /** Kernel and initrd are on their way; a loader fetches them. */
    KERNEL,
    /** Only an operating system does that. */
    SYSTEM
  }

  private final Phase phase;
  private final String label;

  Stage(Phase phase, String label) {
    this.phase = phase;
    this.label = label;
  }

  public Phase phase() {
    return phase;
  }

  /** The word used on the page, in the API and in tables. */
  public String label() {
    return label;
  }
}
