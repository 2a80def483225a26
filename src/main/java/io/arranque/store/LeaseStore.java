package io.arranque.store;

import io.arranque.dhcp.LeaseBook;
import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import io.arranque.store.LeaseBacklog.Portion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases, committed to a journal in the state folder and brought into the database from there (see
 * docs/durability.md). Thread-safe; meant for one committing thread, the decision lane. Do not
 * interrupt that: Java closes the file of a thread that is interrupted in a write.
 */
public final class LeaseStore implements LeaseBook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseStore.class);

  /** What exists once the journal was read. */
  private record Opened(LeaseJournal journal, LeaseBacklog backlog, LeaseFeeder feeder) {}

  private final Database database;
  private final JournalFolder folder;
  private final LeaseJournal.Limits limits;
  private volatile @Nullable Opened opened;
  private boolean closed;
  private volatile @Nullable String unreadable;

  private LeaseStore(Database database, JournalFolder folder, LeaseJournal.Limits limits) {
    this.database = database;
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Takes the state folder for itself. The journal is read at first use, so that a damaged one
   * leaves a running page that says so.
   *
   * @param state the folder, which is there
   * @throws StoreFailure when another process has it, with a message for the operator
   */
  public static LeaseStore open(Database database, Path state) throws StoreFailure {
    return open(database, state, FileChannel::open, LeaseJournal.Limits.USUAL);
  }

  static LeaseStore open(
      Database database, Path state, JournalFolder.Opening opening, LeaseJournal.Limits limits)
      throws StoreFailure {
    return new LeaseStore(database, JournalFolder.take(state, opening), limits);
  }

  /** Why no lease can be promised, now or soon, with what to do; empty when all is well. */
  public Optional<String> problem() {
    String message = unreadable;
    if (message != null) {
      return Optional.of(message);
    }
    Opened there = opened;
    return there == null ? Optional.empty() : there.journal().problem();
  }

  @Override
  public LoadedLeases load() throws StoreFailure {
    Opened there = opened();
    // Before the tables are read: what is in them by then may be applied once more, not lost.
    Optional<Portion> lacking = there.backlog().all();
    LoadedLeases known = read("read the leases from", LeaseTables::read);
    return lacking.map(portion -> portion.outcome().over(known)).orElse(known);
  }

  @Override
  public void commit(List<LeaseChange> changes) throws StoreFailure {
    if (!changes.isEmpty()) {
      opened().journal().commit(List.copyOf(changes));
    }
  }

  private synchronized Opened opened() throws StoreFailure {
    if (closed) {
      throw new StoreFailure("the lease store is closed", new IllegalStateException("closed"));
    }
    Opened there = opened;
    if (there == null) {
      try {
        there = recover();
        opened = there;
        unreadable = null;
      } catch (StoreFailure e) {
        unreadable = e.getMessage();
        throw e;
      }
    }
    return there;
  }

  private Opened recover() throws StoreFailure {
    try {
      folder.deleteUnfinished();
      JournalReplay replay = JournalReplay.of(folder.files());
      UUID name = replay.journal().orElseGet(UUID::randomUUID);
      long complete = read("read the leases from", tables -> tables.completeTo(name));
      LeaseOutcome replayed = new LeaseOutcome();
      long last = replay.replay(complete, replayed);
      if (last > complete) {
        LOG.info(
            "Commits {} to {} were read from the lease journal: {} addresses",
            complete + 1,
            last,
            replayed.size());
      }
      LeaseBacklog backlog = new LeaseBacklog(complete, last, replayed.changes());
      LeaseJournal journal = new LeaseJournal(folder, limits, backlog, name, last);
      journal.adopt(replay.files());
      LeaseFeeder feeder = new LeaseFeeder(database, journal, backlog, name);
      journal.onTurn(feeder::wake);
      feeder.start();
      return new Opened(journal, backlog, feeder);
    } catch (IOException e) {
      throw new Failures(folder.path().toString()).failure("read the lease journal in", e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(LeaseTables tables) throws SQLException;
  }

  private <T> T read(String doing, Reading<T> reading) throws StoreFailure {
    return database.read(doing, handle -> reading(handle, reading));
  }

  private static <T> T reading(Handle handle, Reading<T> reading) {
    try {
      return reading.from(new LeaseTables(handle.getConnection()));
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** Brings everything into the database, which must still be open, and gives the folder back. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Opened there = opened;
    try (folder) {
      if (there != null) {
        there.feeder().close();
        there.journal().close();
      }
    } catch (IOException e) {
      LOG.error("The lease journal was not closed well; nothing of it is lost", e);
    }
  }
}
