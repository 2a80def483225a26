package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.ConflictBook;
import io.arranque.inventory.StoreFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Conflicts in the database: the last few hundred. Thread-safe. */
public final class ConflictStore implements ConflictBook {
  private final Database database;

  public ConflictStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Conflict> load() throws StoreFailure {
    return database.read(
        "read the conflicts from",
        handle ->
            handle
                .createQuery(
                    """
                    select * from
                      (select * from conflict order by at desc fetch first %d rows only) newest
                    order by at"""
                        .formatted(KEPT))
                .map((row, context) -> conflict(row))
                .list());
  }

  private static Conflict conflict(ResultSet row) throws SQLException {
    Optional<Mac> holder = Columns.text(row, "holder").flatMap(Mac::parse);
    return new Conflict(
        Columns.address(row),
        row.getString("segment"),
        holder,
        Conflict.Found.valueOf(row.getString("found")),
        Columns.mac(row),
        Columns.instant(row, "at"));
  }

  @Override
  public void record(Conflict conflict) throws StoreFailure {
    long at = Columns.micros(conflict.at());
    database.write(
        "write a conflict to",
        handle -> {
          handle.execute(
              "delete from conflict where address = ? and at = ?",
              conflict.address().toString(),
              at);
          handle.execute(
              """
              insert into conflict (address, at, segment, holder, found, mac)
              values (?, ?, ?, ?, ?, ?)""",
              conflict.address().toString(),
              at,
              conflict.segment(),
              Columns.nullable(conflict.holder()),
              conflict.found().name(),
              conflict.machine().toString());
          handle
              .createQuery(
                  """
                  select at from conflict
                  order by at desc offset ? rows fetch first 1 rows only""")
              .bind(0, KEPT)
              .mapTo(Long.class)
              .findOne()
              .ifPresent(last -> handle.execute("delete from conflict where at <= ?", last));
        });
  }
}
