package io.arranque.timeline;

import io.arranque.timeline.Stage.Phase;
import java.time.Duration;

/**
 * What a single event says of the boot that it belongs to, and where one boot ends and the next
 * begins. {@link BootStatus} and {@link BootRun} ask here, so that the word for a machine and the
 * bars of its boots cannot contradict each other.
 */
final class BootRules {
  /**
   * A boot goes from one stage to the next within this; also how long the operating system's own
   * DHCP, minutes after the loader's, still belongs to the same boot.
   */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private BootRules() {}

  /** What people did, or what was refused to whoever asked, says nothing of how far it is. */
  static boolean isAside(BootEvent event) {
    return event.reason().isOfPeople()
        || event.reason().kind() == Reason.Kind.ALARM
        || event.reason() == Reason.NOT_A_BOOT_CLIENT
        || (event.reason().kind() == Reason.Kind.REFUSAL && !isDhcp(event));
  }

  static boolean isDhcp(BootEvent event) {
    return event.stage().phase() == Phase.ADDRESS && !event.isFailure();
  }

  /** What only an operating system does; loader, script and kernel begin a new boot. */
  static boolean isReport(BootEvent event) {
    return event.stage().phase() == Phase.SYSTEM;
  }

  static boolean isOfFirmware(BootEvent event) {
    return event.reason() != Reason.ADDRESS_ONLY;
  }

  static boolean isFirmwareDiscover(BootEvent event) {
    return event.stage() == Stage.DISCOVER && isOfFirmware(event);
  }

  /**
   * Whether a DISCOVER of firmware, after such progress, is a new boot. Soon after the loader it is
   * the loader asking for itself, or a failed boot going round. After the kernel nobody but a ROM
   * that was started again calls itself PXE.
   */
  static boolean restarts(BootEvent progress, BootEvent discover) {
    return discover.at().isAfter(progress.at().plus(PATIENCE))
        || (isRom(discover)
            && discover.at().isAfter(progress.at())
            && progress.stage().compareTo(Stage.KERNEL) >= 0
            && !progress.isFailure());
  }

  /** By what the event says of its client; empty in events that older versions wrote. */
  private static boolean isRom(BootEvent event) {
    String client = event.detail();
    return client.startsWith("PXE") || client.startsWith("iPXE") || client.startsWith("UEFI HTTP");
  }
}
