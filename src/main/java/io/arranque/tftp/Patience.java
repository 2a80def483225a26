package io.arranque.tftp;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for an acknowledgement, and how often: RFC 6298's estimate from measured round
 * trips, doubled with each resend, until the client is given up.
 *
 * @param roundTrip smoothed; zero until measured
 * @param variation of the round trip
 * @param resends since the client last moved on
 */
record Patience(Duration roundTrip, Duration variation, int resends) {
  static final Duration INITIAL = Duration.ofSeconds(1);
  static final Duration SHORTEST = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofSeconds(8);

  /** Before the client has acknowledged anything it may not exist: its address may be forged. */
  static final int RESENDS_UNCONFIRMED = 3;

  static final int RESENDS_CONFIRMED = 5;

  static final Patience NEW = new Patience(Duration.ZERO, Duration.ZERO, 0);

  /**
   * @param agreed by the timeout option: then neither adapted nor doubled
   */
  Duration wait(Optional<Duration> agreed) {
    if (agreed.isPresent()) {
      return agreed.get();
    }
    Duration base = isMeasured() ? roundTrip.plus(variation.multipliedBy(4)) : INITIAL;
    base = base.compareTo(SHORTEST) < 0 ? SHORTEST : base;
    Duration doubled = base.multipliedBy(1L << Math.min(resends, 10));
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }

  boolean isMeasured() {
    return !roundTrip.isZero();
  }

  boolean isExhausted(boolean confirmed) {
    return resends >= (confirmed ? RESENDS_CONFIRMED : RESENDS_UNCONFIRMED);
  }

  /** A round trip of a packet that was sent only once (Karn's rule is the caller's). */
  Patience measured(Duration sample) {
    // Zero and less come of coarse clocks.
    Duration trip = sample.compareTo(Duration.ofNanos(1)) < 0 ? Duration.ofNanos(1) : sample;
    if (!isMeasured()) {
      return new Patience(trip, trip.dividedBy(2), resends);
    }
    Duration off = roundTrip.minus(trip).abs();
    return new Patience(
        roundTrip.multipliedBy(7).plus(trip).dividedBy(8).plusNanos(1),
        variation.multipliedBy(3).plus(off).dividedBy(4),
        resends);
  }

  Patience resent() {
    return new Patience(roundTrip, variation, resends + 1);
  }

  Patience rewarded() {
    return new Patience(roundTrip, variation, 0);
  }
}
