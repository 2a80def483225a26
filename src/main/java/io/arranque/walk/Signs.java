package io.arranque.walk;

import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which events say that somebody has just switched a PC on. */
public final class Signs {
  /**
   * ROM, loader and iPXE each ask DHCP within one boot, iPXE after up to 30 s of a switch's
   * spanning tree.
   */
  static final Duration ONE_BOOT = Duration.ofSeconds(60);

  /** Where another server's relay brings them and we hear nothing of DHCP. */
  static final Duration SILENT = Duration.ofMinutes(10);

  private Signs() {}

  /** Whether firmware, and not a phone or an operating system, says something. */
  public static boolean isOfFirmware(BootEvent event, Hardware hardware) {
    boolean began =
        switch (event.stage()) {
          case DISCOVER, LOADER, SCRIPT, WAITING -> true;
          case WAKE,
              OFFER,
              REQUEST,
              ACK,
              LOCAL_DISK,
              KERNEL,
              INITRD,
              CLOUD_CONFIG,
              UP,
              INSTALLED,
              REGISTERING,
              REGISTERED ->
              false;
        };
    // A reason hides who asked: a phone that finds the pool empty is told so like a PC.
    return began
        && isItsOwn(event)
        && event.reason() != Reason.ADDRESS_ONLY
        && (event.reason() == Reason.OK || hardware.firmware().isPresent());
  }

  /**
   * Whether a boot begins with this event.
   *
   * @param before what is known of the machine from before it, newest first
   */
  public static boolean beginsBoot(BootEvent event, List<BootEvent> before) {
    Optional<BootEvent> last = before.stream().filter(Signs::isItsOwn).findFirst();
    if (last.isEmpty() || last.get().reason() == Reason.ADDRESS_ONLY) {
      return true; // what its system asked was the boot before
    }
    Duration quiet = Duration.between(last.get().at(), event.at());
    if (event.stage() != Stage.DISCOVER) {
      return quiet.compareTo(SILENT) >= 0;
    }
    return last.get().stage().compareTo(Stage.LOADER) > 0 || quiet.compareTo(ONE_BOOT) >= 0;
  }

  /** Neither what people did nor what is sent to it. */
  private static boolean isItsOwn(BootEvent event) {
    return !event.reason().isOfPeople()
        && event.reason() != Reason.WAKE_SENT
        && event.reason().kind() != Reason.Kind.ALARM;
  }

  /** The segments whose machines a walk through this room takes. */
  public static List<String> segments(Site site, String room) {
    List<String> own =
        site.segments().values().stream()
            .filter(segment -> segment.room().filter(room::equals).isPresent())
            .map(Segment::name)
            .toList();
    return own.isEmpty()
        ? site.segments().values().stream()
            .filter(segment -> segment.room().isEmpty())
            .map(Segment::name)
            .toList()
        : own;
  }

  /**
   * Whether the machine's segment is known to be where this event came from: what DHCP hears is
   * told before it is written to the inventory.
   */
  public static boolean isPlaced(BootEvent event, Optional<Machine> machine) {
    return machine
        .filter(m -> m.segment().isPresent())
        .flatMap(Machine::lastSeen)
        .filter(seen -> !seen.isBefore(event.at().minusSeconds(10)))
        .isPresent();
  }
}
