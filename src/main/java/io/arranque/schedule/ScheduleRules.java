package io.arranque.schedule;

import io.arranque.inventory.Refusal;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.schedule.Entry.Act;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decides what people may change about the schedule. Pure; the same for page and API. */
public final class ScheduleRules {
  private static final int MAX_ENTRIES = 500;
  private static final int MAX_HOLIDAYS = 200;
  private static final int MAX_NAME = 100;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

  private ScheduleRules() {}

  /** What was decided. */
  public sealed interface Decision {
    /**
     * @param room which it concerns; empty: none or all
     * @param what for the audit, as is {@code detail}
     */
    record Accepted(
        Timetable after,
        List<ScheduleChange> changes,
        Optional<String> room,
        String what,
        String detail)
        implements Decision {}

    /** Nothing changes; at least one refusal. */
    record Refused(List<Refusal> refusals) implements Decision {}
  }

  /**
   * What people write of an entry: a room (empty or *: all), an action, days or a date, from and
   * until when for the days, at what time and to what end, why, and whether it is active. What is
   * not there is as if it were empty.
   *
   * @param rooms those that there are
   */
  public record Draft(Map<String, String> fields, Set<String> rooms, String by, Instant now) {
    String text(String field) {
      return fields.getOrDefault(field, "").strip();
    }
  }

  public static Decision add(Timetable timetable, Draft draft) {
    int highest =
        timetable.entries().keySet().stream()
            .mapToInt(id -> Integer.parseInt(id.substring(1)))
            .max()
            .orElse(0);
    if (timetable.entries().size() >= MAX_ENTRIES) {
      return refused(Kind.ENTRY_TOO_MANY, "", Integer.toString(MAX_ENTRIES));
    }
    return saved(timetable, draft, "e" + (highest + 1), Optional.empty(), "schedule entry added");
  }

  /** Makes the entry what the draft says; whoever changes it makes it his own. */
  public static Decision replace(Timetable timetable, String id, Draft draft) {
    Optional<Entry> old = timetable.entry(id);
    return old.isEmpty() ? unknown(id) : saved(timetable, draft, id, old, "schedule entry changed");
  }

  public static Decision remove(Timetable timetable, String id) {
    return timetable
        .entry(id)
        .<Decision>map(
            entry ->
                new Decision.Accepted(
                    timetable.without(id),
                    List.of(new ScheduleChange.EntryRemoved(id)),
                    entry.room(),
                    "schedule entry removed",
                    entry.describe()))
        .orElseGet(() -> unknown(id));
  }

  /** Lets it rest, or go on; what was due meanwhile is not made up for. */
  public static Decision activate(Timetable timetable, String id, boolean active, Instant now) {
    return timetable
        .entry(id)
        .<Decision>map(
            entry ->
                accepted(
                    timetable,
                    entry.with(active, now),
                    active ? "schedule entry resumed" : "schedule entry paused"))
        .orElseGet(() -> unknown(id));
  }

  /**
   * @param holidays a line each
   * @param zone e.g. {@code Europe/Madrid}
   */
  public static Decision settings(Timetable timetable, String holidays, String zone) {
    List<Refusal> refusals = new ArrayList<>();
    List<Holiday> read = new ArrayList<>();
    holidays
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line ->
                holiday(line)
                    .ifPresentOrElse(
                        read::add,
                        () ->
                            refusals.add(
                                new Refusal(Kind.HOLIDAY_MALFORMED, "holidays", brief(line)))));
    if (read.size() > MAX_HOLIDAYS) {
      refusals.add(new Refusal(Kind.ENTRY_TOO_MANY, "holidays", Integer.toString(MAX_HOLIDAYS)));
    }
    Optional<ZoneId> there = zone(zone.strip());
    if (there.isEmpty()) {
      refusals.add(new Refusal(Kind.ZONE_UNKNOWN, "zone", brief(zone)));
    }
    if (!refusals.isEmpty()) {
      return new Decision.Refused(List.copyOf(refusals));
    }
    List<Holiday> distinct = read.stream().distinct().toList();
    return new Decision.Accepted(
        timetable.with(distinct, there.get()),
        List.of(new ScheduleChange.SettingsSaved(distinct, there.get())),
        Optional.empty(),
        "holidays and zone of the schedule",
        there.get() + ", holidays: " + distinct.size());
  }

  /** Only regions: an offset such as {@code +01:00} knows no summer time. */
  private static Optional<ZoneId> zone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  private static Optional<Holiday> holiday(String line) {
    String[] parts = line.split("\\s+", 2);
    String[] days = parts[0].split("\\.\\.", 2);
    Optional<LocalDate> first = date(days[0]);
    Optional<LocalDate> last = days.length == 2 ? date(days[1]) : first;
    String name = parts.length == 2 ? parts[1] : "";
    boolean good =
        first.isPresent()
            && last.filter(l -> !l.isBefore(first.get())).isPresent()
            && name.length() <= MAX_NAME
            && name.chars().noneMatch(Character::isISOControl);
    return good
        ? Optional.of(new Holiday(first.get(), last.orElseThrow(), name))
        : Optional.empty();
  }

  private static Decision saved(
      Timetable timetable, Draft draft, String id, Optional<Entry> old, String what) {
    List<Refusal> refusals = new ArrayList<>();
    Optional<String> room =
        Optional.of(draft.text("room")).filter(name -> !name.isEmpty() && !name.equals("*"));
    if (room.filter(name -> !draft.rooms().contains(name)).isPresent()) {
      refusals.add(new Refusal(Kind.ROOM_UNKNOWN, "room", brief(room.get())));
    }
    Optional<Act> act = Act.named(draft.text("action"));
    if (act.isEmpty()) {
      refusals.add(new Refusal(Kind.ENTRY_ACTION_UNKNOWN, "action", brief(draft.text("action"))));
    }
    Optional<LocalTime> at = time(draft, "at", refusals);
    boolean locks = act.equals(Optional.of(Act.LOCK));
    Optional<LocalTime> end = locks ? time(draft, "end", refusals) : Optional.empty();
    Optional<Days> days = days(draft, refusals);
    Locks.checkWhy(draft.text("why"), refusals);
    if (!refusals.isEmpty()) {
      return new Decision.Refused(List.copyOf(refusals));
    }
    Entry entry =
        new Entry(
            id,
            room,
            act.orElseThrow(),
            days.orElseThrow(),
            at.orElseThrow(),
            end,
            draft.text("why"),
            draft.by(),
            draft.now(),
            !draft.text("active").equals("false"),
            old.flatMap(Entry::run));
    Timetable alone =
        new Timetable(new TreeMap<>(Map.of(id, entry)), timetable.holidays(), timetable.zone());
    boolean due =
        !entry.active()
            || !alone.next(draft.now(), 1).isEmpty()
            || !Due.at(draft.now(), alone).isEmpty();
    return due ? accepted(timetable, entry, what) : refused(Kind.ENTRY_NEVER_DUE, "days", "");
  }

  private static Optional<Days> days(Draft draft, List<Refusal> refusals) {
    if (!draft.text("date").isEmpty()) {
      Optional<LocalDate> date = date(draft.text("date"));
      if (date.isEmpty()) {
        refusals.add(new Refusal(Kind.ENTRY_DATE_MALFORMED, "date", brief(draft.text("date"))));
      }
      return date.map(Days::once);
    }
    Optional<Days> days =
        Weekdays.parse(draft.text("days"))
            .filter(weekly -> !weekly.isEmpty())
            .map(weekly -> new Days(weekly, date(draft.text("from")), date(draft.text("until"))));
    if (days.isEmpty()) {
      refusals.add(new Refusal(Kind.ENTRY_DAYS_MISSING, "days", brief(draft.text("days"))));
    }
    for (String field : List.of("from", "until")) {
      if (!draft.text(field).isEmpty() && date(draft.text(field)).isEmpty()) {
        refusals.add(new Refusal(Kind.ENTRY_DATE_MALFORMED, field, brief(draft.text(field))));
      }
    }
    if (days.flatMap(d -> d.first().filter(f -> d.last().filter(f::isAfter).isPresent()))
        .isPresent()) {
      refusals.add(new Refusal(Kind.ENTRY_DATE_MALFORMED, "until", brief(draft.text("until"))));
    }
    return days;
  }

  private static Optional<LocalTime> time(Draft draft, String field, List<Refusal> refusals) {
    String text = draft.text(field);
    Optional<LocalTime> time = time(text);
    if (time.isEmpty()) {
      refusals.add(new Refusal(Kind.ENTRY_TIME_MALFORMED, field, brief(text)));
    }
    return time;
  }

  /** Hours and minutes; 24:00 is the next day's 0:00. */
  public static Optional<LocalTime> time(String text) {
    try {
      return Optional.of(text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text, TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text))
          .filter(d -> d.getYear() >= 1 && d.getYear() < 10_000);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Its entries, of a room that is called otherwise now. */
  public static Decision renameRoom(Timetable timetable, String from, String to) {
    Timetable after = timetable;
    List<ScheduleChange> changes = new ArrayList<>();
    for (Entry entry : timetable.entries().values()) {
      if (entry.room().equals(Optional.of(from))) {
        Entry renamed = entry.withRoom(to);
        after = after.with(renamed);
        changes.add(new ScheduleChange.EntrySaved(renamed));
      }
    }
    return new Decision.Accepted(
        after,
        List.copyOf(changes),
        Optional.of(to),
        "schedule changed",
        "room " + from + " is " + to + ": " + changes.size());
  }

  private static Decision accepted(Timetable timetable, Entry entry, String what) {
    return new Decision.Accepted(
        timetable.with(entry),
        List.of(new ScheduleChange.EntrySaved(entry)),
        entry.room(),
        what,
        entry.describe());
  }

  private static Decision unknown(String id) {
    return refused(Kind.ENTRY_UNKNOWN, "id", brief(id));
  }

  private static Decision refused(Kind kind, String field, String detail) {
    return new Decision.Refused(List.of(new Refusal(kind, field, detail)));
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
