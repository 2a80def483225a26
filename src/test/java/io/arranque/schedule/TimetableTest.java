package io.arranque.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.schedule.Entry.Act;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {
  static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  static final Instant LONG_SINCE = Instant.parse("2020-01-01T00:00:00Z");

  static Entry wake(String at, Days days) {
    return new Entry(
        "e1",
        Optional.of("sala5"),
        Act.WAKE,
        days,
        LocalTime.parse(at),
        Optional.empty(),
        "",
        "ana",
        LONG_SINCE,
        true,
        Optional.empty());
  }

  static Entry lock(String at, String end, Days days) {
    return new Entry(
        "e2",
        Optional.of("sala5"),
        Act.LOCK,
        days,
        LocalTime.parse(at),
        Optional.of(LocalTime.parse(end)),
        "exam",
        "ana",
        LONG_SINCE,
        true,
        Optional.empty());
  }

  static Days weekly(Set<DayOfWeek> days) {
    return new Days(days, Optional.empty(), Optional.empty());
  }

  static Days daily() {
    return weekly(EnumSet.allOf(DayOfWeek.class));
  }

  static Timetable in(ZoneId zone, Entry... entries) {
    Timetable timetable = Timetable.empty(zone);
    for (Entry entry : entries) {
      timetable = timetable.with(entry);
    }
    return timetable;
  }

  private static List<String> starts(Timetable timetable, String from, int count) {
    return timetable.next(Instant.parse(from), count).stream()
        .map(o -> o.start().toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // Spring: 02:00 to 03:00 is not there, so 02:30 is when the clocks are put forward.
    "Europe/Madrid,    2026-03-29, 02:30, 2026-03-29T01:00:00Z",
    "Europe/Madrid,    2026-03-29, 02:00, 2026-03-29T01:00:00Z",
    "Europe/Madrid,    2026-03-29, 03:00, 2026-03-29T01:00:00Z",
    "Europe/Madrid,    2026-03-29, 01:59, 2026-03-29T00:59:00Z",
    "Europe/Madrid,    2026-03-29, 07:45, 2026-03-29T05:45:00Z",
    // Autumn: 02:00 to 03:00 comes twice, and the first counts.
    "Europe/Madrid,    2026-10-25, 02:30, 2026-10-25T00:30:00Z",
    "Europe/Madrid,    2026-10-25, 07:45, 2026-10-25T06:45:00Z",
    // In Santiago it is midnight that is skipped, and the hour before it that comes twice.
    "America/Santiago, 2026-09-06, 00:00, 2026-09-06T04:00:00Z",
    "America/Santiago, 2026-09-06, 00:30, 2026-09-06T04:00:00Z",
    "America/Santiago, 2026-09-06, 07:45, 2026-09-06T10:45:00Z",
    "America/Santiago, 2026-04-04, 23:30, 2026-04-05T02:30:00Z",
    "America/Argentina/Buenos_Aires, 2026-03-29, 07:45, 2026-03-29T10:45:00Z",
    "Europe/Madrid,    2028-02-29, 07:45, 2028-02-29T06:45:00Z",
  })
  void the_clock_on_the_wall_counts_also_where_it_jumps(
      ZoneId zone, LocalDate day, String at, Instant expected) {
    Timetable timetable = in(zone, wake(at, daily()));

    assertThat(timetable.on(day)).extracting(Occurrence::start).containsExactly(expected);
  }

  @Test
  void weekdays_are_weekdays_and_each_time_comes_once_also_in_the_week_of_the_change() {
    assertThat(starts(in(MADRID, wake("07:45", weekly(WEEKDAYS))), "2026-03-27T06:45:00Z", 3))
        .containsExactly("2026-03-30T05:45:00Z", "2026-03-31T05:45:00Z", "2026-04-01T05:45:00Z");
    assertThat(starts(in(MADRID, wake("02:30", daily())), "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void a_term_begins_and_ends_and_the_29th_of_february_is_a_day() {
    Days term =
        new Days(
            EnumSet.allOf(DayOfWeek.class),
            Optional.of(LocalDate.parse("2028-02-28")),
            Optional.of(LocalDate.parse("2028-03-01")));
    assertThat(starts(in(MADRID, wake("07:45", term)), "2028-01-01T00:00:00Z", 9))
        .containsExactly("2028-02-28T06:45:00Z", "2028-02-29T06:45:00Z", "2028-03-01T06:45:00Z");
    assertThat(
            starts(
                in(MADRID, wake("07:45", Days.once(LocalDate.parse("2028-02-29")))),
                "2028-01-01T00:00:00Z",
                9))
        .containsExactly("2028-02-29T06:45:00Z");
  }

  @Test
  void nothing_is_done_on_holidays_but_what_was_entered_for_that_very_day() {
    LocalDate christmas = LocalDate.parse("2026-12-25");
    Timetable timetable =
        in(MADRID, wake("07:45", weekly(WEEKDAYS)), lock("08:00", "11:00", Days.once(christmas)))
            .with(
                List.of(new Holiday(LocalDate.parse("2026-12-24"), christmas, "Christmas")),
                MADRID);
    assertThat(timetable.on(christmas)).extracting(o -> o.entry().id()).containsExactly("e2");
    assertThat(timetable.on(LocalDate.parse("2026-12-24"))).isEmpty();
    assertThat(timetable.on(LocalDate.parse("2026-12-28"))).hasSize(1);
  }

  @Test
  void what_ends_before_it_begins_ends_the_next_day() {
    assertThat(
            in(MADRID, lock("22:00", "06:00", daily()))
                .on(LocalDate.parse("2026-11-20"))
                .get(0)
                .end())
        .contains(Instant.parse("2026-11-21T05:00:00Z"));
  }

  @Test
  void a_lock_that_the_clocks_skip_altogether_is_none() {
    Timetable timetable = in(MADRID, lock("02:10", "02:50", daily()));
    assertThat(timetable.on(LocalDate.parse("2026-03-29"))).isEmpty();
    assertThat(timetable.on(LocalDate.parse("2026-03-30"))).hasSize(1);
  }

  @Test
  void a_paused_entry_is_never_due() {
    assertThat(in(MADRID, wake("07:45", daily()).with(false, LONG_SINCE)).next(LONG_SINCE, 1))
        .isEmpty();
  }
}
