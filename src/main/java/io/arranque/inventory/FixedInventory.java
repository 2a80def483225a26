package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
  public Collection<Machine> machines() {
    return known.values();
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
  public Optional<Boot> boot(Mac mac) {
    return Optional.empty();
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return Optional.empty();
  }
}
