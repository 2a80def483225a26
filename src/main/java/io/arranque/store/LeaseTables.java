package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseBook.LoadedLeases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The rows of leases and quarantines, and up to which commit of a journal they are complete. Plain
 * JDBC, because Jdbi's binding of batches costs more than H2's part of the work. Update, then
 * insert what was not there: the upsert that both H2 and PostgreSQL understand, and mostly it is a
 * renewal.
 */
final class LeaseTables {
  private final Connection connection;

  LeaseTables(Connection connection) {
    this.connection = connection;
  }

  LoadedLeases read() throws SQLException {
    List<Lease> leases = new ArrayList<>();
    Map<Ipv4, Instant> quarantined = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement("select * from lease order by address");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        leases.add(lease(rows));
      }
    }
    try (PreparedStatement query =
            connection.prepareStatement("select address, until_at from quarantine");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        quarantined.put(Columns.address(rows), Columns.instant(rows, "until_at"));
      }
    }
    return new LoadedLeases(leases, quarantined);
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

  /** The last commit of the journal that is in the tables; 0 when none is. */
  long completeTo(UUID journal) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select complete_to from lease_journal where journal = ?")) {
      query.setString(1, journal.toString());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** Call it in the transaction that makes it true. */
  void completeTo(UUID journal, long sequence) throws SQLException {
    if (setCompleteTo(
            "update lease_journal set complete_to = ? where journal = ?", journal, sequence)
        == 0) {
      setCompleteTo(
          "insert into lease_journal (complete_to, journal) values (?, ?)", journal, sequence);
    }
  }

  private int setCompleteTo(String sql, UUID journal, long sequence) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, sequence);
      statement.setString(2, journal.toString());
      return statement.executeUpdate();
    }
  }

  void write(LeaseOutcome outcome) throws SQLException {
    Set<Ipv4> quarantined = outcome.quarantined().keySet();
    deleteAll("delete from lease where address = ?", quarantined);
    if (anyQuarantined()) {
      String delete = "delete from quarantine where address = ?";
      deleteAll(delete, outcome.bound().keySet());
      deleteAll(delete, quarantined);
    }
    insertLeases(updateLeases(List.copyOf(outcome.bound().values())));
    setTimes("insert into quarantine (until_at, address) values (?, ?)", outcome.quarantined());
    setTimes("update lease set expires = ? where address = ?", outcome.released());
  }

  private void deleteAll(String sql, Set<Ipv4> addresses) throws SQLException {
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

  private boolean anyQuarantined() throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("select address from quarantine fetch first 1 rows only");
        ResultSet rows = query.executeQuery()) {
      return rows.next();
    }
  }

  /** What could not be updated because it is not there yet. */
  private List<Lease> updateLeases(List<Lease> leases) throws SQLException {
    if (leases.isEmpty()) {
      return List.of();
    }
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

  private void insertLeases(List<Lease> leases) throws SQLException {
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

  private void setTimes(String sql, Map<Ipv4, Instant> times) throws SQLException {
    if (times.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<Ipv4, Instant> entry : times.entrySet()) {
        statement.setLong(1, Columns.micros(entry.getValue()));
        statement.setString(2, entry.getKey().toString());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
