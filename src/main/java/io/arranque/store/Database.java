package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.inventory.Together;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, kept open. H2 closes itself when a write fails (a full disk) and the pool does not
 * notice; so whatever fails that way makes this class drop the pool and open anew, on the next use
 * or within two seconds, until it works. Thread-safe. Do not interrupt its callers: Java closes a
 * file whose reader is interrupted.
 */
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /**
   * DB_CLOSE_ON_EXIT: the appliance closes in its own order. DB_CLOSE_DELAY: the pool may let its
   * last connection go. RETENTION_TIME (ms): how long H2 leaves overwritten data alone, for fear of
   * writes that reach the disk out of order; its 45 s let the file grow to gigabytes under a flood
   * of commits, and with an fsync each {@link #SYNC_SECONDS} ten seconds are as safe.
   */
  private static final String H2_SETTINGS =
      ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;RETENTION_TIME=10000;TRACE_LEVEL_FILE=0";

  private static final int SYNC_SECONDS = 2;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  // The first connections after a failure get the failure of the closed one told once more.
  private static final int OPENING_ATTEMPTS = 3;

  /** A full disk lets a small write through now and then; nobody's hope is raised by one. */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String url;
  private final String name;
  private final Failures failures;
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "store-sync");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable Connected connected;
  private volatile @Nullable Joint joint;
  private @Nullable SealedVars sealedVars;
  private volatile @Nullable Trouble trouble;
  private @Nullable StoreFailure lastFailure;
  private long lastAttempt;
  private boolean closed;

  private Database(String url, String name) {
    this.url = url;
    this.name = name;
    this.failures = new Failures(name);
  }

  /**
   * Opens the database, making it or bringing its schema up to date as needed.
   *
   * @param stateFolder made with mode 0700 when it is not there
   * @param jdbcUrl empty: H2 in the state folder
   * @throws StoreFailure with a message for the operator
   */
  public static Database open(Path stateFolder, Optional<String> jdbcUrl) throws StoreFailure {
    StateFolder folder = StateFolder.prepare(stateFolder);
    if (jdbcUrl.isEmpty() && folder.path().toString().indexOf(';') >= 0) {
      throw new StoreFailure(
          "the state folder " + folder.path() + " has a ';' in its name, which H2 cannot open",
          new IllegalArgumentException(folder.path().toString()));
    }
    String url =
        jdbcUrl.orElseGet(() -> "jdbc:h2:file:" + folder.path().resolve("arranque") + H2_SETTINGS);
    String name =
        jdbcUrl.isEmpty() ? folder.databaseFile().toString() : url.replaceAll("[;?].*|//.*@", "");
    Database database = new Database(url, name);
    database.start(folder.path());
    folder.secureFiles();
    return database;
  }

  /**
   * Deletes the values of variables whose key is lost, so that the rest can be used again.
   *
   * @return how many
   */
  public static int forgetLostSecrets(Path stateFolder, Optional<String> jdbcUrl)
      throws StoreFailure {
    StateFolder folder = StateFolder.prepare(stateFolder);
    String url =
        jdbcUrl.orElseGet(() -> "jdbc:h2:file:" + folder.path().resolve("arranque") + H2_SETTINGS);
    try {
      Connected connected = Connected.open(url);
      SealedVars vars = new SealedVars(SecretBox.open(folder.path(), false));
      int forgotten = connected.jdbi().inTransaction(vars::forgetLost);
      connected.sync().await();
      connected.close();
      return forgotten;
    } catch (SQLException | RuntimeException e) {
      throw new Failures(url).failure("open", e);
    }
  }

  /** A new key for secrets; what is in the database is encrypted with it at the next start. */
  public static void rotateSecretsKey(Path stateFolder) throws StoreFailure {
    SecretBox.open(StateFolder.prepare(stateFolder).path(), false).rotate();
  }

  private void start(Path stateFolder) throws StoreFailure {
    try {
      Connected fresh = Connected.open(url);
      try {
        Migrations.apply(fresh.pool(), name);
        Unsealed unsealed = Unsealed.of(fresh, stateFolder);
        sealedVars = unsealed.vars();
        fresh = unsealed.sealed(url);
        fresh.sync().await();
      } catch (StoreFailure | RuntimeException e) {
        fresh.abandon();
        throw e;
      }
      connected = fresh;
    } catch (SQLException | RuntimeException e) {
      throw failures.failure("open", e);
    }
    var unused =
        heartbeat.scheduleWithFixedDelay(this::beat, SYNC_SECONDS, SYNC_SECONDS, TimeUnit.SECONDS);
  }

  /** A transaction that a thread is in, and what memory owes it. */
  private record Joint(Thread thread, Handle handle, List<Runnable> afterwards) {}

  private record Trouble(String message, long at) {}

  /** Why nothing can be kept at present, with what to do; empty when all is well. */
  public Optional<String> problem() {
    return Optional.ofNullable(trouble).map(Trouble::message);
  }

  /** The values of variables, which are encrypted. */
  SealedVars vars() {
    return java.util.Objects.requireNonNull(sealedVars);
  }

  /** Reads in one transaction. */
  <T> T read(String doing, HandleCallback<T, RuntimeException> work) throws StoreFailure {
    return call(doing, false, work::withHandle);
  }

  /** Writes in one transaction, on the disk within about two seconds. */
  void write(String doing, HandleConsumer<RuntimeException> work) throws StoreFailure {
    call(doing, false, callback(work));
  }

  /** Writes in one transaction; when this returns it is on the disk. */
  void writeDurably(String doing, HandleConsumer<RuntimeException> work) throws StoreFailure {
    call(doing, true, callback(work));
  }

  private static HandleCallback<Boolean, StoreFailure> callback(
      HandleConsumer<RuntimeException> work) {
    return handle -> {
      work.useHandle(handle);
      return true;
    };
  }

  /**
   * All that the calling thread writes within the work is one transaction, on the disk when this
   * returns; whatever the work throws undoes it. One thread at a time may be in here; what the
   * others write meanwhile has nothing to do with it.
   */
  void together(Together.Work work) throws StoreFailure {
    List<Runnable> afterwards = new ArrayList<>();
    call(
        "write to",
        true,
        handle -> {
          joint = new Joint(Thread.currentThread(), handle, afterwards);
          try {
            work.run();
          } finally {
            joint = null;
          }
          return afterwards;
        });
    afterwards.forEach(Runnable::run);
  }

  /** Has memory follow what was written: at once, or when the whole transaction is on the disk. */
  void afterwards(Runnable follow) {
    Joint open = joint;
    if (open != null && open.thread() == Thread.currentThread()) {
      open.afterwards().add(follow);
    } else {
      follow.run();
    }
  }

  private <T> T call(String doing, boolean durably, HandleCallback<T, StoreFailure> work)
      throws StoreFailure {
    Joint open = joint;
    if (open != null && open.thread() == Thread.currentThread()) {
      try {
        return work.withHandle(open.handle());
      } catch (JdbiException e) {
        throw failures.failure(doing, e);
      }
    }
    Connected current = connected();
    T result;
    try {
      result = current.jdbi().inTransaction(work);
    } catch (JdbiException e) {
      if (Failures.closesDatabase(e)) {
        drop(current, e);
      }
      throw failures.failure(doing, e);
    } catch (StoreFailure e) {
      // Of a transaction's part; only out here is the transaction over.
      if (Failures.closesDatabase(e)) {
        drop(current, e);
      }
      throw e;
    }
    if (durably) {
      try {
        current.sync().await();
      } catch (RuntimeException e) {
        // Committed in H2's memory, and perhaps not on the disk: forget that memory.
        drop(current, e);
        throw failures.failure(doing, e);
      }
    }
    return result;
  }

  private Connected connected() throws StoreFailure {
    Connected current = connected;
    return current != null ? current : reopen();
  }

  private synchronized Connected reopen() throws StoreFailure {
    Connected current = connected;
    if (current != null) {
      return current;
    }
    StoreFailure last = lastFailure;
    if (closed) {
      throw new StoreFailure(name + " is closed", new IllegalStateException("closed"));
    }
    // With a full disk each attempt costs time that the caller, perhaps the DHCP lane, has not.
    if (last != null && System.nanoTime() - lastAttempt < RETRY_NANOS) {
      throw new StoreFailure(String.valueOf(last.getMessage()), last);
    }
    try {
      Connected fresh = openPatiently();
      connected = fresh;
      lastFailure = null;
      log.debug("{} is open again", name);
      return fresh;
    } catch (SQLException | RuntimeException e) {
      StoreFailure failure = failures.failure("open", e);
      lastFailure = failure;
      troubled(failure);
      throw failure;
    } finally {
      lastAttempt = System.nanoTime();
    }
  }

  private Connected openPatiently() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        Connected fresh = Connected.open(url);
        try {
          fresh.sync().await();
          return fresh;
        } catch (RuntimeException e) {
          fresh.abandon();
          throw e;
        }
      } catch (SQLException | RuntimeException e) {
        if (attempt == OPENING_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private synchronized void drop(Connected failed, Throwable why) {
    if (connected == failed && !closed) {
      connected = null;
      lastFailure = null;
      StoreFailure failure = failures.failure("use", why);
      // On a full disk it opens again and fails again about once a second.
      if (trouble == null) {
        log.error("{}; opening it anew", failure.getMessage());
      }
      troubled(failure);
      failed.abandon();
    }
  }

  private void troubled(StoreFailure failure) {
    trouble = new Trouble(String.valueOf(failure.getMessage()), System.nanoTime());
  }

  /**
   * Bounds what an unsynced write can lose, and brings a failed database back while nobody asks.
   */
  private void beat() {
    try {
      Connected current = connected();
      try {
        current.sync().await();
        Trouble known = trouble;
        if (known != null && System.nanoTime() - known.at() > CALM_NANOS) {
          trouble = null;
          log.info("{} works again", name);
        }
      } catch (RuntimeException e) {
        drop(current, e);
      }
    } catch (StoreFailure | RuntimeException e) {
      // An exception that left here would end the heartbeat.
      log.debug("still not open", e);
    }
  }

  /** Everything written so far is on the disk afterwards. Again closing does nothing. */
  @Override
  public void close() {
    heartbeat.shutdown();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      Connected current = connected;
      connected = null;
      try {
        if (current != null) {
          current.sync().await();
          current.close();
        }
      } catch (SQLException | RuntimeException e) {
        log.error("{}", failures.failure("close", e).getMessage(), e);
      }
    }
  }
}
