package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.store.LeaseBacklog.Portion;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.ConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was committed into the database, behind the backs of those who wait for leases, and
 * does the journal's housekeeping. Owns its thread, which is asked to end, never interrupted.
 */
final class LeaseFeeder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseFeeder.class);

  /** How long the database may lag; each feed costs the disk a sync that a commit waits behind. */
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A transaction of about a fifth of a second. */
  private static final int PORTION = 8192;

  /** Of two cores, H2 shall not take one from those who decide while a room powers on. */
  private static final int REST = 3;

  private static final long REST_MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Database database;
  private final LeaseJournal journal;
  private final LeaseBacklog backlog;
  private final UUID name;
  private final Thread thread = new Thread(this::run, "lease-feeder");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private boolean upkeepWanted;
  private boolean stopping;
  private boolean troubled;

  /** Feeds as journal {@code name}; begins with {@link #start}. */
  LeaseFeeder(Database database, LeaseJournal journal, LeaseBacklog backlog, UUID name) {
    this.database = database;
    this.journal = journal;
    this.backlog = backlog;
    this.name = name;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The journal may need its next file soon; never blocks for long. */
  void wake() {
    lock.lock();
    try {
      upkeepWanted = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean running = true;
    while (running) {
      upkeep();
      long began = System.nanoTime();
      boolean fed = feed(PORTION);
      running = rest(pause(fed, System.nanoTime() - began));
    }
  }

  private long pause(boolean fed, long took) {
    if (!fed || backlog.waitingChanges() < PORTION) {
      return INTERVAL_NANOS;
    }
    return journal.isHalfFull() ? 0 : Math.min(REST * took, REST_MOST_NANOS);
  }

  /** Waits, with the journal's needs seen to; false when it is time to end. */
  private boolean rest(long nanos) {
    long left = nanos;
    lock.lock();
    try {
      while (!stopping && left > 0) {
        if (upkeepWanted) {
          upkeepWanted = false;
          lock.unlock();
          try {
            upkeep();
          } finally {
            lock.lock();
          }
        } else {
          left = wanted.awaitNanos(left);
        }
      }
      return !stopping;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void upkeep() {
    try {
      journal.heal();
      journal.prepare();
    } catch (StoreFailure | RuntimeException e) {
      tell(e);
    }
  }

  /** Whether it worked. */
  private boolean feed(int changes) {
    try {
      Optional<Portion> portion = backlog.take(changes);
      if (portion.isPresent()) {
        write(portion.get());
        backlog.done(portion.get());
        journal.retire();
      }
      if (troubled) {
        LOG.info("Leases reach the database again");
        troubled = false;
      }
      return true;
    } catch (StoreFailure | RuntimeException e) {
      tell(e);
      return false;
    }
  }

  private void write(Portion portion) throws StoreFailure {
    database.writeDurably(
        "write leases to",
        handle -> {
          try {
            LeaseTables tables = new LeaseTables(handle.getConnection());
            tables.write(portion.outcome());
            tables.completeTo(name, portion.to());
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  /** Once; {@link Database#problem} and {@link LeaseJournal#problem} keep telling. */
  private void tell(Exception e) {
    if (!troubled) {
      LOG.error("The lease journal is kept, and goes on by itself: {}", e.getMessage());
      LOG.debug("because of", e);
    }
    troubled = true;
  }

  /** Ends the thread and brings the rest into the database, if that takes it. */
  @Override
  public void close() {
    lock.lock();
    try {
      stopping = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    boolean unused = feed(Integer.MAX_VALUE);
  }
}
