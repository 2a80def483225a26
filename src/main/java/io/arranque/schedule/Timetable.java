package io.arranque.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole schedule.
 *
 * @param entries by id
 * @param holidays when nothing is done, but for entries of one date
 * @param zone whose clock on the wall is meant
 */
public record Timetable(SortedMap<String, Entry> entries, List<Holiday> holidays, ZoneId zone) {
  private static final int DAYS_AHEAD = 400;

  public Timetable {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    holidays = holidays.stream().sorted(Comparator.comparing(Holiday::first)).toList();
  }

  public static Timetable empty(ZoneId zone) {
    return new Timetable(new TreeMap<>(), List.of(), zone);
  }

  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  public Timetable with(Entry entry) {
    SortedMap<String, Entry> after = new TreeMap<>(entries);
    after.put(entry.id(), entry);
    return new Timetable(after, holidays, zone);
  }

  public Timetable without(String id) {
    SortedMap<String, Entry> after = new TreeMap<>(entries);
    after.remove(id);
    return new Timetable(after, holidays, zone);
  }

  public Timetable with(List<Holiday> holidays, ZoneId zone) {
    return new Timetable(entries, holidays, zone);
  }

  public Optional<Holiday> holiday(LocalDate day) {
    return holidays.stream().filter(h -> h.includes(day)).findFirst();
  }

  /** The entry on that day; empty when it is not done then. */
  public Optional<Occurrence> on(LocalDate day, Entry entry) {
    boolean free = entry.days().onlyDate().isEmpty() && holiday(day).isPresent();
    if (!entry.active() || free || !entry.days().include(day)) {
      return Optional.empty();
    }
    Instant start = WallClock.at(day, entry.at(), zone);
    Optional<Instant> end =
        entry.end().map(e -> WallClock.at(e.isAfter(entry.at()) ? day : day.plusDays(1), e, zone));
    // A lock that the clocks skip altogether would end as it begins.
    return end.filter(e -> !e.isAfter(start)).isPresent()
        ? Optional.empty()
        : Optional.of(new Occurrence(entry, start, end));
  }

  /** All entries of a day, the earliest first. */
  public List<Occurrence> on(LocalDate day) {
    return entries.values().stream()
        .flatMap(entry -> on(day, entry).stream())
        .sorted(Comparator.comparing(Occurrence::start).thenComparing(o -> o.entry().id()))
        .toList();
  }

  /** What is done next, at most so many, the earliest first. */
  public List<Occurrence> next(Instant now, int most) {
    List<Occurrence> next = new ArrayList<>();
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate begin =
        entries.values().stream()
            .map(entry -> entry.days().first().filter(today::isBefore).orElse(today))
            .min(Comparator.naturalOrder())
            .orElse(today);
    for (int ahead = 0; ahead < DAYS_AHEAD && next.size() < most; ahead++) {
      on(begin.plusDays(ahead)).stream()
          .filter(o -> o.start().isAfter(now))
          .limit(most - next.size())
          .forEach(next::add);
    }
    return List.copyOf(next);
  }
}
