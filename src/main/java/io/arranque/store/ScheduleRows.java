package io.arranque.store;

import io.arranque.schedule.Days;
import io.arranque.schedule.Entry;
import io.arranque.schedule.Entry.Act;
import io.arranque.schedule.Entry.Result;
import io.arranque.schedule.Entry.Run;
import io.arranque.schedule.Holiday;
import io.arranque.schedule.ScheduleChange;
import io.arranque.schedule.Timetable;
import io.arranque.schedule.Weekdays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The SQL of the schedule. */
final class ScheduleRows {
  private static final String ZONE = "zone";

  private ScheduleRows() {}

  /**
   * @param usual the zone where nobody chose one
   */
  static Timetable load(Handle handle, ZoneId usual) {
    TreeMap<String, Entry> entries = new TreeMap<>();
    handle
        .createQuery("select * from schedule_entry")
        .map((row, context) -> entry(row))
        .forEach(entry -> entries.put(entry.id(), entry));
    ZoneId zone =
        handle
            .createQuery("select content from schedule_setting where name = ?")
            .bind(0, ZONE)
            .mapTo(String.class)
            .findOne()
            // A later Java may have dropped one.
            .filter(ZoneId.getAvailableZoneIds()::contains)
            .map(ZoneId::of)
            .orElse(usual);
    return new Timetable(
        entries,
        handle
            .createQuery("select * from schedule_holiday")
            .map(
                (row, context) ->
                    new Holiday(
                        LocalDate.parse(row.getString("first_day")),
                        LocalDate.parse(row.getString("last_day")),
                        row.getString("name")))
            .list(),
        zone);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("id"),
        Columns.text(row, "room"),
        Act.named(row.getString("act")).orElseThrow(),
        new Days(
            Weekdays.parse(row.getString("weekdays")).orElse(Set.of()),
            Columns.text(row, "first_day").map(LocalDate::parse),
            Columns.text(row, "last_day").map(LocalDate::parse)),
        LocalTime.parse(row.getString("starts_at")),
        Columns.text(row, "ends_at").map(LocalTime::parse),
        row.getString("why"),
        row.getString("made_by"),
        Columns.instant(row, "since"),
        row.getBoolean("active"),
        run(row));
  }

  private static Optional<Run> run(ResultSet row) throws SQLException {
    Optional<Instant> start = Columns.optionalInstant(row, "run_start");
    return start.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Run(
                start.get(),
                Columns.instant(row, "run_at"),
                Result.valueOf(row.getString("run_result")),
                row.getInt("run_count")));
  }

  static void write(Handle handle, ScheduleChange change) {
    if (change instanceof ScheduleChange.EntrySaved saved) {
      write(handle, saved.entry());
    } else if (change instanceof ScheduleChange.EntryRemoved removed) {
      handle.execute("delete from schedule_entry where id = ?", removed.id());
    } else if (change instanceof ScheduleChange.SettingsSaved saved) {
      handle.execute("delete from schedule_holiday");
      saved
          .holidays()
          .forEach(
              holiday ->
                  handle.execute(
                      "insert into schedule_holiday (first_day, last_day, name) values (?, ?, ?)",
                      holiday.first().toString(),
                      holiday.last().toString(),
                      Columns.clean(holiday.name())));
      handle.execute("delete from schedule_setting where name = ?", ZONE);
      handle.execute(
          "insert into schedule_setting (name, content) values (?, ?)", ZONE, saved.zone().getId());
    } else {
      throw new AssertionError(change);
    }
  }

  static void write(Handle handle, Entry entry) {
    handle.execute("delete from schedule_entry where id = ?", entry.id());
    handle.execute(
        """
        insert into schedule_entry (id, room, act, weekdays, first_day, last_day, starts_at,
          ends_at, why, made_by, since, active, run_start, run_at, run_result, run_count)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        entry.id(),
        Columns.nullable(entry.room()),
        entry.act().label(),
        Weekdays.text(entry.days().weekly()),
        Columns.nullable(entry.days().first()),
        Columns.nullable(entry.days().last()),
        entry.at().toString(),
        Columns.nullable(entry.end()),
        Columns.clean(entry.why()),
        Columns.clean(entry.by()),
        Columns.micros(entry.since()),
        entry.active(),
        Columns.nullableMicros(entry.run().map(Run::start)),
        Columns.nullableMicros(entry.run().map(Run::at)),
        Columns.nullable(entry.run().map(Run::result)),
        entry.run().map(Run::count).orElse(null));
  }
}
