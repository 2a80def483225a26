package io.arranque.schedule;

import static io.arranque.schedule.TimetableTest.MADRID;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Refusal;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.schedule.ScheduleRules.Decision;
import io.arranque.schedule.ScheduleRules.Draft;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static Draft draft(Map<String, String> fields) {
    return new Draft(fields, Set.of("sala5", "sala6"), "ana", NOW);
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(";", -1)) {
      String[] parts = field.strip().split("=", 2);
      fields.put(parts[0], parts[1]);
    }
    return fields;
  }

  private static Timetable accepted(Decision decision) {
    return ((Decision.Accepted) decision).after();
  }

  private static List<Kind> refused(Decision decision) {
    return ((Decision.Refused) decision).refusals().stream().map(Refusal::kind).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room=sala5; action=wake; days=mon fri; at=7:45 | wake sala5 mon,fri 07:45",
        "room=*; action=wake; days=sun; at=07:45; why=open day | wake all rooms sun 07:45: open day",
        "room=sala5; action=wake; days=mon; at=7:45; from=2026-09-01; until=2027-06-20 | wake sala5 mon from 2026-09-01 to 2027-06-20 07:45",
        "room=sala5; action=lock; date=2026-12-03; at=8:00; end=11:00; why=exam | lock sala5 2026-12-03 08:00-11:00: exam",
        "room=sala5; action=lock; days=mon; at=22:00; end=24:00 | lock sala5 mon 22:00-00:00",
        "room=sala5; action=lock; date=2026-11-22; at=12:00; end=14:00 | lock sala5 2026-11-22 12:00-14:00",
      })
  void what_people_write_is_understood(String line) {
    String[] parts = line.split("\\|", -1);
    Timetable after = accepted(ScheduleRules.add(Timetable.empty(MADRID), draft(fields(parts[0]))));
    assertThat(after.entries().get("e1").describe()).isEqualTo(parts[1].strip());
    assertThat(after.entries().get("e1").by()).isEqualTo("ana");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room=sala9; action=wake; days=mon; at=7:45 | ROOM_UNKNOWN",
        "room=sala5; action=off; days=mon; at=7:45 | ENTRY_ACTION_UNKNOWN",
        "room=sala5; action=wake; days=mon; at=7.45 | ENTRY_TIME_MALFORMED",
        "room=sala5; action=wake; days=mon; at=24:01 | ENTRY_TIME_MALFORMED",
        "room=sala5; action=lock; days=mon; at=7:45 | ENTRY_TIME_MALFORMED",
        "room=sala5; action=wake; days=; at=7:45 | ENTRY_DAYS_MISSING",
        "room=sala5; action=wake; days=lunes; at=7:45 | ENTRY_DAYS_MISSING",
        "room=sala5; action=wake; date=2026-02-29; at=7:45 | ENTRY_DATE_MALFORMED",
        "room=sala5; action=wake; date=03/12/2026; at=7:45 | ENTRY_DATE_MALFORMED",
        "room=sala5; action=wake; days=mon; from=soon; at=7:45 | ENTRY_DATE_MALFORMED",
        "room=sala5; action=wake; days=mon; from=2027-06-01; until=2027-01-01; at=7:45 | ENTRY_DATE_MALFORMED",
        "room=sala5; action=wake; date=2026-11-21; at=7:45 | ENTRY_NEVER_DUE",
        "room=sala5; action=wake; days=mon; from=2026-12-01; until=2026-12-02; at=7:45 | ENTRY_NEVER_DUE",
        "room=sala5; action=lock; date=2026-11-22; at=8:00; end=11:00 | ENTRY_NEVER_DUE",
      })
  void what_cannot_be_meant_is_refused(String line) {
    String[] parts = line.split("\\|", -1);
    assertThat(refused(ScheduleRules.add(Timetable.empty(MADRID), draft(fields(parts[0])))))
        .containsExactly(Kind.valueOf(parts[1].strip()));
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThat(
            refused(
                ScheduleRules.add(
                    Timetable.empty(MADRID),
                    draft(fields("room=x;action=y;days=z;at=w;why=" + "a".repeat(101))))))
        .containsExactly(
            Kind.ROOM_UNKNOWN,
            Kind.ENTRY_ACTION_UNKNOWN,
            Kind.ENTRY_TIME_MALFORMED,
            Kind.ENTRY_DAYS_MISSING,
            Kind.TEXT_TOO_LONG);
  }

  @Test
  void an_entry_is_changed_paused_and_removed_by_its_id() {
    Draft monday = draft(fields("room=sala5;action=wake;days=mon;at=7:45"));
    Draft tuesday = draft(fields("room=sala6;action=wake;days=tue;at=7:45"));
    Timetable two =
        accepted(
            ScheduleRules.add(
                accepted(ScheduleRules.add(Timetable.empty(MADRID), monday)), monday));
    assertThat(two.entries()).containsOnlyKeys("e1", "e2");
    Timetable changed = accepted(ScheduleRules.replace(two, "e1", tuesday));
    assertThat(changed.entries().get("e1").room()).contains("sala6");
    Timetable paused = accepted(ScheduleRules.activate(changed, "e1", false, NOW));
    assertThat(paused.next(NOW, 1)).extracting(o -> o.entry().id()).containsExactly("e2");
    Timetable removed = accepted(ScheduleRules.remove(paused, "e1"));
    assertThat(removed.entries()).containsOnlyKeys("e2");
    assertThat(refused(ScheduleRules.replace(removed, "e1", monday)))
        .containsExactly(Kind.ENTRY_UNKNOWN);
    assertThat(refused(ScheduleRules.remove(removed, "../x"))).containsExactly(Kind.ENTRY_UNKNOWN);
  }

  @Test
  void holidays_are_lines_and_a_zone_is_a_region() {
    String lines = "2026-12-24..2027-01-07 Christmas & Epiphany\n\n 2026-12-08\n";
    Timetable after =
        accepted(ScheduleRules.settings(Timetable.empty(MADRID), lines, "America/Santiago"));
    assertThat(after.holidays())
        .extracting(Holiday::toString)
        .containsExactly("2026-12-08", "2026-12-24..2027-01-07 Christmas & Epiphany");
    assertThat(after.zone().getId()).isEqualTo("America/Santiago");
    assertThat(
            refused(
                ScheduleRules.settings(
                    after, "24/12/2026 x\n2027-01-07..2026-12-24 y\n2026-12-24.. z", "Madrid")))
        .containsExactly(
            Kind.HOLIDAY_MALFORMED,
            Kind.HOLIDAY_MALFORMED,
            Kind.HOLIDAY_MALFORMED,
            Kind.ZONE_UNKNOWN);
  }
}
