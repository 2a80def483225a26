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
  /** How many of a machine's newest events are worth looking at. */
  public static final int EVENTS = 24;

  /**
   * A boot goes from one stage to the next within this; also how long the operating system's own
   * DHCP, minutes after the loader's, still belongs to the same boot.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final BootStatus UNSEEN =
      new BootStatus(State.NEVER_SEEN, Optional.empty(), Optional.empty());

  /** The word for a machine. */
  public enum State {
    /** Known from people only, or not heard of since the timeline begins. */
    NEVER_SEEN("never-seen"),
    DHCP("dhcp"),
    /** Between its loader and its operating system's first words. */
    LOADING("loading"),
    WAITING("waiting"),
    LOCAL_DISK("local-disk"),
    UP("up"),
    REGISTERED("registered"),
    /** It began to boot and then was not heard of for {@link #PATIENCE}. */
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
    return isAside(newest) || isDhcp(newest);
  }

  /**
   * Judges.
   *
   * @param newestFirst the machine's newest events
   */
  public static BootStatus of(List<BootEvent> newestFirst, Instant now) {
    Optional<BootEvent> progress =
        newestFirst.stream().filter(e -> !isAside(e) && !isDhcp(e)).findFirst();
    Optional<BootEvent> discover =
        newestFirst.stream().filter(e -> !isAside(e) && e.stage() == Stage.DISCOVER).findFirst();
    Optional<BootEvent> newest = newestFirst.stream().filter(e -> !isAside(e)).findFirst();
    if (newest.isEmpty()) {
      return UNSEEN;
    }
    Instant heard = newest.get().at();
    boolean anew = progress.isEmpty() || beginsAnew(progress.get(), discover);
    BootEvent decisive = anew ? newest.get() : progress.orElseThrow();
    State state = state(decisive);
    if (isUnderWay(state) && heard.plus(PATIENCE).isBefore(now)) {
      state = State.STALLED;
    }
    return new BootStatus(state, Optional.of(decisive), Optional.of(heard));
  }

  /** Whether more is expected within {@link #PATIENCE}. */
  public static boolean isUnderWay(State state) {
    return state == State.DHCP || state == State.LOADING;
  }

  /**
   * REQUEST and ACK alone are a renewal. A DISCOVER is a new boot, unless it comes so soon that it
   * is the operating system asking for itself, or a failed boot going round.
   */
  private static boolean beginsAnew(BootEvent progress, Optional<BootEvent> discover) {
    return discover.filter(d -> d.at().isAfter(progress.at().plus(PATIENCE))).isPresent();
  }

  private static State state(BootEvent event) {
    if (event.reason().kind() == Reason.Kind.FAILURE) {
      return State.FAILED;
    }
    return switch (event.stage()) {
      case DISCOVER, OFFER, REQUEST, ACK -> State.DHCP;
      case LOADER, SCRIPT, KERNEL, INITRD, CLOUD_CONFIG -> State.LOADING;
      case WAITING -> State.WAITING;
      case LOCAL_DISK -> State.LOCAL_DISK;
      case UP -> State.UP;
      case REGISTERED -> State.REGISTERED;
    };
  }

  private static boolean isDhcp(BootEvent event) {
    return switch (event.stage()) {
      case DISCOVER, OFFER, REQUEST, ACK -> event.reason().kind() != Reason.Kind.FAILURE;
      case LOADER, SCRIPT, WAITING, LOCAL_DISK, KERNEL, INITRD, CLOUD_CONFIG, UP, REGISTERED ->
          false;
    };
  }

  /** What people did, or what was refused to whoever asked, says nothing of how far it is. */
  private static boolean isAside(BootEvent event) {
    return event.reason() == Reason.ROLE_ASSIGNED
        || event.reason() == Reason.NOT_A_BOOT_CLIENT
        || (event.reason().kind() == Reason.Kind.REFUSAL && !isDhcp(event));
  }
}
