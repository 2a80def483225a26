package io.arranque.web.schedule;

import io.arranque.schedule.Entry;
import io.arranque.schedule.Holiday;
import io.arranque.schedule.Locks;
import io.arranque.schedule.Occurrence;
import io.arranque.schedule.Timetable;
import io.arranque.schedule.Weekdays;
import io.arranque.web.views.Views;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What page and API show of the schedule. */
final class ScheduleViews {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final int WEEK = 7;

  private static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri");

  /** What a form shows before anybody has typed: what most want first. */
  static final EntryView BLANK =
      new EntryView(
          "", "", "wake", WEEKDAYS, "", "", "", "07:45", "", "", "", true, "", RunView.NEVER);

  private ScheduleViews() {}

  /**
   * @param result empty: it was never due
   */
  record RunView(String start, String at, String result, int machines) {
    static final RunView NEVER = new RunView("", "", "", 0);
  }

  /**
   * @param room empty: all rooms
   * @param days days of the week; empty where it is one date
   * @param next when it is due next; empty: never
   */
  record EntryView(
      String id,
      String room,
      String action,
      List<String> days,
      String date,
      String from,
      String until,
      String at,
      String end,
      String why,
      String by,
      boolean active,
      String next,
      RunView last) {}

  /**
   * @param day for people, in their language; {@code time} and {@code end} are times of day
   */
  record NextView(
      String id,
      String room,
      String action,
      String start,
      String until,
      String day,
      String time,
      String end,
      String why) {}

  /**
   * @param holiday its name, or its date where it has none; empty: none
   */
  record DayView(String date, String day, String holiday, List<NextView> entries) {}

  record HolidayView(String first, String last, String name) {}

  static EntryView entry(Timetable timetable, Entry entry, Instant now) {
    boolean once = entry.days().onlyDate().isPresent();
    Optional<Occurrence> next =
        new Timetable(
                new TreeMap<>(Map.of(entry.id(), entry)), timetable.holidays(), timetable.zone())
            .next(now, 1).stream().findFirst();
    return new EntryView(
        entry.id(),
        entry.room().orElse(""),
        entry.act().label(),
        once ? List.of() : entry.days().weekly().stream().map(Weekdays::word).toList(),
        Views.text(entry.days().onlyDate()),
        once ? "" : Views.text(entry.days().first()),
        once ? "" : Views.text(entry.days().last()),
        TIME.format(entry.at()),
        entry.end().map(TIME::format).orElse(""),
        entry.why(),
        entry.by(),
        entry.active(),
        next.map(o -> Views.text(o.start())).orElse(""),
        entry
            .run()
            .map(
                run ->
                    new RunView(
                        Views.text(run.start()),
                        Views.text(run.at()),
                        run.result().name().toLowerCase(Locale.ROOT),
                        run.count()))
            .orElse(RunView.NEVER));
  }

  static NextView next(Occurrence occurrence, ZoneId zone, Locale language) {
    Entry entry = occurrence.entry();
    return new NextView(
        entry.id(),
        entry.room().orElse(""),
        entry.act().label(),
        Views.text(occurrence.start()),
        occurrence.end().map(Views::text).orElse(""),
        day(occurrence.start().atZone(zone).toLocalDate(), language),
        TIME.format(occurrence.start().atZone(zone)),
        occurrence.end().map(end -> Locks.time(end, occurrence.start(), zone)).orElse(""),
        entry.why());
  }

  /** Today and the six days that follow. */
  static List<DayView> week(Timetable timetable, Instant now, Locale language) {
    List<DayView> week = new ArrayList<>();
    LocalDate today = now.atZone(timetable.zone()).toLocalDate();
    for (int ahead = 0; ahead < WEEK; ahead++) {
      LocalDate date = today.plusDays(ahead);
      Optional<Holiday> holiday = timetable.holiday(date);
      week.add(
          new DayView(
              date.toString(),
              day(date, language),
              holiday.map(h -> h.name().isEmpty() ? h.toString() : h.name()).orElse(""),
              timetable.on(date).stream().map(o -> next(o, timetable.zone(), language)).toList()));
    }
    return List.copyOf(week);
  }

  static List<HolidayView> holidays(Timetable timetable) {
    return timetable.holidays().stream()
        .map(h -> new HolidayView(h.first().toString(), h.last().toString(), h.name()))
        .toList();
  }

  private static String day(LocalDate date, Locale language) {
    return DateTimeFormatter.ofPattern("EEE d MMM", language).format(date);
  }
}
