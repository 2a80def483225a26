package io.arranque.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/** What the clock on the wall means. */
final class WallClock {
  private WallClock() {}

  /**
   * A time that the clocks skip that day is when they are put forward; one that comes twice is the
   * first of the two.
   */
  static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
    LocalDateTime local = day.atTime(time);
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return local.toInstant(zone.getRules().getOffset(local));
    }
    ZoneOffset before = change.getOffsetBefore();
    return change.isGap() ? change.getInstant() : local.toInstant(before);
  }
}
