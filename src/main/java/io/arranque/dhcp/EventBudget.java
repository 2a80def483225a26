package io.arranque.dhcp;

import java.time.Duration;
import java.time.Instant;

/**
 * How many events may be recorded: a store that fills at a steady rate. Whoever floods the wire
 * would otherwise write the timeline full, and keep the database busy with it. Belongs to the
 * decision lane.
 */
final class EventBudget {
  private final int most;
  private final int perSecond;
  private Instant filled = Instant.MIN;
  private double left;

  /**
   * @param most at once
   * @param perSecond in the long run
   */
  EventBudget(int most, int perSecond) {
    this.most = most;
    this.perSecond = perSecond;
    this.left = most;
  }

  /** Whether one more event at this time is within the budget; takes it from there. */
  boolean take(Instant now) {
    if (now.isAfter(filled)) {
      if (!filled.equals(Instant.MIN)) {
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        left = Math.min(most, left + seconds * perSecond);
      }
      filled = now;
    } else if (filled.isAfter(now.plusSeconds(1))) {
      // The clock was put back.
      filled = now;
    }
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
