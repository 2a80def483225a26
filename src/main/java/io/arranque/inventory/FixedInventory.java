package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An inventory that stays as it is: for plans of machines that nobody has seen yet.
 *
 * @param known the machines, by MAC
 */
public record FixedInventory(SortedMap<Mac, Machine> known) implements Inventory {

  /** Of just these machines. */
  public static FixedInventory of(Machine... machines) {
    SortedMap<Mac, Machine> known = new TreeMap<>();
    List.of(machines).forEach(machine -> known.put(machine.mac(), machine));
    return new FixedInventory(known);
  }

  @Override
  public Optional<Machine> machine(Mac mac) {
    return Optional.ofNullable(known.get(mac));
  }

  @Override
  public Mac key(Mac mac) {
    return mac;
  }

  @Override
  public Set<Mac> macs(Mac machine) {
    return Set.of();
  }

  @Override
  public boolean isApart(Mac mac, Mac machine) {
    return false;
  }

  @Override
  public Collection<Machine> machines() {
    return known.values();
  }

  @Override
  public Collection<Mac> machinesWithSerial(String serial) {
    return those(machine -> machine.hardware().serial().equals(Optional.of(serial)));
  }

  @Override
  public Collection<Mac> machinesWith(UUID uuid) {
    return those(machine -> machine.hardware().identity().equals(Optional.of(uuid)));
  }

  @Override
  public Collection<Mac> machinesNamed(String hostname) {
    return those(machine -> machine.hostname().equalsIgnoreCase(hostname));
  }

  private Collection<Mac> those(Predicate<Machine> wanted) {
    return known.values().stream().filter(wanted).map(Machine::mac).toList();
  }

  @Override
  public int count() {
    return known.size();
  }

  @Override
  public Optional<Room> room(String name) {
    return Optional.empty();
  }

  @Override
  public Collection<Room> rooms() {
    return List.of();
  }

  @Override
  public Collection<RoomLock> locks() {
    return List.of();
  }

  @Override
  public Optional<RoomLock> lock(Optional<String> room, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return Optional.empty();
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return Optional.empty();
  }

  @Override
  public Optional<Mac> reservedAt(Ipv4 address) {
    return Optional.ofNullable(reservations().get(address));
  }

  @Override
  public Map<Ipv4, Mac> reservations() {
    Map<Ipv4, Mac> reservations = new TreeMap<>();
    for (Machine machine : known.values()) {
      machine.assignment().reservation().ifPresent(a -> reservations.put(a, machine.mac()));
    }
    return reservations;
  }

  @Override
  public Optional<Machine> machineAt(Ipv4 address) {
    return known.values().stream()
        .filter(machine -> machine.address().equals(Optional.of(address)))
        .max(Machine.BY_LAST_SEEN);
  }
}
