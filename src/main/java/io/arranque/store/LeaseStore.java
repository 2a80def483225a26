package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseBook;
import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.ConnectionException;

/** Leases in the database. Thread-safe; meant for one committing thread, the decision lane. */
public final class LeaseStore implements LeaseBook {
  private final Database database;

  public LeaseStore(Database database) {
    this.database = database;
  }

  @Override
  public LoadedLeases load() throws StoreFailure {
    return database.read(
        "read the leases from",
        handle -> {
          List<Lease> leases =
              handle
                  .createQuery("select * from lease order by address")
                  .map((row, context) -> lease(row))
                  .list();
          Map<Ipv4, Instant> quarantined = new HashMap<>();
          handle
              .createQuery("select address, until_at from quarantine")
              .map((row, context) -> Map.entry(Columns.address(row), until(row)))
              .forEach(entry -> quarantined.put(entry.getKey(), entry.getValue()));
          return new LoadedLeases(leases, quarantined);
        });
  }

  private static Instant until(ResultSet row) throws SQLException {
    return Columns.instant(row, "until_at");
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        Columns.address(row),
        Columns.mac(row),
        row.getString("segment"),
        Columns.instant(row, "since"),
        Columns.instant(row, "expires"),
        Columns.text(row, "hostname"));
  }

  @Override
  public void commit(List<LeaseChange> changes) throws StoreFailure {
    if (changes.isEmpty()) {
      return;
    }
    Outcome outcome = new Outcome();
    changes.forEach(outcome::add);
    database.writeDurably(
        "write leases to",
        handle -> {
          try {
            outcome.write(handle.getConnection());
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  /** What a batch comes to, address by address, so that each row is written once. */
  private static final class Outcome {
    private final Map<Ipv4, Lease> bound = new LinkedHashMap<>();
    private final Map<Ipv4, Instant> released = new LinkedHashMap<>();
    private final Map<Ipv4, Instant> quarantined = new LinkedHashMap<>();

    void add(LeaseChange change) {
      if (change instanceof LeaseChange.Bound added) {
        Ipv4 address = added.lease().address();
        bound.put(address, added.lease());
        released.remove(address);
        quarantined.remove(address);
      } else if (change instanceof LeaseChange.Released ended) {
        release(ended.address(), ended.at());
      } else if (change instanceof LeaseChange.Quarantined declined) {
        quarantined.put(declined.address(), declined.until());
        bound.remove(declined.address());
        released.remove(declined.address());
      } else {
        throw new AssertionError(change);
      }
    }

    private void release(Ipv4 address, Instant at) {
      Lease lease = bound.get(address);
      if (lease != null) {
        bound.put(
            address,
            new Lease(address, lease.mac(), lease.segment(), lease.since(), at, lease.hostname()));
      } else if (!quarantined.containsKey(address)) {
        released.put(address, at);
      }
    }

    /**
     * Plain JDBC, because this is what a powered-on room waits for, and Jdbi's binding of batches
     * costs more than H2's part of the work. Update, then insert what was not there: the upsert
     * that both H2 and PostgreSQL understand, and mostly it is a renewal.
     */
    void write(Connection connection) throws SQLException {
      deleteAll(connection, "delete from lease where address = ?", quarantined.keySet());
      if (anyQuarantined(connection)) {
        String delete = "delete from quarantine where address = ?";
        deleteAll(connection, delete, bound.keySet());
        deleteAll(connection, delete, quarantined.keySet());
      }
      insertLeases(connection, updateLeases(connection));
      insertQuarantined(connection);
      endReleased(connection);
    }

    private static void deleteAll(Connection connection, String sql, Set<Ipv4> addresses)
        throws SQLException {
      if (addresses.isEmpty()) {
        return;
      }
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        for (Ipv4 address : addresses) {
          delete.setString(1, address.toString());
          delete.addBatch();
        }
        delete.executeBatch();
      }
    }

    private static boolean anyQuarantined(Connection connection) throws SQLException {
      try (PreparedStatement query =
              connection.prepareStatement(
                  "select address from quarantine fetch first 1 rows only");
          ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }

    /** What could not be updated because it is not there yet. */
    private List<Lease> updateLeases(Connection connection) throws SQLException {
      if (bound.isEmpty()) {
        return List.of();
      }
      List<Lease> leases = List.copyOf(bound.values());
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update lease set mac = ?, segment = ?, since = ?, expires = ?, hostname = ?
              where address = ?""")) {
        for (Lease lease : leases) {
          bind(update, lease);
        }
        int[] counts = update.executeBatch();
        return IntStream.range(0, counts.length)
            .filter(i -> counts[i] == 0)
            .mapToObj(leases::get)
            .toList();
      }
    }

    private static void insertLeases(Connection connection, List<Lease> leases)
        throws SQLException {
      if (leases.isEmpty()) {
        return;
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into lease (mac, segment, since, expires, hostname, address)
              values (?, ?, ?, ?, ?, ?)""")) {
        for (Lease lease : leases) {
          bind(insert, lease);
        }
        insert.executeBatch();
      }
    }

    private static void bind(PreparedStatement statement, Lease lease) throws SQLException {
      statement.setString(1, lease.mac().toString());
      statement.setString(2, lease.segment());
      statement.setLong(3, Columns.micros(lease.since()));
      statement.setLong(4, Columns.micros(lease.expires()));
      statement.setString(5, Columns.nullable(lease.hostname()));
      statement.setString(6, lease.address().toString());
      statement.addBatch();
    }

    private void insertQuarantined(Connection connection) throws SQLException {
      if (quarantined.isEmpty()) {
        return;
      }
      try (PreparedStatement insert =
          connection.prepareStatement("insert into quarantine (address, until_at) values (?, ?)")) {
        for (Map.Entry<Ipv4, Instant> entry : quarantined.entrySet()) {
          insert.setString(1, entry.getKey().toString());
          insert.setLong(2, Columns.micros(entry.getValue()));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }

    private void endReleased(Connection connection) throws SQLException {
      if (released.isEmpty()) {
        return;
      }
      try (PreparedStatement update =
          connection.prepareStatement("update lease set expires = ? where address = ?")) {
        for (Map.Entry<Ipv4, Instant> entry : released.entrySet()) {
          update.setLong(1, Columns.micros(entry.getValue()));
          update.setString(2, entry.getKey().toString());
          update.addBatch();
        }
        update.executeBatch();
      }
    }
  }
}
