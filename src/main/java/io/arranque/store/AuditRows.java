package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog.Line;
import io.arranque.people.AuditQuery;
import io.arranque.people.Who;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of who did what. */
final class AuditRows {
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_SHORT = 64;

  private AuditRows() {}

  static void insert(Handle handle, AuditEntry entry) {
    handle.execute(
        """
        insert into audit (at, who, address, what, mac, room, detail, result)
        values (?, ?, ?, ?, ?, ?, ?, ?)""",
        Columns.micros(entry.at()),
        cut(entry.who().name(), MAX_TEXT),
        cut(entry.who().address(), MAX_SHORT),
        cut(entry.what(), MAX_TEXT),
        Columns.nullable(entry.machine()),
        Columns.nullable(entry.room().map(room -> cut(room, MAX_TEXT))),
        cut(entry.detail(), MAX_TEXT),
        cut(entry.result(), MAX_TEXT));
  }

  static List<Line> search(Handle handle, AuditQuery query) {
    List<String> conditions = new ArrayList<>(List.of("true"));
    query
        .who()
        .ifPresent(
            w ->
                conditions.add(
                    "(lower(who) like :who escape '!' or address like :address escape '!')"));
    query
        .what()
        .ifPresent(
            w ->
                conditions.add(
                    "(lower(what) like :what escape '!' or lower(detail) like :what escape '!'"
                        + " or lower(coalesce(room, '')) like :what escape '!'"
                        + " or lower(result) like :what escape '!')"));
    query.machine().ifPresent(m -> conditions.add("mac = :mac"));
    query.from().ifPresent(f -> conditions.add("at >= :from"));
    query.until().ifPresent(u -> conditions.add("at < :until"));
    query.before().ifPresent(b -> conditions.add("id < :before"));
    Query select =
        handle.createQuery(
            "select * from audit where "
                + String.join(" and ", conditions)
                + " order by id desc fetch first :limit rows only");
    query.who().ifPresent(w -> select.bind("who", "%" + like(w) + "%"));
    query.who().ifPresent(w -> select.bind("address", like(w) + "%"));
    query.what().ifPresent(w -> select.bind("what", "%" + like(w) + "%"));
    query.machine().ifPresent(m -> select.bind("mac", m.toString()));
    query.from().ifPresent(f -> select.bind("from", Columns.micros(f)));
    query.until().ifPresent(u -> select.bind("until", Columns.micros(u)));
    query.before().ifPresent(b -> select.bind("before", b));
    return select.bind("limit", query.limit()).map((row, context) -> line(row)).list();
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("id"),
        new AuditEntry(
            Columns.instant(row, "at"),
            new Who(row.getString("who"), row.getString("address")),
            row.getString("what"),
            Columns.text(row, "mac").flatMap(Mac::parse),
            Columns.text(row, "room"),
            row.getString("detail"),
            row.getString("result")));
  }

  private static String like(String text) {
    return text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static String cut(String text, int most) {
    String clean = Columns.clean(text);
    return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
  }
}
