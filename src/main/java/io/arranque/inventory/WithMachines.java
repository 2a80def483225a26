package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The inventory as if some machines were otherwise, or there at all. Whatever is found by what a
 * machine has, such as its name or its address, is found by what it would have.
 */
public class WithMachines extends InventoryView {
  private final Inventory base;
  private final FixedInventory otherwise;

  public WithMachines(Inventory base, Machine... otherwise) {
    super(base);
    this.base = base;
    this.otherwise = FixedInventory.of(otherwise);
  }

  @Override
  public Optional<Machine> machine(Mac mac) {
    return otherwise.machine(base.key(mac)).or(() -> base.machine(mac));
  }

  @Override
  public Collection<Machine> machines() {
    Map<Mac, Machine> machines = new TreeMap<>();
    base.machines().forEach(machine -> machines.put(machine.mac(), machine));
    machines.putAll(otherwise.known());
    return machines.values();
  }

  @Override
  public int count() {
    return base.count()
        + (int) otherwise.machines().stream().filter(m -> base.machine(m.mac()).isEmpty()).count();
  }

  @Override
  public Collection<Mac> machinesWithSerial(String serial) {
    return merged(base.machinesWithSerial(serial), otherwise.machinesWithSerial(serial));
  }

  @Override
  public Collection<Mac> machinesWith(UUID uuid) {
    return merged(base.machinesWith(uuid), otherwise.machinesWith(uuid));
  }

  @Override
  public Collection<Mac> machinesNamed(String hostname) {
    return merged(base.machinesNamed(hostname), otherwise.machinesNamed(hostname));
  }

  /** What an index of the base says, put right for the few: no walk over all machines. */
  private Collection<Mac> merged(Collection<Mac> are, Collection<Mac> wouldBe) {
    Collection<Mac> macs = new TreeSet<>(are);
    macs.removeAll(otherwise.known().keySet());
    macs.addAll(wouldBe);
    return macs;
  }

  @Override
  public Optional<Mac> reservedAt(Ipv4 address) {
    return otherwise
        .reservedAt(address)
        .or(() -> base.reservedAt(address).filter(mac -> !otherwise.known().containsKey(mac)));
  }

  @Override
  public Map<Ipv4, Mac> reservations() {
    Map<Ipv4, Mac> reservations = new TreeMap<>(base.reservations());
    reservations.values().removeAll(otherwise.known().keySet());
    reservations.putAll(otherwise.reservations());
    return reservations;
  }

  @Override
  public Optional<Machine> machineAt(Ipv4 address) {
    Optional<Machine> is = base.machineAt(address);
    if (is.filter(machine -> otherwise.known().containsKey(machine.mac())).isPresent()) {
      // It might be elsewhere, and the base tells only one: so all are looked at.
      return FixedInventory.of(machines().toArray(Machine[]::new)).machineAt(address);
    }
    return Stream.concat(is.stream(), otherwise.machineAt(address).stream())
        .max(Machine.BY_LAST_SEEN);
  }
}
