package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** An inventory that forgets everything when the test ends, and can be told to fail. */
final class MemoryBook implements InventoryBook, Inventory {
  private final Map<Mac, Machine> machines = new ConcurrentSkipListMap<>();
  private final Map<Mac, Boot> boots = new ConcurrentSkipListMap<>();
  private final List<Consumer<InventoryChange>> listeners = new CopyOnWriteArrayList<>();
  final List<InventoryChange> committed = new CopyOnWriteArrayList<>();
  volatile boolean failing;

  MemoryBook assign(Mac mac, String role) {
    Machine.Assignment assignment = Machine.Assignment.NONE.withRole(Optional.of(role));
    try {
      commit(i -> List.of(new InventoryChange.Assigned(mac, assignment, "test")));
    } catch (StoreFailure e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  MemoryBook booting(Boot boot) {
    boots.put(boot.mac(), boot);
    return this;
  }

  MemoryBook having(Machine machine) {
    machines.put(machine.mac(), machine);
    return this;
  }

  @Override
  public Inventory view() {
    return this;
  }

  @Override
  public List<InventoryChange> commit(Function<Inventory, List<InventoryChange>> decision)
      throws StoreFailure {
    List<InventoryChange> changes;
    synchronized (this) {
      changes = decision.apply(this);
      if (failing) {
        throw new StoreFailure("disk full", new IOException("no space"));
      }
      changes.forEach(this::apply);
      committed.addAll(changes);
    }
    changes.forEach(change -> listeners.forEach(listener -> listener.accept(change)));
    return changes;
  }

  private void apply(InventoryChange change) {
    if (change instanceof InventoryChange.Seen seen) {
      Mac mac = seen.sighting().mac();
      machines.put(mac, machine(mac).orElse(Machine.unknown(mac)).seen(seen.sighting()));
    } else if (change instanceof InventoryChange.Assigned assigned) {
      Mac mac = assigned.mac();
      machines.put(mac, machine(mac).orElse(Machine.unknown(mac)).with(assigned.assignment()));
    } else if (change instanceof InventoryChange.BootStarted started) {
      boots.put(started.boot().mac(), started.boot());
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
    return Optional.empty();
  }

  @Override
  public Collection<Room> rooms() {
    return List.of();
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return Optional.ofNullable(boots.get(mac));
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return boots.values().stream().filter(b -> b.address().equals(address)).findFirst();
  }
}
