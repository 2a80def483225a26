package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** The SQL of the timeline. */
final class EventTable {
  private EventTable() {}

  /**
   * Events in the order of their ids; what an attempt with unknown end left of them is replaced.
   */
  static void insert(Handle handle, List<Recorded> events) {
    handle.execute(
        "delete from event where id between ? and ?",
        events.get(0).id(),
        events.get(events.size() - 1).id());
    // Plain JDBC: of a flood's events Jdbi's binding by name and type would cost more than the
    // rows.
    try (PreparedStatement insert =
        handle
            .getConnection()
            .prepareStatement(
                """
                insert into event (id, at, mac, stage, reason, address, detail, bytes, took)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
      for (Recorded recorded : events) {
        BootEvent event = recorded.event();
        insert.setLong(1, recorded.id());
        insert.setLong(2, Columns.micros(event.at()));
        insert.setString(3, event.mac().toString());
        insert.setString(4, event.stage().name());
        insert.setString(5, event.reason().name());
        insert.setString(6, Columns.nullable(event.address()));
        insert.setString(7, Columns.clean(event.detail()));
        insert.setLong(8, event.bytes());
        insert.setLong(9, Columns.micros(event.took()));
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** The newest {@code limit} events before {@code id}, newest first. */
  static List<BootEvent> before(Handle handle, Mac mac, long id, int limit) {
    return handle
        .createQuery(
            """
            select * from event where mac = ? and id < ?
            order by mac desc, id desc fetch first ? rows only""")
        .bind(0, mac.toString())
        .bind(1, id)
        .bind(2, limit)
        .map((row, context) -> event(row))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Empty for a stage or reason that this program does not know: its line is no reason to fail. */
  private static Optional<BootEvent> event(ResultSet row) throws SQLException {
    Optional<Stage> stage = named(Stage.values(), row.getString("stage"));
    Optional<Reason> reason = named(Reason.values(), row.getString("reason"));
    if (stage.isEmpty() || reason.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BootEvent(
            Columns.instant(row, "at"),
            Columns.mac(row),
            stage.get(),
            reason.get(),
            Columns.optionalAddress(row),
            row.getString("detail"),
            row.getLong("bytes"),
            Duration.of(row.getLong("took"), ChronoUnit.MICROS)));
  }

  private static <E extends Enum<E>> Optional<E> named(E[] constants, String name) {
    return Arrays.stream(constants).filter(constant -> constant.name().equals(name)).findFirst();
  }

  static long newestId(Handle handle) {
    return handle.createQuery("select max(id) from event").mapTo(Long.class).findOne().orElse(0L);
  }

  /** Forgets what is older than {@code oldest} or beyond the bounds. */
  static void trim(Handle handle, Instant oldest, int perMachine, int total) {
    handle.execute("delete from event where at < ?", Columns.micros(oldest));
    handle
        .createQuery("select id from event order by id desc offset ? rows fetch first 1 rows only")
        .bind(0, total)
        .mapTo(Long.class)
        .findOne()
        .ifPresent(last -> handle.execute("delete from event where id <= ?", last));
    List<String> crowded =
        handle
            .createQuery("select mac from event group by mac having count(*) > ?")
            .bind(0, perMachine)
            .mapTo(String.class)
            .list();
    for (String mac : crowded) {
      handle
          .createQuery(
              """
              select id from event where mac = ?
              order by mac desc, id desc offset ? rows fetch first 1 rows only""")
          .bind(0, mac)
          .bind(1, perMachine)
          .mapTo(Long.class)
          .findOne()
          .ifPresent(
              last -> handle.execute("delete from event where mac = ? and id <= ?", mac, last));
    }
  }
}
