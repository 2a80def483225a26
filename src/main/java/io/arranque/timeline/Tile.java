package io.arranque.timeline;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the picture of a room shows of a machine: the one place that decides it.
 *
 * @param state in a word
 * @param percent how much of its kernel and initrds it has; only while it is loading
 * @param heard how old this knowledge is
 */
public record Tile(State state, OptionalInt percent, Optional<Instant> heard) {

  /** The words, in the order in which people want to know: what is wrong comes first. */
  public enum State {
    FAILED("failed"),
    /** Somebody or something that does not belong on this seat, or may not be what it says. */
    FOREIGN("foreign"),
    STALLED("stalled"),
    /** It waits until somebody lets it have its secrets. */
    UNARMED("unarmed"),
    /** It waits for a role. */
    WAITING("waiting"),
    /** It waits for its turn to download. */
    QUEUED("queued"),
    WAKING("waking"),
    DHCP("dhcp"),
    LOADING("loading"),
    UP("up"),
    INSTALLED("installed"),
    REGISTERED("registered"),
    LOCAL_DISK("local-disk"),
    /** It ran, and its lease is over without it having come back. */
    OFF("off"),
    NEVER_SEEN("never-seen");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** The word used in the API, and in style sheets. */
    public String label() {
      return label;
    }

    /** Whether somebody should go and do something. */
    public boolean isUrgent() {
      return compareTo(WAITING) <= 0;
    }
  }

  /**
   * What events do not tell.
   *
   * @param entered whether people entered anything of it
   * @param quarantined whether an alarm keeps its secrets from it
   * @param elsewhere whether it was last heard in another room than the one people put it in
   * @param leaseEnds when its lease ends or ended; empty where another server gives the leases
   * @param percent of its kernel and initrds, where that is known
   */
  public record Facts(
      boolean entered,
      boolean quarantined,
      boolean elsewhere,
      Optional<Instant> leaseEnds,
      OptionalInt percent) {}

  /** A PC that is switched off tells nobody; that it did not renew its lease does. */
  private static final Set<State> MAY_GO_OFF =
      EnumSet.of(
          State.STALLED, State.UP, State.INSTALLED, State.REGISTERED, State.LOCAL_DISK, State.DHCP);

  /** Decides. */
  public static Tile of(BootStatus status, Facts facts, Instant now) {
    State state = state(status, facts, now);
    return new Tile(
        state,
        state == State.LOADING ? percent(status, facts) : OptionalInt.empty(),
        status.lastHeard());
  }

  private static State state(BootStatus status, Facts facts, Instant now) {
    if (status.state() == BootStatus.State.NEVER_SEEN) {
      return State.NEVER_SEEN;
    }
    if (facts.quarantined() || facts.elsewhere() || isStranger(status, facts)) {
      return State.FOREIGN;
    }
    State state = ofBoot(status);
    boolean over = facts.leaseEnds().filter(end -> !end.isAfter(now)).isPresent();
    return over && MAY_GO_OFF.contains(state) ? State.OFF : state;
  }

  /** A phone, a printer: it wants an address and never a boot file, and nobody entered it. */
  private static boolean isStranger(BootStatus status, Facts facts) {
    return !facts.entered()
        && status.state() == BootStatus.State.UP
        && reason(status) == Reason.ADDRESS_ONLY;
  }

  private static Reason reason(BootStatus status) {
    return status.decisive().map(BootEvent::reason).orElse(Reason.OK);
  }

  private static State ofBoot(BootStatus status) {
    return switch (status.state()) {
      case NEVER_SEEN -> State.NEVER_SEEN;
      case WAKING -> State.WAKING;
      case DHCP -> State.DHCP;
      case LOADING -> State.LOADING;
      case WAITING -> waiting(reason(status));
      case LOCAL_DISK -> State.LOCAL_DISK;
      case UP -> State.UP;
      case INSTALLED -> State.INSTALLED;
      case REGISTERED -> State.REGISTERED;
      case STALLED -> State.STALLED;
      case FAILED -> State.FAILED;
    };
  }

  private static State waiting(Reason reason) {
    if (reason == Reason.DOWNLOADS_FULL) {
      return State.QUEUED;
    }
    return reason == Reason.NOT_ARMED || reason == Reason.QUARANTINED
        ? State.UNARMED
        : State.WAITING;
  }

  /** Where the bytes are not known the stage tells, roughly. */
  private static OptionalInt percent(BootStatus status, Facts facts) {
    if (facts.percent().isPresent()) {
      return facts.percent();
    }
    Stage stage = status.decisive().map(BootEvent::stage).orElse(Stage.LOADER);
    return switch (stage) {
      case LOADER -> OptionalInt.of(0);
      case SCRIPT -> OptionalInt.of(5);
      case KERNEL -> OptionalInt.of(30);
      case INITRD, CLOUD_CONFIG -> OptionalInt.of(100);
      case WAKE,
          DISCOVER,
          OFFER,
          REQUEST,
          ACK,
          WAITING,
          LOCAL_DISK,
          UP,
          INSTALLED,
          REGISTERING,
          REGISTERED ->
          OptionalInt.empty();
    };
  }
}
