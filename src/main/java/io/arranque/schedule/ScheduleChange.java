package io.arranque.schedule;

import java.time.ZoneId;
import java.util.List;

/** One change of the schedule, decided purely and committed by {@link ScheduleBook}. */
public sealed interface ScheduleChange {
  record EntrySaved(Entry entry) implements ScheduleChange {}

  record EntryRemoved(String id) implements ScheduleChange {}

  record SettingsSaved(List<Holiday> holidays, ZoneId zone) implements ScheduleChange {}
}
