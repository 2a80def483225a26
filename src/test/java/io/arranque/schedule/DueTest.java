package io.arranque.schedule;

import static io.arranque.schedule.TimetableTest.MADRID;
import static io.arranque.schedule.TimetableTest.WEEKDAYS;
import static io.arranque.schedule.TimetableTest.daily;
import static io.arranque.schedule.TimetableTest.in;
import static io.arranque.schedule.TimetableTest.lock;
import static io.arranque.schedule.TimetableTest.wake;
import static io.arranque.schedule.TimetableTest.weekly;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.schedule.Entry.Result;
import io.arranque.schedule.Entry.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTest {
  /** Monday, 7:45 in Madrid's winter. */
  private static final Instant MONDAY = Instant.parse("2026-11-23T06:45:00Z");

  private static String due(Instant now, Entry entry) {
    List<Due> due = Due.at(now, in(MADRID, entry));
    return due.isEmpty() ? "-" : due.get(0).result().name();
  }

  private static Entry ran(Entry entry, Instant start) {
    return entry.with(new Run(start, start, Result.DONE, 24));
  }

  /** How long after 7:45 on Monday it is, since when that day's is done, and what becomes of it. */
  @ParameterizedTest
  @CsvSource({
    "-1,    no,  -",
    "0,     no,  DONE",
    "59,    no,  DONE",
    "61,    no,  LATE",
    "900,   no,  LATE",
    "901,   no,  MISSED",
    "86399, no,  MISSED",
    "0,     yes, -",
    "300,   yes, -",
    "900,   yes, -",
    "86399, yes, -",
  })
  void a_room_is_woken_in_time_or_a_little_late_and_never_twice(
      long seconds, String done, String expected) {
    Entry friday = ran(wake("07:45", weekly(WEEKDAYS)), MONDAY.minus(Duration.ofDays(3)));
    Entry entry = done.equals("yes") ? ran(friday, MONDAY) : friday;

    assertThat(due(MONDAY.plusSeconds(seconds), entry)).isEqualTo(expected);
  }

  @Test
  void an_appliance_that_was_off_for_weeks_tells_of_the_last_time_only_and_wakes_nobody() {
    Entry entry = ran(wake("07:45", daily()), MONDAY.minus(Duration.ofDays(30)));
    List<Due> due = Due.at(MONDAY.plus(Duration.ofHours(3)), in(MADRID, entry));

    assertThat(due).hasSize(1);
    assertThat(due.get(0).result()).isEqualTo(Result.MISSED);
    assertThat(due.get(0).occurrence().start()).isEqualTo(MONDAY);
  }

  @Test
  void a_clock_that_begins_in_1970_and_is_put_right_makes_nothing_happen_twice() {
    Entry entry = ran(wake("07:45", daily()), MONDAY);
    assertThat(due(Instant.parse("1970-01-02T06:45:10Z"), entry)).isEqualTo("-");
    assertThat(due(MONDAY.plusSeconds(120), entry)).isEqualTo("-");
    assertThat(due(MONDAY.plus(Duration.ofDays(1)), entry)).isEqualTo("DONE");
  }

  @Test
  void a_clock_that_is_put_back_by_minutes_or_hours_makes_nothing_happen_twice() {
    Entry entry = ran(wake("07:45", daily()), MONDAY);
    for (int minute = -300; minute <= 600; minute++) {
      assertThat(due(MONDAY.plus(Duration.ofMinutes(minute)), entry)).isEqualTo("-");
    }
  }

  @Test
  void a_clock_that_ran_years_ahead_does_not_stop_the_schedule_for_years() {
    Entry entry = ran(wake("07:45", daily()), MONDAY.plus(Duration.ofDays(2_000)));
    assertThat(due(MONDAY, entry)).isEqualTo("DONE");
  }

  @Test
  void in_the_hour_that_comes_twice_it_is_due_once() {
    Entry entry = wake("02:30", daily());
    entry = ran(entry, Instant.parse("2026-10-24T00:30:00Z"));
    List<Instant> done = new ArrayList<>();
    for (int minute = 0; minute < 300; minute++) {
      Instant now = Instant.parse("2026-10-24T23:00:00Z").plus(Duration.ofMinutes(minute));
      for (Due due : Due.at(now, in(MADRID, entry))) {
        done.add(now);
        entry = entry.with(due.run(now, due.result(), 1));
      }
    }
    assertThat(done).containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void whoever_enters_a_wake_or_lets_it_go_on_after_its_time_means_the_next_one() {
    Entry entry = wake("07:45", daily()).with(true, MONDAY.plusSeconds(60));
    assertThat(due(MONDAY.plusSeconds(61), entry)).isEqualTo("-");
    assertThat(due(MONDAY.plus(Duration.ofHours(4)), entry)).isEqualTo("-");
    assertThat(due(MONDAY.plus(Duration.ofDays(1)), entry)).isEqualTo("DONE");
  }

  /** An exam from 8:00 to 11:00; when the appliance looks, when it was entered, what it does. */
  @ParameterizedTest
  @CsvSource({
    "2026-12-03T06:59:59Z, 2026-12-01T00:00:00Z, -",
    "2026-12-03T07:00:00Z, 2026-12-01T00:00:00Z, DONE",
    "2026-12-03T07:30:00Z, 2026-12-01T00:00:00Z, LATE",
    "2026-12-03T09:59:59Z, 2026-12-01T00:00:00Z, LATE",
    "2026-12-03T10:00:00Z, 2026-12-01T00:00:00Z, MISSED",
    "2026-12-03T08:10:01Z, 2026-12-03T08:10:00Z, DONE",
    "2026-12-03T10:10:01Z, 2026-12-03T10:10:00Z, -",
  })
  void a_lock_is_set_as_long_as_its_time_lasts_however_late(
      Instant now, Instant entered, String expected) {
    Entry exam =
        lock("08:00", "11:00", Days.once(LocalDate.parse("2026-12-03"))).with(true, entered);
    assertThat(due(now, exam)).isEqualTo(expected);
  }

  @Test
  void a_scheduled_lock_that_somebody_lifted_is_not_set_again() {
    Entry exam = lock("08:00", "11:00", Days.once(LocalDate.parse("2026-12-03")));
    Instant start = Instant.parse("2026-12-03T07:00:00Z");
    assertThat(due(start.plus(Duration.ofHours(1)), ran(exam, start))).isEqualTo("-");
    assertThat(in(MADRID, exam).on(LocalDate.parse("2026-12-03")).get(0).end())
        .isEqualTo(Optional.of(Instant.parse("2026-12-03T10:00:00Z")));
  }
}
