package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.inventory.Provisioning.Cause;
import io.arranque.inventory.Provisioning.Grant;
import io.arranque.inventory.Provisioning.Pairing;
import io.arranque.inventory.Provisioning.Window;
import io.arranque.timeline.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The SQL of whether machines may be told secrets. */
final class ProvisioningRows {
  private static final String SECRET = "s";
  private static final String DOCUMENT = "d";

  private ProvisioningRows() {}

  /** By MAC as text; machines without a row have none. */
  static Map<String, Provisioning> load(Handle handle) {
    Map<String, SortedMap<String, Instant>> told = new HashMap<>();
    handle
        .createQuery("select mac, kind, name, at from secret_told")
        .map(
            (row, context) ->
                told.computeIfAbsent(
                        row.getString("kind") + row.getString("mac"), key -> new TreeMap<>())
                    .put(row.getString("name"), Columns.instant(row, "at")))
        .forEach(previous -> {});
    Map<String, Provisioning> all = new HashMap<>();
    handle
        .createQuery("select * from provisioning")
        .map((row, context) -> all.put(row.getString("mac"), provisioning(row, told)))
        .forEach(previous -> {});
    return all;
  }

  private static Provisioning provisioning(
      ResultSet row, Map<String, SortedMap<String, Instant>> told) throws SQLException {
    String mac = row.getString("mac");
    return new Provisioning(
        window(row),
        grant(row, told.getOrDefault(DOCUMENT + mac, new TreeMap<>())),
        pairing(row),
        alarm(row),
        told.getOrDefault(SECRET + mac, new TreeMap<>()));
  }

  private static Optional<Window> window(ResultSet row) throws SQLException {
    Optional<Instant> until = Columns.optionalInstant(row, "window_until");
    Optional<Cause> cause =
        Columns.text(row, "window_cause")
            .flatMap(w -> Arrays.stream(Cause.values()).filter(c -> c.name().equals(w)).findAny());
    return until.isEmpty() || cause.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Window(until.get(), Columns.text(row, "window_by").orElse(""), cause.get()));
  }

  private static Optional<Grant> grant(ResultSet row, SortedMap<String, Instant> documents)
      throws SQLException {
    Optional<String> nonce = Columns.text(row, "grant_nonce");
    return nonce.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Grant(
                nonce.get(),
                Columns.text(row, "grant_why").orElse(""),
                Columns.instant(row, "grant_at"),
                Columns.text(row, "grant_uuid").map(UUID::fromString),
                Columns.text(row, "grant_port").orElse(""),
                documents,
                Columns.optionalInstant(row, "grant_up")));
  }

  private static Optional<Pairing> pairing(ResultSet row) throws SQLException {
    Optional<String> code = Columns.text(row, "pairing_code");
    Optional<Ipv4> address = Columns.text(row, "pairing_address").flatMap(Ipv4::parse);
    return code.isEmpty() || address.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Pairing(
                code.get(),
                Columns.text(row, "pairing_token").orElse(""),
                address.get(),
                Columns.instant(row, "pairing_at"),
                row.getInt("pairing_wrong")));
  }

  /** An alarm whose reason a newer program wrote still is one. */
  private static Optional<Alarm> alarm(ResultSet row) throws SQLException {
    Optional<String> word = Columns.text(row, "alarm_reason");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Reason reason =
        Arrays.stream(Reason.values())
            .filter(r -> r.name().equals(word.get()))
            .findAny()
            .orElse(Reason.QUARANTINED);
    return Optional.of(
        new Alarm(
            reason,
            Columns.text(row, "alarm_detail").orElse(""),
            Columns.instant(row, "alarm_since"),
            row.getBoolean("quarantined")));
  }

  static void write(Handle handle, List<Machine> machines) {
    for (Machine machine : machines) {
      String mac = machine.mac().toString();
      handle.execute("delete from secret_told where mac = ?", mac);
      handle.execute("delete from provisioning where mac = ?", mac);
      Provisioning its = machine.provisioning();
      if (its.equals(Provisioning.NONE)) {
        continue;
      }
      write(handle, mac, its);
      its.told().forEach((name, at) -> told(handle, mac, SECRET, name, at));
      its.grant()
          .ifPresent(g -> g.documents().forEach((n, at) -> told(handle, mac, DOCUMENT, n, at)));
    }
  }

  private static void told(Handle handle, String mac, String kind, String name, Instant at) {
    handle.execute(
        "insert into secret_told (mac, kind, name, at) values (?, ?, ?, ?)",
        mac,
        kind,
        Columns.clean(name),
        Columns.micros(at));
  }

  private static void write(Handle handle, String mac, Provisioning its) {
    Optional<Window> window = its.window();
    Optional<Grant> grant = its.grant();
    Optional<Pairing> pairing = its.pairing();
    Optional<Alarm> alarm = its.alarm();
    handle.execute(
        """
        insert into provisioning (mac, window_until, window_by, window_cause, grant_nonce, grant_why,
          grant_at, grant_uuid, grant_port, grant_up, pairing_code, pairing_token, pairing_address,
          pairing_at, pairing_wrong, alarm_reason, alarm_detail, alarm_since, quarantined)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        mac,
        Columns.nullableMicros(window.map(Window::until)),
        Columns.nullable(window.map(Window::by)),
        Columns.nullable(window.map(w -> w.cause().name())),
        Columns.nullable(grant.map(Grant::nonce)),
        Columns.nullable(grant.map(Grant::why)),
        Columns.nullableMicros(grant.map(Grant::at)),
        Columns.nullable(grant.flatMap(Grant::uuid)),
        Columns.nullable(grant.map(Grant::port)),
        Columns.nullableMicros(grant.flatMap(Grant::up)),
        Columns.nullable(pairing.map(Pairing::code)),
        Columns.nullable(pairing.map(Pairing::token)),
        Columns.nullable(pairing.map(Pairing::address)),
        Columns.nullableMicros(pairing.map(Pairing::at)),
        pairing.map(Pairing::wrong).orElse(0),
        Columns.nullable(alarm.map(a -> a.reason().name())),
        Columns.nullable(alarm.map(Alarm::detail)),
        Columns.nullableMicros(alarm.map(Alarm::since)),
        its.isQuarantined());
  }
}
