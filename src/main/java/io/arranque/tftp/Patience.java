package io.arranque.tftp;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait for an acknowledgement, and for how long at all: RFC 6298's estimate from
 * measured round trips, doubled with each resend, until the client is given up. Times are
 * nanoseconds of a clock that does not jump.
 *
 * <p>The floor is far below RFC 6298's second: a machine that boots has its server on the same
 * switch, its firmware often waits for seconds before it repeats anything, and a block sent again
 * for nothing costs one packet. Changed in place, as it is asked with each block of each transfer.
 */
final class Patience {
  static final long INITIAL = TimeUnit.SECONDS.toNanos(1);
  static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(10);
  static final long LONGEST = TimeUnit.SECONDS.toNanos(4);

  /** Doubling ends here: beyond it, the client's own patience would be what decides. */
  static final long DOUBLED_MAX = TimeUnit.SECONDS.toNanos(1);

  /** Before the client has acknowledged anything it may not exist: its address may be forged. */
  static final int RESENDS_UNCONFIRMED = 2;

  /** A confirmed client that is silent for so long has been switched off. */
  static final long SILENCE_MAX = TimeUnit.SECONDS.toNanos(20);

  private static final int DOUBLINGS_MAX = 10;

  /** Nanoseconds, in which the client wants to be waited for; 0: we choose. */
  private final long agreed;

  private long heardAt;
  private long roundTrip;
  private long variation;
  private int doublings;
  private int resends;
  private boolean ambiguous;

  /**
   * @param agreed by the timeout option: then neither adapted nor doubled; 0 for none
   */
  Patience(long agreed, long now) {
    this.agreed = agreed;
    this.heardAt = now;
  }

  /**
   * How long to wait for the next sign of life.
   *
   * @param confirmed before that the client has agreed to nothing, also not to a timeout; a forged
   *     request could hold a transfer for many minutes with one
   */
  long wait(boolean confirmed) {
    if (agreed > 0 && confirmed) {
      return agreed;
    }
    if (!isMeasured()) {
      return Math.min(INITIAL << doublings, LONGEST);
    }
    long base = base();
    return Math.min(Math.max(base, Math.min(base << doublings, DOUBLED_MAX)), LONGEST);
  }

  boolean isMeasured() {
    return roundTrip > 0;
  }

  /** Smoothed; 0 until measured. */
  long roundTrip() {
    return roundTrip;
  }

  /** Resends since the client last moved on. */
  int resends() {
    return resends;
  }

  boolean isExhausted(boolean confirmed, long now) {
    if (!confirmed) {
      return resends >= RESENDS_UNCONFIRMED;
    }
    // An agreed timeout may be longer than our patience; the client has a right to one resend.
    return resends > 0 && now - heardAt >= SILENCE_MAX;
  }

  /** Nothing came in time. */
  void resent() {
    resends++;
    doublings = Math.min(doublings + 1, DOUBLINGS_MAX);
  }

  /** The client moved on. */
  void rewarded(long now) {
    heardAt = now;
    resends = 0;
    doublings = 0;
  }

  /**
   * A round trip of packets that were sent only once.
   *
   * <p>One that is far longer than all before it may be the client's own patience, after which it
   * repeats an acknowledgement that was lost; it counts as twice what was expected at most. A wire
   * that really has become slow is believed after a few blocks.
   */
  void measured(long sample) {
    ambiguous = false;
    // Zero and less come of coarse clocks.
    long trip = Math.max(sample, 1);
    if (!isMeasured()) {
      roundTrip = trip;
      variation = trip / 2;
      return;
    }
    trip = Math.min(trip, 2 * base());
    variation = (3 * variation + Math.abs(roundTrip - trip)) / 4;
    roundTrip = Math.max((7 * roundTrip + trip) / 8, 1);
  }

  /**
   * The client moved on after resends, and nobody knows which of them it answers. Leaving that out
   * (Karn's rule) needs a doubled wait that is kept until a block passes without loss (RFC 6298
   * section 5.7), which on a lossy wire soon is seconds. Instead it counts as the answer to the
   * first when that happens twice in a row: losses seldom do, and a wire that has become slower
   * than our wait always does.
   */
  void measuredAtMost(long now) {
    if (isMeasured() && ambiguous) {
      measured(now - heardAt);
    }
    ambiguous = true;
  }

  private long base() {
    return Math.max(SHORTEST, roundTrip + 4 * variation);
  }
}
