package io.arranque.exchange;

import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people decided about a machine, by the names that files have for it.
 *
 * @param fields what is not set is not here
 */
record MachineFields(Mac mac, SortedMap<String, String> fields) {
  MachineFields {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  static MachineFields of(Machine machine) {
    Assignment assignment = machine.assignment();
    SortedMap<String, String> fields = new TreeMap<>();
    assignment.hostname().ifPresent(text -> fields.put(Entry.HOSTNAME, text));
    assignment.room().ifPresent(text -> fields.put(Entry.ROOM, text));
    assignment.seat().ifPresent(text -> fields.put(Entry.SEAT, text));
    assignment.role().ifPresent(text -> fields.put(Entry.ROLE, text));
    assignment.reservation().ifPresent(a -> fields.put(Entry.RESERVATION, a.toString()));
    assignment.policy().ifPresent(policy -> fields.put(Entry.POLICY, policy.label()));
    assignment.vars().forEach((name, value) -> fields.put(Entry.VARS + name, value));
    assignment.options().texts().forEach((name, value) -> fields.put(Entry.OPTIONS + name, value));
    return new MachineFields(machine.mac(), fields);
  }

  static SortedMap<String, String> of(Room room) {
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put(Entry.DESCRIPTION, room.description());
    room.vars().forEach((name, value) -> fields.put(Entry.VARS + name, value));
    room.options().texts().forEach((name, value) -> fields.put(Entry.OPTIONS + name, value));
    return fields;
  }

  MachineFields masked(Masks masks) {
    return new MachineFields(mac, masks.masked(fields));
  }

  /** Those whose names begin so, without that beginning. */
  static SortedMap<String, String> under(String prefix, Map<String, String> fields) {
    SortedMap<String, String> found = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }
}
