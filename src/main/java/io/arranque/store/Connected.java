package io.arranque.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Jdbi;

/** An open database: the pool, Jdbi over it, and its way to the disk. */
final class Connected {
  // The lease lane, the inventory, the timeline's writer, and a reader or two of the page.
  private static final int CONNECTIONS = 6;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final DurableSync sync;
  private final boolean embedded;

  private Connected(HikariDataSource pool, DurableSync sync, boolean embedded) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.sync = sync;
    this.embedded = embedded;
  }

  HikariDataSource pool() {
    return pool;
  }

  Jdbi jdbi() {
    return jdbi;
  }

  DurableSync sync() {
    return sync;
  }

  /** Opens the pool; throws what Hikari and H2 throw. */
  static Connected open(String url) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("arranque");
    config.setJdbcUrl(url);
    if (isEmbedded(url)) {
      // Without a user H2 takes the first one it meets as administrator; be explicit.
      config.setUsername("sa");
      config.setPassword("");
    }
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(5));
    HikariDataSource pool = new HikariDataSource(config);
    try {
      return new Connected(pool, DurableSync.of(pool), isEmbedded(url));
    } catch (SQLException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  static boolean isEmbedded(String url) {
    return url.startsWith("jdbc:h2:");
  }

  /** Closes in good order; with H2 this also compacts the file. */
  void close() throws SQLException {
    try {
      shutDown("SHUTDOWN");
    } finally {
      pool.close();
    }
  }

  /** As {@link #close}, and nothing that was overwritten is left in the file. */
  void closeAndRewrite() throws SQLException {
    try {
      shutDown("SHUTDOWN COMPACT");
    } finally {
      pool.close();
    }
  }

  /**
   * Closes a database that failed: what is not on the disk is dropped, so that it cannot appear
   * later.
   */
  void abandon() {
    try {
      shutDown("SHUTDOWN IMMEDIATELY");
    } catch (SQLException expected) {
      // It is mostly closed already, and then says so.
    }
    pool.close();
  }

  private void shutDown(String statement) throws SQLException {
    if (embedded) {
      try (Connection connection = pool.getConnection();
          Statement shutdown = connection.createStatement()) {
        shutdown.execute(statement);
      } catch (SQLException e) {
        // Giving back a connection to a database that has just been shut down fails: as it should.
        boolean isClosed =
            e.getErrorCode() == ErrorCode.DATABASE_IS_CLOSED
                || e.getErrorCode() == ErrorCode.DATABASE_CALLED_AT_SHUTDOWN;
        if (!isClosed) {
          throw e;
        }
      }
    }
  }
}
