package io.arranque.diagnosis;

import io.arranque.address.Ipv4;
import io.arranque.timeline.Pace;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known around a machine's events.
 *
 * @param now the present
 * @param seen when it was last seen without an event being made of it
 * @param dhcp what we do on its segment
 * @param rivals other DHCP servers there, those that give addresses first
 * @param memory of the machine, in MiB
 * @param uefi whether its firmware is UEFI; empty: it did not tell
 * @param troubles what its boot plan lacks at present; empty: nobody looked
 * @param reports whether its role has documents, so that its system asks for them
 * @param initrds how many initrds its image has
 * @param httpPort of the boot plane
 * @param download what is on its way to it now
 * @param pace how long the boots of its room take
 * @param othersUp how many other machines of its room came up within the last hour
 * @param holders who uses addresses of ours, as far as that is known
 */
public record Circumstances(
    Instant now,
    Optional<Instant> seen,
    Dhcp dhcp,
    List<Rival> rivals,
    Optional<Integer> memory,
    Optional<Boolean> uefi,
    Optional<Set<Reason>> troubles,
    boolean reports,
    int initrds,
    int httpPort,
    Optional<Running> download,
    Pace pace,
    int othersUp,
    Map<Ipv4, String> holders) {

  /** What our DHCP does on a segment. */
  public enum Dhcp {
    SERVER,
    PROXY,
    OFF,
    /** Nobody knows its segment. */
    UNKNOWN
  }

  /**
   * Another DHCP server.
   *
   * @param address what it calls itself
   * @param name the same with its MAC, if that is known
   * @param givesAddresses whether it is known to
   */
  public record Rival(String address, String name, boolean givesAddresses) {}

  /**
   * A download.
   *
   * @param began when
   * @param stalled whether the machine takes nothing any more
   */
  public record Running(
      String file, long done, long whole, long bytesPerSecond, Instant began, boolean stalled) {}

  public Circumstances {
    rivals = List.copyOf(rivals);
    holders = Map.copyOf(holders);
  }

  /** Nothing is known but the time. */
  public static Circumstances at(Instant now) {
    return new Circumstances(
        now,
        Optional.empty(),
        Dhcp.SERVER,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        1,
        8081,
        Optional.empty(),
        Pace.UNKNOWN,
        0,
        Map.of());
  }

  /** The same at another time, with nothing on its way; to judge a boot that is over. */
  Circumstances then(Instant time) {
    return new Circumstances(
        time,
        Optional.empty(),
        dhcp,
        rivals,
        memory,
        uefi,
        troubles,
        reports,
        initrds,
        httpPort,
        Optional.empty(),
        pace,
        othersUp,
        holders);
  }

  /** Whether so much time has passed since. */
  boolean past(Instant since, Duration patience) {
    return !now.isBefore(since.plus(patience));
  }
}
