package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.AuditQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The audit in the database. Lines are only added, and go when they are old. Thread-safe. */
public final class AuditStore implements AuditLog {
  /** However long they are to be kept: whoever fails to log in must not fill the disk. */
  static final int LINES_MAX = 1_000_000;

  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

  private final Database database;
  private final InstantSource clock;
  private final Supplier<Duration> keep;
  private final AtomicReference<Instant> nextCleaning = new AtomicReference<>(Instant.MIN);

  /**
   * @param keep how long a line is kept
   */
  public AuditStore(Database database, InstantSource clock, Supplier<Duration> keep) {
    this.database = database;
    this.clock = clock;
    this.keep = keep;
  }

  @Override
  public void record(AuditEntry entry) throws StoreFailure {
    Instant now = clock.instant();
    Instant due = nextCleaning.get();
    boolean cleans =
        !now.isBefore(due) && nextCleaning.compareAndSet(due, now.plus(BETWEEN_CLEANINGS));
    database.writeDurably(
        "write the audit to",
        handle -> {
          AuditRows.insert(handle, entry);
          if (cleans) {
            clean(handle, now);
          }
        });
  }

  private void clean(Handle handle, Instant now) {
    handle.execute("delete from audit where at < ?", Columns.micros(now.minus(keep.get())));
    handle.execute("delete from audit where id <= (select max(id) from audit) - ?", LINES_MAX);
  }

  @Override
  public List<Line> search(AuditQuery query) throws StoreFailure {
    return database.read("read the audit from", handle -> AuditRows.search(handle, query));
  }
}
