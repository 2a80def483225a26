package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Read view of everything known about machines and rooms. Never waits for a database. */
public interface Inventory {
  /** By any of its MACs. */
  Optional<Machine> machine(Mac mac);

  /**
   * The MAC by which the machine is known whose MAC this is; the MAC itself when it is no other's.
   */
  default Mac key(Mac mac) {
    return mac;
  }

  /** The further MACs of the machine known by this one. */
  default Set<Mac> macs(Mac machine) {
    return Set.of();
  }

  /** Whether people said that the MAC is not this machine's. */
  default boolean isApart(Mac mac, Mac machine) {
    return false;
  }

  /** The machines that say they have this serial number: one, but for boards that share theirs. */
  default Collection<Mac> machinesWithSerial(String serial) {
    return machines().stream()
        .filter(machine -> machine.hardware().serial().equals(Optional.of(serial)))
        .map(Machine::mac)
        .toList();
  }

  /** All machines, ordered by MAC. */
  Collection<Machine> machines();

  /** The machines that say they have this UUID: one, but for boards that share theirs. */
  default Collection<Mac> machinesWith(UUID uuid) {
    return machines().stream()
        .filter(machine -> machine.hardware().uuid().equals(Optional.of(uuid)))
        .map(Machine::mac)
        .toList();
  }

  /** The machines with this host name, in whatever case; made-up names count as well. */
  default Collection<Mac> machinesNamed(String hostname) {
    return machines().stream()
        .filter(machine -> machine.hostname().equalsIgnoreCase(hostname))
        .map(Machine::mac)
        .toList();
  }

  /** How many machines there are. */
  default int count() {
    return machines().size();
  }

  Optional<Room> room(String name);

  /** All rooms, ordered by name. */
  Collection<Room> rooms();

  /** Which rooms people want left alone; some may have ended by themselves. */
  default Collection<RoomLock> locks() {
    return List.of();
  }

  /**
   * The lock in force over what stands in a room; of several the one that ends last.
   *
   * @param room empty: what stands in none
   */
  default Optional<RoomLock> lock(Optional<String> room, Instant now) {
    return locks().stream()
        .filter(lock -> lock.covers(room) && lock.isInForce(now))
        .max(RoomLock.BY_END);
  }

  /** The machine's present boot. */
  Optional<Boot> boot(Mac mac);

  /** The newest boot whose machine has this address: tells whose download an anonymous GET is. */
  Optional<Boot> bootAt(Ipv4 address);

  /**
   * For which machine people have reserved this address; those of the site's files are not here.
   */
  default Optional<Mac> reservedAt(Ipv4 address) {
    return Optional.ofNullable(reservations().get(address));
  }

  /** The addresses that people have reserved, and for whom. */
  default Map<Ipv4, Mac> reservations() {
    Map<Ipv4, Mac> reservations = new TreeMap<>();
    for (Machine machine : machines()) {
      machine.assignment().reservation().ifPresent(a -> reservations.put(a, machine.mac()));
    }
    return reservations;
  }

  /**
   * The machine that uses this address. A lease moves on in time, so of several the one seen last.
   */
  default Optional<Machine> machineAt(Ipv4 address) {
    return machines().stream()
        .filter(machine -> machine.address().equals(Optional.of(address)))
        .max(Comparator.comparing(machine -> machine.lastSeen().orElse(Instant.MIN)));
  }
}
