package io.arranque.dhcp;

import java.time.Duration;
import java.time.Instant;

/** Lets a few through each minute: what anybody on the wire can cause must not fill the log. */
final class PerMinute {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What becomes of one of them. */
  enum Say {
    /** Say it. */
    YES,
    /** Say it, and that it is the last of this minute. */
    LAST,
    NO
  }

  private final int most;
  private Instant begin = Instant.EPOCH;
  private int said;

  PerMinute(int most) {
    this.most = most;
  }

  Say next(Instant now) {
    // A clock that was set back begins a new minute, too.
    if (now.isBefore(begin) || Duration.between(begin, now).compareTo(MINUTE) >= 0) {
      begin = now;
      said = 0;
    }
    if (said == most) {
      return Say.NO;
    }
    said++;
    return said == most ? Say.LAST : Say.YES;
  }
}
