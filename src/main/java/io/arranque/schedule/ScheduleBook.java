package io.arranque.schedule;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.Who;
import io.arranque.schedule.ScheduleRules.Decision;
import java.time.ZoneOffset;
import java.util.function.Function;

/** Port: the schedule and the one way to change it. Thread-safe. */
public interface ScheduleBook {
  /** Where there is none. */
  ScheduleBook NONE =
      new ScheduleBook() {
        @Override
        public Timetable view() {
          return Timetable.empty(ZoneOffset.UTC);
        }

        @Override
        public Decision commit(Who who, Function<Timetable, Decision> decide) throws StoreFailure {
          throw new StoreFailure("there is no schedule", new IllegalStateException());
        }

        @Override
        public void ran(String id, Entry.Run run) {}
      };

  Timetable view();

  /**
   * Decides on the present schedule and commits what was decided with a line of the audit, as one
   * transaction and with nobody else deciding meanwhile.
   *
   * @throws StoreFailure when it could not be written; nothing has changed then
   */
  Decision commit(Who who, Function<Timetable, Decision> decide) throws StoreFailure;

  /** An entry was due. Nothing happens when it is gone by now. */
  void ran(String id, Entry.Run run) throws StoreFailure;
}
