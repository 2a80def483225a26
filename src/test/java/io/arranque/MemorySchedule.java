package io.arranque;

import io.arranque.people.Who;
import io.arranque.schedule.Entry;
import io.arranque.schedule.ScheduleBook;
import io.arranque.schedule.ScheduleRules.Decision;
import io.arranque.schedule.Timetable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A schedule that is forgotten when the test ends. */
public final class MemorySchedule implements ScheduleBook {
  private final List<String> told = new ArrayList<>();
  private volatile Timetable timetable;

  public MemorySchedule(ZoneId zone) {
    timetable = Timetable.empty(zone);
  }

  public MemorySchedule with(Entry entry) {
    timetable = timetable.with(entry);
    return this;
  }

  @Override
  public Timetable view() {
    return timetable;
  }

  @Override
  public synchronized Decision commit(Who who, Function<Timetable, Decision> decide) {
    Decision decision = decide.apply(timetable);
    if (decision instanceof Decision.Accepted accepted) {
      timetable = accepted.after();
      told.add(who.name() + ": " + accepted.what() + ", " + accepted.detail());
    }
    return decision;
  }

  @Override
  public synchronized void ran(String id, Entry.Run run) {
    timetable.entry(id).ifPresent(entry -> timetable = timetable.with(entry.with(run)));
  }

  /** What an audit would say, oldest first. */
  public synchronized List<String> told() {
    return List.copyOf(told);
  }
}
