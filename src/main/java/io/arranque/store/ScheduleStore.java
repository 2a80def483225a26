package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditEntry;
import io.arranque.people.Who;
import io.arranque.schedule.Entry;
import io.arranque.schedule.ScheduleBook;
import io.arranque.schedule.ScheduleRules.Decision;
import io.arranque.schedule.Timetable;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The schedule in the database, and wholly in memory for readers. */
public final class ScheduleStore implements ScheduleBook {
  private final Database database;
  private final InstantSource clock;
  private final ReentrantLock committing = new ReentrantLock();
  private volatile Timetable timetable;

  /**
   * Loads it; {@code clock} dates the audit.
   *
   * @param zone whose time is meant as long as nobody has said so
   */
  public ScheduleStore(Database database, InstantSource clock, ZoneId zone) throws StoreFailure {
    this.database = database;
    this.clock = clock;
    this.timetable =
        database.read("read the schedule from", handle -> ScheduleRows.load(handle, zone));
  }

  /** Held by whoever commits. */
  ReentrantLock committing() {
    return committing;
  }

  @Override
  public Timetable view() {
    return timetable;
  }

  @Override
  public Decision commit(Who who, Function<Timetable, Decision> decide) throws StoreFailure {
    committing.lock();
    try {
      Decision decision = decide.apply(timetable);
      if (decision instanceof Decision.Accepted accepted) {
        AuditEntry line =
            new AuditEntry(
                clock.instant(),
                who,
                accepted.what(),
                Optional.empty(),
                accepted.room(),
                accepted.detail(),
                AuditEntry.DONE);
        database.writeDurably(
            "write the schedule to",
            handle -> {
              accepted.changes().forEach(change -> ScheduleRows.write(handle, change));
              AuditRows.insert(handle, line);
            });
        database.afterwards(() -> timetable = accepted.after());
      }
      return decision;
    } finally {
      committing.unlock();
    }
  }

  /** On the disk when this returns: after a power cut nothing must be done a second time. */
  @Override
  public void ran(String id, Entry.Run run) throws StoreFailure {
    committing.lock();
    try {
      Optional<Entry> entry = timetable.entry(id).map(known -> known.with(run));
      if (entry.isPresent()) {
        database.writeDurably(
            "write the schedule to", handle -> ScheduleRows.write(handle, entry.get()));
        timetable = timetable.with(entry.get());
      }
    } finally {
      committing.unlock();
    }
  }
}
