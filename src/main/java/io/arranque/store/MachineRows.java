package io.arranque.store;

import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.SwitchPort;
import io.arranque.site.BootPolicy;
import io.arranque.store.SealedVars.Table;
import io.arranque.store.SecretBox.Sealed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes machines, all of one commit with four statements. */
final class MachineRows {
  private MachineRows() {}

  /**
   * Updates rows and inserts those that are not there. Which those are is asked of the database and
   * not of memory: after a commit of unknown end the two may differ.
   */
  static void write(Handle handle, SealedVars sealed, Collection<Machine> machines) {
    if (machines.isEmpty()) {
      return;
    }
    List<Machine> all = List.copyOf(machines);
    int[] updated = update(handle, all);
    List<Machine> fresh = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] == 0) {
        fresh.add(all.get(i));
      }
    }
    insert(handle, fresh);
    writeVars(handle, sealed, all);
    writeTexts(handle, "machine_option", all, machine -> machine.assignment().options().texts());
  }

  private static int[] update(Handle handle, List<Machine> machines) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            update machine set hostname = ?, room = ?, seat = ?, role = ?, uuid = ?, serial = ?,
              vendor = ?, model = ?, firmware = ?, segment = ?, address = ?, first_seen = ?,
              last_seen = ?, reservation = ?, circuit_id = ?, remote_id = ?, port_relay = ?,
              port_last_seen = ?, policy = ?, install_role = ?, install_finished = ?,
              install_boots = ?, booted_once = ?, memory = ?, cpus = ? where mac = ?""")) {
      machines.forEach(machine -> add(batch, machine));
      return batch.execute();
    }
  }

  private static void insert(Handle handle, List<Machine> machines) {
    if (machines.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into machine (hostname, room, seat, role, uuid, serial, vendor, model, firmware,
              segment, address, first_seen, last_seen, reservation, circuit_id, remote_id,
              port_relay, port_last_seen, policy, install_role, install_finished, install_boots,
              booted_once, memory, cpus, mac)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
      machines.forEach(machine -> add(batch, machine));
      batch.execute();
    }
  }

  private static void add(PreparedBatch batch, Machine machine) {
    Machine.Assignment assignment = machine.assignment();
    Hardware hardware = machine.hardware();
    batch.add(
        Columns.nullable(assignment.hostname()),
        Columns.nullable(assignment.room()),
        Columns.nullable(assignment.seat()),
        Columns.nullable(assignment.role()),
        Columns.nullable(hardware.uuid()),
        Columns.nullable(hardware.serial()),
        Columns.nullable(hardware.vendor()),
        Columns.nullable(hardware.model()),
        Columns.nullable(hardware.firmware()),
        Columns.nullable(machine.segment()),
        Columns.nullable(machine.address()),
        Columns.nullableMicros(machine.firstSeen()),
        Columns.nullableMicros(machine.lastSeen()),
        Columns.nullable(assignment.reservation()),
        Columns.nullable(machine.switchPort().flatMap(SwitchPort::circuitId)),
        Columns.nullable(machine.switchPort().flatMap(SwitchPort::remoteId)),
        Columns.nullable(machine.switchPort().flatMap(SwitchPort::relay)),
        Columns.nullableMicros(machine.switchPort().map(SwitchPort::lastSeen)),
        Columns.nullable(assignment.policy().map(BootPolicy::label)),
        machine.installation().role(),
        Columns.nullableMicros(machine.installation().finished()),
        machine.installation().unreported(),
        Columns.nullableMicros(machine.installation().booted()),
        hardware.memory().orElse(null),
        hardware.cpus().orElse(null),
        machine.mac().toString());
  }

  private static void writeVars(Handle handle, SealedVars sealed, List<Machine> machines) {
    try (PreparedBatch delete = handle.prepareBatch("delete from machine_var where mac = ?");
        PreparedBatch insert =
            handle.prepareBatch(
                "insert into machine_var (mac, name, content, key_id) values (?, ?, ?, ?)")) {
      for (Machine machine : machines) {
        String mac = machine.mac().toString();
        delete.add(mac);
        machine
            .assignment()
            .vars()
            .forEach(
                (name, value) -> {
                  Sealed closed = sealed.sealed(Table.MACHINE, mac, name, value);
                  insert.add(mac, name, closed.content(), closed.keyId());
                });
      }
      delete.execute();
      if (insert.size() > 0) {
        insert.execute();
      }
    }
  }

  private static void writeTexts(
      Handle handle,
      String table,
      List<Machine> machines,
      Function<Machine, Map<String, String>> texts) {
    try (PreparedBatch delete = handle.prepareBatch("delete from " + table + " where mac = ?")) {
      machines.forEach(machine -> delete.add(machine.mac().toString()));
      delete.execute();
    }
    try (PreparedBatch batch =
        handle.prepareBatch("insert into " + table + " (mac, name, content) values (?, ?, ?)")) {
      for (Machine machine : machines) {
        texts
            .apply(machine)
            .forEach(
                (name, content) ->
                    batch.add(machine.mac().toString(), name, Columns.clean(content)));
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }
}
