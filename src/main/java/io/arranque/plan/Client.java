package io.arranque.plan;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import java.util.Optional;

/**
 * What the program on the other end of the wire said of itself.
 *
 * @param mac which machine it runs on
 * @param kind what program it is
 * @param architecture DHCP option 93, when it sent one
 * @param hardware what it told about the machine
 */
public record Client(Mac mac, Kind kind, Optional<Integer> architecture, Hardware hardware) {

  /** What a client can be given to boot. */
  public enum Kind {
    /** A PXE ROM: a loader by TFTP. */
    PXE,
    /** UEFI HTTP Boot: a loader by URL. */
    HTTP_BOOT,
    /** iPXE, in ROM or chainloaded: a script by URL. Giving it the loader again would loop. */
    IPXE,
    /** An operating system or anything else: nothing. */
    OTHER
  }

  public Optional<Firmware> firmware() {
    return architecture.flatMap(Firmware::ofArchitecture);
  }
}
