package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The live view: any thread reads, one at a time changes. */
final class MemoryInventory implements Inventory {
  private final Map<Mac, Machine> machines = new ConcurrentSkipListMap<>();
  private final Map<String, Room> rooms = new ConcurrentSkipListMap<>();
  private final Map<Mac, Boot> boots = new ConcurrentHashMap<>();
  private final Map<Ipv4, Boot> newestAt = new ConcurrentHashMap<>();
  private final Map<Ipv4, Mac> reservations = new ConcurrentSkipListMap<>();

  @Override
  public Optional<Machine> machine(Mac mac) {
    return Optional.ofNullable(machines.get(mac));
  }

  @Override
  public Collection<Machine> machines() {
    return Collections.unmodifiableCollection(machines.values());
  }

  @Override
  public Optional<Room> room(String name) {
    return Optional.ofNullable(rooms.get(name));
  }

  @Override
  public Collection<Room> rooms() {
    return Collections.unmodifiableCollection(rooms.values());
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return Optional.ofNullable(boots.get(mac));
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return Optional.ofNullable(newestAt.get(address));
  }

  /** One of the index, and asked for each address that is looked at: no walk over the machines. */
  @Override
  public Optional<Mac> reservedAt(Ipv4 address) {
    return Optional.ofNullable(reservations.get(address));
  }

  @Override
  public Map<Ipv4, Mac> reservations() {
    return Collections.unmodifiableMap(reservations);
  }

  void put(Machine machine) {
    Machine before = machines.put(machine.mac(), machine);
    Optional<Ipv4> reserved = machine.assignment().reservation();
    reserved.ifPresent(address -> reservations.put(address, machine.mac()));
    if (before != null && !before.assignment().reservation().equals(reserved)) {
      unreserve(before);
    }
  }

  void removeMachine(Mac mac) {
    Machine removed = machines.remove(mac);
    if (removed != null) {
      unreserve(removed);
    }
  }

  /** Not when the address has gone to another machine in the same commit. */
  private void unreserve(Machine machine) {
    machine
        .assignment()
        .reservation()
        .ifPresent(address -> reservations.remove(address, machine.mac()));
  }

  void put(Room room) {
    rooms.put(room.name(), room);
  }

  void removeRoom(String name) {
    rooms.remove(name);
  }

  void put(Boot boot) {
    Boot previous = boots.put(boot.mac(), boot);
    findNewestAt(boot.address());
    if (previous != null && !previous.address().equals(boot.address())) {
      findNewestAt(previous.address());
    }
  }

  void removeBoot(Mac mac) {
    Boot removed = boots.remove(mac);
    if (removed != null) {
      findNewestAt(removed.address());
    }
  }

  /** A walk over all boots: a few thousand at most, and only when a script is handed out. */
  private void findNewestAt(Ipv4 address) {
    Optional<Boot> newest =
        boots.values().stream()
            .filter(boot -> boot.address().equals(address))
            .max(Comparator.comparing(Boot::startedAt));
    newest.ifPresentOrElse(boot -> newestAt.put(address, boot), () -> newestAt.remove(address));
  }

  /** The machine as it would be, had it last been seen then. */
  static Machine seenAt(Machine machine, Optional<Instant> lastSeen) {
    return new Machine(
        machine.mac(),
        machine.assignment(),
        machine.hardware(),
        machine.segment(),
        machine.address(),
        machine.switchPort(),
        machine.firstSeen(),
        lastSeen);
  }
}
