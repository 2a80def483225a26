package io.arranque.schedule;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Days of the week as words: {@code mon,tue}. */
public final class Weekdays {
  private static final int LETTERS = 3;

  private Weekdays() {}

  public static String word(DayOfWeek day) {
    return day.name().substring(0, LETTERS).toLowerCase(Locale.ROOT);
  }

  public static String text(Collection<DayOfWeek> days) {
    return days.stream().sorted().map(Weekdays::word).collect(Collectors.joining(","));
  }

  /** Separated by commas or blanks; empty when one is not a day of the week. */
  public static Optional<Set<DayOfWeek>> parse(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String word : text.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      Optional<DayOfWeek> day =
          EnumSet.allOf(DayOfWeek.class).stream().filter(d -> word(d).equals(word)).findFirst();
      if (day.isEmpty()) {
        return Optional.empty();
      }
      days.add(day.get());
    }
    return Optional.of(days);
  }
}
