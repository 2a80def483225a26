package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseBook;
import io.arranque.dhcp.LeaseChange;
import io.arranque.inventory.StoreFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

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
    database.writeDurably("write leases to", outcome::write);
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

    /** Delete and insert: the one upsert that H2 and PostgreSQL both understand. */
    void write(Handle handle) {
      try (PreparedBatch leases = handle.prepareBatch("delete from lease where address = ?");
          PreparedBatch quarantines =
              handle.prepareBatch("delete from quarantine where address = ?")) {
        for (Map<Ipv4, ?> replaced : List.of(bound, quarantined)) {
          for (Ipv4 address : replaced.keySet()) {
            leases.add(address.toString());
            quarantines.add(address.toString());
          }
        }
        execute(leases);
        execute(quarantines);
      }
      insertLeases(handle);
      try (PreparedBatch batch =
          handle.prepareBatch("insert into quarantine (address, until_at) values (?, ?)")) {
        quarantined.forEach(
            (address, until) -> batch.add(address.toString(), Columns.micros(until)));
        execute(batch);
      }
      try (PreparedBatch batch =
          handle.prepareBatch("update lease set expires = ? where address = ?")) {
        released.forEach((address, at) -> batch.add(Columns.micros(at), address.toString()));
        execute(batch);
      }
    }

    private void insertLeases(Handle handle) {
      try (PreparedBatch batch =
          handle.prepareBatch(
              """
              insert into lease (address, mac, segment, since, expires, hostname)
              values (?, ?, ?, ?, ?, ?)""")) {
        for (Lease lease : bound.values()) {
          batch.add(
              lease.address().toString(),
              lease.mac().toString(),
              lease.segment(),
              Columns.micros(lease.since()),
              Columns.micros(lease.expires()),
              Columns.nullable(lease.hostname()));
        }
        execute(batch);
      }
    }

    private static void execute(PreparedBatch batch) {
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }
}
