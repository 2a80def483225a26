package io.arranque;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An inventory that forgets everything when the test ends, and can be told to fail. */
public final class MemoryBook implements InventoryBook, Inventory {
  private final SortedMap<Mac, Machine> machines = new ConcurrentSkipListMap<>();
  private final FixedInventory known = new FixedInventory(machines);
  private final Map<Mac, Mac> keys = new ConcurrentSkipListMap<>();
  private final Set<String> apart = new ConcurrentSkipListSet<>();
  private final Map<String, Room> rooms = new ConcurrentSkipListMap<>();
  private final Map<String, RoomLock> locks = new ConcurrentSkipListMap<>();
  private final Map<Mac, Boot> boots = new ConcurrentSkipListMap<>();
  private final List<Consumer<InventoryChange>> listeners = new CopyOnWriteArrayList<>();
  private final List<InventoryChange> committed = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  public static MemoryBook of(Machine... machines) {
    MemoryBook book = new MemoryBook();
    List.of(machines).forEach(book::with);
    return book;
  }

  public MemoryBook with(Machine machine) {
    machines.put(machine.mac(), machine);
    return this;
  }

  public MemoryBook with(Room room) {
    rooms.put(room.name(), room);
    return this;
  }

  public MemoryBook with(RoomLock lock) {
    locks.put(lock.room().orElse(""), lock);
    return this;
  }

  public MemoryBook with(Boot boot) {
    boots.put(boot.mac(), boot);
    return this;
  }

  /** As if people had done it. */
  public MemoryBook assign(Mac mac, String role) {
    Machine.Assignment assignment = Machine.Assignment.NONE.withRole(Optional.of(role));
    try {
      commit(i -> List.of(new InventoryChange.Assigned(mac, assignment, "test")));
    } catch (StoreFailure e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** From now on nothing can be written. */
  public void fail() {
    failing = true;
  }

  /** Everything that was committed, oldest first. */
  public List<InventoryChange> committed() {
    return committed;
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
      with(present(key(seen.sighting().mac())).seen(seen.sighting()));
    } else if (change instanceof InventoryChange.Assigned assigned) {
      with(present(assigned.mac()).with(assigned.assignment()));
    } else if (change instanceof InventoryChange.Forgotten forgotten) {
      machines.remove(forgotten.mac());
      boots.remove(forgotten.mac());
    } else if (change instanceof InventoryChange.Provisioned provisioned) {
      with(present(provisioned.mac()).with(provisioned.provisioning()));
    } else if (change instanceof InventoryChange.BootStarted started) {
      with(started.boot());
    } else if (change instanceof InventoryChange.InstallationChanged changed) {
      with(present(changed.mac()).with(changed.installation()));
    } else if (change instanceof InventoryChange.MacMerged merged) {
      machines.remove(merged.mac());
      boots.remove(merged.mac());
      keys.put(merged.mac(), merged.machine());
    } else if (change instanceof InventoryChange.MacSplit split) {
      keys.remove(split.mac());
      apart.add(split.mac() + " " + split.machine());
    } else if (change instanceof InventoryChange.MacRefused refused) {
      apart.add(refused.mac() + " " + refused.machine());
    } else if (change instanceof InventoryChange.RoomSaved saved) {
      with(saved.room());
    } else if (change instanceof InventoryChange.RoomLocked locked) {
      locks.put(locked.lock().room().orElse(""), locked.lock());
    } else if (change instanceof InventoryChange.RoomUnlocked unlocked) {
      locks.remove(unlocked.room().orElse(""));
    } else if (change instanceof InventoryChange.RoomRemoved removed) {
      rooms.remove(removed.name());
    }
  }

  private Machine present(Mac mac) {
    return machine(mac).orElseGet(() -> Machine.unknown(mac));
  }

  @Override
  public Runnable subscribe(Consumer<InventoryChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Optional<Machine> machine(Mac mac) {
    return Optional.ofNullable(machines.get(key(mac)));
  }

  @Override
  public Mac key(Mac mac) {
    return keys.getOrDefault(mac, mac);
  }

  @Override
  public Set<Mac> macs(Mac machine) {
    return keys.entrySet().stream()
        .filter(entry -> entry.getValue().equals(machine))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Override
  public boolean isApart(Mac mac, Mac machine) {
    return apart.contains(mac + " " + machine);
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
  public Collection<RoomLock> locks() {
    return locks.values();
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return Optional.ofNullable(boots.get(key(mac)));
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return boots.values().stream().filter(b -> b.address().equals(address)).findFirst();
  }

  @Override
  public Collection<Mac> machinesWithSerial(String serial) {
    return known.machinesWithSerial(serial);
  }

  @Override
  public Collection<Mac> machinesWith(UUID uuid) {
    return known.machinesWith(uuid);
  }

  @Override
  public Collection<Mac> machinesNamed(String hostname) {
    return known.machinesNamed(hostname);
  }

  @Override
  public int count() {
    return known.count();
  }

  @Override
  public Optional<RoomLock> lock(Optional<String> room, Instant now) {
    return RoomLock.over(room, locks.values(), now);
  }

  @Override
  public Optional<Mac> reservedAt(Ipv4 address) {
    return known.reservedAt(address);
  }

  @Override
  public Map<Ipv4, Mac> reservations() {
    return known.reservations();
  }

  @Override
  public Optional<Machine> machineAt(Ipv4 address) {
    return known.machineAt(address);
  }
}
