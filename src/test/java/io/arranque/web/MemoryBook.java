package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.StoreFailure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** The inventory in memory; can be told to fail. */
final class MemoryBook implements InventoryBook, Inventory {
  private final ConcurrentSkipListMap<Mac, Machine> machines = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, Room> rooms = new ConcurrentSkipListMap<>();
  private final List<Consumer<InventoryChange>> listeners = new CopyOnWriteArrayList<>();
  volatile boolean broken;

  void put(Machine machine) {
    machines.put(machine.mac(), machine);
  }

  @Override
  public Inventory view() {
    return this;
  }

  @Override
  public synchronized List<InventoryChange> commit(
      Function<Inventory, List<InventoryChange>> decision) throws StoreFailure {
    List<InventoryChange> changes = decision.apply(this);
    if (broken) {
      throw new StoreFailure("disk full", new java.io.IOException("disk full"));
    }
    changes.forEach(this::apply);
    changes.forEach(change -> listeners.forEach(l -> l.accept(change)));
    return changes;
  }

  private void apply(InventoryChange change) {
    if (change instanceof InventoryChange.Assigned assigned) {
      Machine old = machine(assigned.mac()).orElseGet(() -> Machine.unknown(assigned.mac()));
      put(old.with(assigned.assignment()));
    } else if (change instanceof InventoryChange.Seen seen) {
      Mac mac = seen.sighting().mac();
      put(machine(mac).orElseGet(() -> Machine.unknown(mac)).seen(seen.sighting()));
    } else if (change instanceof InventoryChange.Forgotten forgotten) {
      machines.remove(forgotten.mac());
    } else if (change instanceof InventoryChange.RoomSaved saved) {
      rooms.put(saved.room().name(), saved.room());
    } else if (change instanceof InventoryChange.RoomRemoved removed) {
      rooms.remove(removed.name());
    }
  }

  @Override
  public Runnable subscribe(Consumer<InventoryChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Optional<Machine> machine(Mac mac) {
    return Optional.ofNullable(machines.get(mac));
  }

  @Override
  public Collection<Machine> machines() {
    return machines.values();
  }

  @Override
  public Optional<Room> room(String name) {
    return Optional.ofNullable(rooms.get(name));
  }

  @Override
  public Collection<Room> rooms() {
    return rooms.values();
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
