package io.arranque.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Puts committed transactions on the disk; those who wait at the same time share one fsync.
 *
 * <p>Why not by a setting (H2 2.4.240, seen with strace, see docs/durability.md):
 *
 * <ul>
 *   <li>by default a commit writes nothing at all, a background thread does within half a second,
 *       and without fsync;
 *   <li>{@code WRITE_DELAY=0} writes on each commit and does not fsync either; it also ends H2's
 *       housekeeping: 120 000 commits left a file of 3.9 GB that closing did not shrink;
 *   <li>{@code CHECKPOINT SYNC} writes and fsyncs, but when the background thread has just taken
 *       the transaction over, the statement finds nothing left to write and may fsync before that
 *       thread's write.
 * </ul>
 *
 * So: write what is unwritten, wait for the background writer, fsync; these are the steps of {@code
 * CHECKPOINT SYNC} with the wait in between.
 */
final class DurableSync {
  private final Runnable force;
  private final ReentrantLock forcing = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private long done;

  private DurableSync(Runnable force) {
    this.force = force;
  }

  /** For the database behind {@code source}; other databases than H2 sync on their own commit. */
  static DurableSync of(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      if (connection.isWrapperFor(JdbcConnection.class)
          && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
        MVStore store = session.getDatabase().getStore().getMvStore();
        return new DurableSync(() -> force(store));
      }
      return new DurableSync(() -> {});
    }
  }

  private static void force(MVStore store) {
    store.commit();
    store.executeFilestoreOperation(store::sync);
  }

  /** Returns when everything committed before the call is on the disk; throws what H2 throws. */
  void await() {
    long mine = asked.incrementAndGet();
    forcing.lock();
    try {
      if (done < mine) {
        long covered = asked.get();
        force.run();
        done = covered;
      }
    } finally {
      forcing.unlock();
    }
  }
}
