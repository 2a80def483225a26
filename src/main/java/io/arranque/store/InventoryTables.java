package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.Octets;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Installation;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.Seat;
import io.arranque.inventory.SwitchPort;
import io.arranque.people.AuditEntry;
import io.arranque.people.Who;
import io.arranque.site.BootPolicy;
import io.arranque.store.SealedVars.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of the inventory. */
final class InventoryTables {
  private InventoryTables() {}

  /** Everything there is. */
  record Contents(
      List<Machine> machines,
      List<Room> rooms,
      List<Boot> boots,
      List<MacTable.Link> links,
      List<RoomLock> locks) {}

  static Contents load(Handle handle, SealedVars sealed) {
    Map<String, Map<String, String>> machineVars = sealed.load(handle, Table.MACHINE);
    Map<String, Map<String, String>> roomVars = sealed.load(handle, Table.ROOM);
    Map<String, Provisioning> provisioning = ProvisioningRows.load(handle);
    Map<String, Map<String, String>> machineOptions =
        vars(handle, "select mac as owner, name, content from machine_option");
    Map<String, Map<String, String>> roomOptions =
        vars(handle, "select room as owner, name, content from room_option");
    Map<String, List<Seat>> seats = SeatRows.load(handle);
    return new Contents(
        handle
            .createQuery("select * from machine")
            .map((row, context) -> machine(row, machineVars, machineOptions))
            .map(
                machine ->
                    machine.with(
                        provisioning.getOrDefault(machine.mac().toString(), Provisioning.NONE)))
            .list(),
        handle
            .createQuery("select name, description, front from room")
            .map((row, context) -> room(row, roomVars, roomOptions).with(layout(row, seats)))
            .list(),
        handle.createQuery("select * from boot").map((row, context) -> boot(row)).list(),
        MacTable.load(handle),
        LockRows.load(handle));
  }

  private static Map<String, Map<String, String>> vars(Handle handle, String sql) {
    Map<String, Map<String, String>> vars = new HashMap<>();
    handle
        .createQuery(sql)
        .map(
            (row, context) ->
                vars.computeIfAbsent(row.getString("owner"), owner -> new HashMap<>())
                    .put(row.getString("name"), row.getString("content")))
        .forEach(previous -> {});
    return vars;
  }

  private static Machine machine(
      ResultSet row,
      Map<String, Map<String, String>> vars,
      Map<String, Map<String, String>> options)
      throws SQLException {
    String mac = row.getString("mac");
    return new Machine(
        Columns.mac(row),
        new Machine.Assignment(
            Columns.text(row, "hostname"),
            Columns.text(row, "room"),
            Columns.text(row, "seat"),
            Columns.text(row, "role"),
            vars.getOrDefault(mac, Map.of()),
            OptionLines.of(options.getOrDefault(mac, Map.of())),
            Columns.text(row, "reservation").flatMap(Ipv4::parse),
            Columns.text(row, "policy").flatMap(BootPolicy::named)),
        new Hardware(
            Columns.text(row, "uuid").map(UUID::fromString),
            Columns.text(row, "serial"),
            Columns.text(row, "vendor"),
            Columns.text(row, "model"),
            Columns.text(row, "firmware"),
            Columns.optionalNumber(row, "memory"),
            Columns.optionalNumber(row, "cpus")),
        Columns.text(row, "segment"),
        Columns.optionalAddress(row),
        switchPort(row),
        Columns.optionalInstant(row, "first_seen"),
        Columns.optionalInstant(row, "last_seen"),
        new Installation(
            Columns.text(row, "install_role").orElse(""),
            Columns.optionalInstant(row, "install_finished"),
            row.getInt("install_boots"),
            Columns.optionalInstant(row, "booted_once")),
        Provisioning.NONE);
  }

  private static Optional<SwitchPort> switchPort(ResultSet row) throws SQLException {
    Optional<Instant> lastSeen = Columns.optionalInstant(row, "port_last_seen");
    return lastSeen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SwitchPort(
                Columns.text(row, "circuit_id").map(Octets::ofHex),
                Columns.text(row, "remote_id").map(Octets::ofHex),
                Columns.text(row, "port_relay").flatMap(Ipv4::parse),
                lastSeen.get()));
  }

  private static Room room(
      ResultSet row,
      Map<String, Map<String, String>> vars,
      Map<String, Map<String, String>> options)
      throws SQLException {
    String name = row.getString("name");
    return new Room(
        name,
        row.getString("description"),
        vars.getOrDefault(name, Map.of()),
        OptionLines.of(options.getOrDefault(name, Map.of())));
  }

  private static Layout layout(ResultSet row, Map<String, List<Seat>> seats) throws SQLException {
    return new Layout(
        Layout.Front.named(row.getString("front")).orElse(Layout.Front.TOP),
        seats.getOrDefault(row.getString("name"), List.of()));
  }

  private static Boot boot(ResultSet row) throws SQLException {
    return new Boot(
        row.getString("nonce"),
        Columns.mac(row),
        Columns.address(row),
        row.getString("role"),
        Columns.instant(row, "started_at"));
  }

  /** Writes what came of the changes, and of the machines those which are {@code dirty}. */
  static void write(
      Handle handle,
      SealedVars sealed,
      InventoryOutcome outcome,
      Collection<Machine> dirty,
      Instant now) {
    outcome
        .machines()
        .forEach(
            (mac, machine) -> {
              if (machine.isEmpty()) {
                handle.execute("delete from machine where mac = ?", mac.toString());
              }
            });
    MachineRows.write(handle, sealed, dirty);
    MacTable.write(handle, outcome.links());
    ProvisioningRows.write(handle, outcome.provisioned());
    outcome.rooms().forEach((name, room) -> write(handle, sealed, name, room));
    outcome.boots().forEach((mac, boot) -> write(handle, mac, boot));
    outcome.locks().forEach((room, lock) -> LockRows.write(handle, room, lock));
    for (InventoryOutcome.Audit line : outcome.audit()) {
      AuditRows.insert(
          handle,
          new AuditEntry(
              now,
              Who.parse(line.who()),
              line.what(),
              line.mac(),
              line.room(),
              line.detail(),
              AuditEntry.DONE));
    }
  }

  private static void write(Handle handle, SealedVars sealed, String name, Optional<Room> room) {
    handle.execute("delete from room where name = ?", name);
    if (room.isPresent()) {
      handle.execute(
          "insert into room (name, description, front) values (?, ?, ?)",
          name,
          Columns.clean(room.get().description()),
          room.get().layout().front().label());
      SeatRows.insert(handle, name, room.get().layout());
      room.get()
          .vars()
          .forEach((var, value) -> sealed.insert(handle, Table.ROOM, name, var, value));
      writeVars(
          handle,
          "insert into room_option (room, name, content) values (?, ?, ?)",
          name,
          room.get().options().texts());
    }
  }

  private static void writeVars(
      Handle handle, String insert, String owner, Map<String, String> vars) {
    if (vars.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(insert)) {
      vars.forEach((name, content) -> batch.add(owner, name, Columns.clean(content)));
      batch.execute();
    }
  }

  private static void write(Handle handle, Mac mac, Optional<Boot> boot) {
    handle.execute("delete from boot where mac = ?", mac.toString());
    if (boot.isPresent()) {
      Boot started = boot.get();
      handle.execute(
          "insert into boot (mac, nonce, address, role, started_at) values (?, ?, ?, ?, ?)",
          mac.toString(),
          started.nonce(),
          started.address().toString(),
          started.role(),
          Columns.micros(started.startedAt()));
    }
  }
}
