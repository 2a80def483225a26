package io.arranque.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * On which days something happens.
 *
 * @param weekly on which days of the week
 * @param first from then on
 * @param last until then, that day included
 */
public record Days(Set<DayOfWeek> weekly, Optional<LocalDate> first, Optional<LocalDate> last) {
  public Days {
    weekly = Collections.unmodifiableSet(new TreeSet<>(weekly));
  }

  /** On one date only, whatever day that is. */
  public static Days once(LocalDate date) {
    return new Days(EnumSet.allOf(DayOfWeek.class), Optional.of(date), Optional.of(date));
  }

  /** The one date, where there is just one. Holidays do not count then: somebody meant this day. */
  public Optional<LocalDate> onlyDate() {
    return first.filter(day -> last.equals(Optional.of(day)));
  }

  public boolean include(LocalDate day) {
    return weekly.contains(day.getDayOfWeek())
        && first.map(f -> !day.isBefore(f)).orElse(true)
        && last.map(l -> !day.isAfter(l)).orElse(true);
  }
}
