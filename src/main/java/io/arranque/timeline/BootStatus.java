package io.arranque.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a machine stands, judged from its newest events.
 *
 * @param state in a word
 * @param decisive the event that says so; empty for {@link State#NEVER_SEEN}
 * @param lastHeard when the newest event was, which may be a mere renewal of a lease
 */
public record BootStatus(State state, Optional<BootEvent> decisive, Optional<Instant> lastHeard) {
  /** How many of a machine's newest events are worth looking at; a boot makes about 30. */
  public static final int EVENTS = 50;

  /** So long a boot may take from one stage to the next. */
  public static final Duration PATIENCE = BootRules.PATIENCE;

  private static final BootStatus UNSEEN =
      new BootStatus(State.NEVER_SEEN, Optional.empty(), Optional.empty());

  /** The word for a machine. */
  public enum State {
    /** Known from people only, or not heard of since the timeline begins. */
    NEVER_SEEN("never-seen"),
    /** It was sent a Wake-on-LAN packet, and was not heard of yet. */
    WAKING("waking"),
    DHCP("dhcp"),
    /** Between its loader and its operating system's first words. */
    LOADING("loading"),
    WAITING("waiting"),
    LOCAL_DISK("local-disk"),
    UP("up"),
    INSTALLED("installed"),
    REGISTERED("registered"),
    /** It began to boot, or waited for a role, and then was not heard of for {@link #PATIENCE}. */
    STALLED("stalled"),
    FAILED("failed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** The word used in the API. */
    public String label() {
      return label;
    }
  }

  /** Whether the newest event alone cannot tell, so that {@link #EVENTS} should be read. */
  public static boolean needsHistory(BootEvent newest) {
    return BootRules.isAside(newest)
        || BootRules.isDhcp(newest)
        || (BootRules.isReport(newest) && !newest.isFailure());
  }

  /**
   * Whether these hold nothing but DHCP, so that more of them may tell how the boot went: a machine
   * that stays up renews its lease for weeks.
   */
  public static boolean isAllDhcp(List<BootEvent> events) {
    return events.stream().allMatch(e -> BootRules.isAside(e) || BootRules.isDhcp(e));
  }

  /**
   * Judges.
   *
   * @param newestFirst the machine's newest events
   * @param seen when it was last seen without an event being made of it; one that waits for a role
   *     asks again every few seconds
   */
  public static BootStatus of(List<BootEvent> newestFirst, Optional<Instant> seen, Instant now) {
    List<BootEvent> own = newestFirst.stream().filter(e -> !BootRules.isAside(e)).toList();
    if (own.isEmpty()) {
      return UNSEEN;
    }
    BootEvent newest = own.get(0);
    if (newest.stage() == Stage.WAKE) {
      return woken(newest, seen, now);
    }
    // Whatever it does after being woken says more than that it was.
    own = own.stream().filter(e -> e.stage() != Stage.WAKE).toList();
    Instant heard = seen.filter(s -> s.isAfter(newest.at())).orElse(newest.at());
    List<BootEvent> progress = own.stream().filter(e -> !BootRules.isDhcp(e)).toList();
    Optional<BootEvent> discover = own.stream().filter(BootRules::isFirmwareDiscover).findFirst();
    boolean anew = progress.isEmpty() || beginsAnew(progress.get(0), discover);
    BootEvent decisive = anew ? newest : farthest(progress);
    State state = anew && runs(newest, discover) ? State.UP : state(decisive);
    Instant last = state == State.WAITING ? heard : lastStep(own, decisive);
    if (goesStale(state) && last.plus(PATIENCE).isBefore(now)) {
      state = State.STALLED;
    }
    return new BootStatus(state, Optional.of(decisive), Optional.of(heard));
  }

  private static BootStatus woken(BootEvent wake, Optional<Instant> seen, Instant now) {
    boolean silent = wake.at().plus(PATIENCE).isBefore(now);
    return new BootStatus(silent ? State.STALLED : State.WAKING, Optional.of(wake), seen);
  }

  /**
   * How far the newest boot came. Reports overtake one another (cloud-init's phone_home comes after
   * the script that registered the machine), and a system that is up may fetch a document again:
   * neither sets it back.
   */
  private static BootEvent farthest(List<BootEvent> progress) {
    BootEvent farthest = progress.get(0);
    for (BootEvent event : progress) {
      if (!BootRules.isReport(event) || event.isFailure()) {
        break;
      }
      if (event.stage().compareTo(farthest.stage()) > 0) {
        farthest = event;
      }
    }
    return farthest;
  }

  /**
   * The last event of the boot that {@code decisive} belongs to. A lease that is prolonged, or
   * asked for anew, hours later does not bring a boot back to life.
   */
  private static Instant lastStep(List<BootEvent> newestFirst, BootEvent decisive) {
    Instant last = decisive.at();
    for (int i = newestFirst.indexOf(decisive); i >= 0; i--) {
      Instant next = newestFirst.get(i).at();
      if (next.isAfter(last.plus(PATIENCE))) {
        break;
      }
      last = next;
    }
    return last;
  }

  /** Whether more is expected within {@link #PATIENCE}. */
  private static boolean goesStale(State state) {
    return state == State.DHCP || state == State.LOADING || state == State.WAITING;
  }

  /** REQUEST and ACK alone are a renewal; what of firmware's DISCOVER, see {@link BootRules}. */
  private static boolean beginsAnew(BootEvent progress, Optional<BootEvent> discover) {
    return discover.filter(d -> BootRules.restarts(progress, d)).isPresent();
  }

  /**
   * Whether an address is all it wants: a phone, a PC that started from its disk, a system that
   * prolongs its lease.
   */
  private static boolean runs(BootEvent newest, Optional<BootEvent> discover) {
    return newest.stage() == Stage.ACK && (discover.isEmpty() || !BootRules.isOfFirmware(newest));
  }

  private static State state(BootEvent event) {
    if (event.isFailure()) {
      return State.FAILED;
    }
    return switch (event.stage()) {
      case WAKE -> State.WAKING;
      case DISCOVER, OFFER, REQUEST, ACK ->
          event.reason() == Reason.POLICY_NEVER ? State.LOCAL_DISK : State.DHCP;
      case LOADER, SCRIPT, KERNEL, INITRD, CLOUD_CONFIG -> State.LOADING;
      case WAITING -> State.WAITING;
      case LOCAL_DISK -> State.LOCAL_DISK;
      case UP, REGISTERING -> State.UP;
      case INSTALLED -> State.INSTALLED;
      case REGISTERED -> State.REGISTERED;
    };
  }
}
