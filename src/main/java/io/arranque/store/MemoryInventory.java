package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The live view: any thread reads, one at a time changes. */
final class MemoryInventory implements Inventory {
  private final Map<Mac, Machine> machines = new ConcurrentHashMap<>();
  private final Map<Mac, Machine> inOrder = new ConcurrentSkipListMap<>();

  /** Who uses an address, by what is known; several where leases moved on. */
  private final Map<Ipv4, Set<Mac>> usersOf = new ConcurrentHashMap<>();

  private final Map<String, Set<Mac>> withSerial = new ConcurrentHashMap<>();
  private final Links links = new Links();
  private final Map<UUID, Set<Mac>> withUuid = new ConcurrentHashMap<>();

  private final Map<String, Room> rooms = new ConcurrentSkipListMap<>();
  private final Map<String, RoomLock> locks = new ConcurrentSkipListMap<>();
  private final Map<Mac, Boot> boots = new ConcurrentHashMap<>();
  private final Map<Ipv4, Set<Mac>> bootedAt = new ConcurrentHashMap<>();
  private final Map<Ipv4, Boot> newestAt = new ConcurrentHashMap<>();
  private final Map<Ipv4, Mac> reservations = new ConcurrentSkipListMap<>();

  @Override
  public Optional<Machine> machine(Mac mac) {
    return Optional.ofNullable(machines.get(links.key(mac)));
  }

  @Override
  public Collection<Machine> machines() {
    return Collections.unmodifiableCollection(inOrder.values());
  }

  @Override
  public Collection<Mac> machinesWith(UUID uuid) {
    return withUuid.getOrDefault(uuid, Set.of());
  }

  @Override
  public Collection<Mac> machinesWithSerial(String serial) {
    return withSerial.getOrDefault(serial, Set.of());
  }

  /** Asked when people name a machine; not worth an index. */
  @Override
  public Collection<Mac> machinesNamed(String hostname) {
    return inOrder.values().stream()
        .filter(machine -> machine.hostname().equalsIgnoreCase(hostname))
        .map(Machine::mac)
        .toList();
  }

  @Override
  public Mac key(Mac mac) {
    return links.key(mac);
  }

  @Override
  public Set<Mac> macs(Mac machine) {
    return links.macs(machine);
  }

  @Override
  public boolean isApart(Mac mac, Mac machine) {
    return links.isApart(mac, machine);
  }

  void put(MacTable.Link link) {
    links.put(link);
  }

  @Override
  public int count() {
    return machines.size();
  }

  @Override
  public Optional<Machine> machineAt(Ipv4 address) {
    return usersOf.getOrDefault(address, Set.of()).stream()
        .flatMap(mac -> machine(mac).stream())
        .max(Machine.BY_LAST_SEEN);
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
  public Collection<RoomLock> locks() {
    return Collections.unmodifiableCollection(locks.values());
  }

  @Override
  public Optional<RoomLock> lock(Optional<String> room, Instant now) {
    return RoomLock.over(room, locks.values(), now);
  }

  void put(RoomLock lock) {
    locks.put(lock.room().orElse(""), lock);
  }

  void removeLock(String room) {
    locks.remove(room);
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return Optional.ofNullable(boots.get(links.key(mac)));
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
    inOrder.put(machine.mac(), machine);
    Optional<Machine> old = Optional.ofNullable(before);
    move(usersOf, old.flatMap(Machine::address), machine.address(), machine.mac());
    move(
        withUuid,
        old.flatMap(m -> m.hardware().identity()),
        machine.hardware().identity(),
        machine.mac());
    move(
        withSerial,
        old.flatMap(m -> m.hardware().serial()),
        machine.hardware().serial(),
        machine.mac());
    Optional<Ipv4> reserved = machine.assignment().reservation();
    reserved.ifPresent(address -> reservations.put(address, machine.mac()));
    if (before != null && !before.assignment().reservation().equals(reserved)) {
      unreserve(before);
    }
  }

  void removeMachine(Mac mac) {
    links.forget(mac);
    Machine removed = machines.remove(mac);
    inOrder.remove(mac);
    if (removed != null) {
      move(usersOf, removed.address(), Optional.empty(), mac);
      move(withUuid, removed.hardware().identity(), Optional.empty(), mac);
      move(withSerial, removed.hardware().serial(), Optional.empty(), mac);
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

  private static <K> void move(Map<K, Set<Mac>> index, Optional<K> from, Optional<K> to, Mac mac) {
    if (!from.equals(to)) {
      from.ifPresent(key -> leave(index, key, mac));
      to.ifPresent(key -> join(index, key, mac));
    }
  }

  private static <K> void join(Map<K, Set<Mac>> index, K key, Mac mac) {
    index.merge(
        key,
        Set.of(mac),
        (old, one) ->
            old.contains(mac)
                ? old
                : Stream.concat(old.stream(), one.stream())
                    .collect(Collectors.toUnmodifiableSet()));
  }

  private static <K> void leave(Map<K, Set<Mac>> index, K key, Mac mac) {
    index.computeIfPresent(
        key,
        (k, old) -> {
          Set<Mac> left =
              old.stream().filter(m -> !m.equals(mac)).collect(Collectors.toUnmodifiableSet());
          return left.isEmpty() ? null : left;
        });
  }

  void put(Room room) {
    rooms.put(room.name(), room);
  }

  void removeRoom(String name) {
    rooms.remove(name);
  }

  void put(Boot boot) {
    Boot previous = boots.put(boot.mac(), boot);
    if (previous != null && !previous.address().equals(boot.address())) {
      leave(bootedAt, previous.address(), boot.mac());
      findNewestAt(previous.address());
    }
    join(bootedAt, boot.address(), boot.mac());
    Boot newest = newestAt.get(boot.address());
    if (newest == null || !boot.startedAt().isBefore(newest.startedAt())) {
      // Nearly always: behind an address translator stands a whole room.
      newestAt.put(boot.address(), boot);
    } else {
      findNewestAt(boot.address());
    }
  }

  void removeBoot(Mac mac) {
    Boot removed = boots.remove(mac);
    if (removed != null) {
      leave(bootedAt, removed.address(), mac);
      findNewestAt(removed.address());
    }
  }

  private void findNewestAt(Ipv4 address) {
    Optional<Boot> newest =
        bootedAt.getOrDefault(address, Set.of()).stream()
            .flatMap(mac -> boot(mac).stream())
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
        lastSeen,
        machine.installation(),
        machine.provisioning());
  }
}
