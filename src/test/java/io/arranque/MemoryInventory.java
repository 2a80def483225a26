package io.arranque;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An inventory of a few machines and rooms, for tests of pure code. */
public record MemoryInventory(Map<Mac, Machine> known, Map<String, Room> places)
    implements Inventory {

  public static MemoryInventory of(Machine... machines) {
    TreeMap<Mac, Machine> known = new TreeMap<>();
    List.of(machines).forEach(machine -> known.put(machine.mac(), machine));
    return new MemoryInventory(known, Map.of());
  }

  public MemoryInventory with(Room room) {
    return new MemoryInventory(known, Map.of(room.name(), room));
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
    return Optional.ofNullable(places.get(name));
  }

  @Override
  public Collection<Room> rooms() {
    return places.values();
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
