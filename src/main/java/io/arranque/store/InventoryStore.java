package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inventory: wholly in memory for readers, each change in the database before memory knows it.
 * Commits are serialised by one lock; reads take none.
 */
public final class InventoryStore implements InventoryBook {
  private static final Logger log = LoggerFactory.getLogger(InventoryStore.class);

  /** A machine that only says again what is known is written once in this time. */
  private static final Duration SEEN_GRANULARITY = Duration.ofSeconds(60);

  private final Database database;
  private final InstantSource clock;
  private final MemoryInventory memory = new MemoryInventory();
  private final Map<Mac, Instant> storedLastSeen = new HashMap<>();
  private final ReentrantLock committing = new ReentrantLock();
  private final List<Subscription> listeners = new CopyOnWriteArrayList<>();
  private final Queue<InventoryChange> unheard = new ArrayDeque<>();
  private boolean notifying;

  /** Loads everything; {@code clock} dates the audit. */
  public InventoryStore(Database database, InstantSource clock) throws StoreFailure {
    this.database = database;
    this.clock = clock;
    InventoryTables.Contents contents =
        database.read(
            "read the inventory from", handle -> InventoryTables.load(handle, database.vars()));
    for (Machine machine : contents.machines()) {
      memory.put(machine);
      machine.lastSeen().ifPresent(seen -> storedLastSeen.put(machine.mac(), seen));
    }
    contents.rooms().forEach(memory::put);
    contents.boots().forEach(memory::put);
    contents.links().forEach(memory::put);
    contents.locks().forEach(memory::put);
  }

  /** Held by whoever commits. */
  ReentrantLock committing() {
    return committing;
  }

  @Override
  public Inventory view() {
    return memory;
  }

  @Override
  public List<InventoryChange> commit(Function<Inventory, List<InventoryChange>> decision)
      throws StoreFailure {
    committing.lock();
    try {
      List<InventoryChange> changes = List.copyOf(decision.apply(memory));
      if (!changes.isEmpty()) {
        InventoryOutcome outcome = new InventoryOutcome(memory, changes);
        persist(outcome);
        database.afterwards(
            () -> {
              apply(outcome);
              tell(changes);
            });
      }
      return changes;
    } finally {
      committing.unlock();
    }
  }

  private void persist(InventoryOutcome outcome) throws StoreFailure {
    List<Machine> dirty =
        outcome.machines().values().stream()
            .flatMap(Optional::stream)
            .filter(this::isDirty)
            .toList();
    if (outcome.onlySeen() && dirty.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    if (outcome.onlySeen()) {
      // A sighting lost to a power cut is made again by the machine; it is not worth an fsync.
      database.write(
          "write the inventory to",
          handle -> InventoryTables.write(handle, database.vars(), outcome, dirty, now));
    } else {
      database.writeDurably(
          "write the inventory to",
          handle -> InventoryTables.write(handle, database.vars(), outcome, dirty, now));
    }
    database.afterwards(
        () -> dirty.forEach(m -> m.lastSeen().ifPresent(t -> storedLastSeen.put(m.mac(), t))));
  }

  private boolean isDirty(Machine machine) {
    Optional<Machine> known = memory.machine(machine.mac());
    Instant stored = storedLastSeen.get(machine.mac());
    if (known.isEmpty() || (stored == null && machine.lastSeen().isPresent())) {
      return true;
    }
    return !machine.equals(MemoryInventory.seenAt(known.get(), machine.lastSeen()))
        || (stored != null
            && machine
                .lastSeen()
                .filter(
                    seen -> Duration.between(stored, seen).abs().compareTo(SEEN_GRANULARITY) >= 0)
                .isPresent());
  }

  private void apply(InventoryOutcome outcome) {
    outcome
        .machines()
        .forEach(
            (mac, machine) -> {
              machine.ifPresentOrElse(memory::put, () -> memory.removeMachine(mac));
              if (machine.isEmpty()) {
                storedLastSeen.remove(mac);
              }
            });
    outcome.links().forEach(memory::put);
    outcome
        .rooms()
        .forEach((name, room) -> room.ifPresentOrElse(memory::put, () -> memory.removeRoom(name)));
    outcome
        .locks()
        .forEach((room, lock) -> lock.ifPresentOrElse(memory::put, () -> memory.removeLock(room)));
    outcome
        .boots()
        .forEach((mac, boot) -> boot.ifPresentOrElse(memory::put, () -> memory.removeBoot(mac)));
  }

  /** A listener that commits has its changes told after the present ones, so all hear one order. */
  private void tell(List<InventoryChange> changes) {
    unheard.addAll(changes);
    if (notifying) {
      return;
    }
    notifying = true;
    try {
      for (InventoryChange next = unheard.poll(); next != null; next = unheard.poll()) {
        for (Subscription listener : listeners) {
          listener.tell(next);
        }
      }
    } finally {
      notifying = false;
    }
  }

  @Override
  public Runnable subscribe(Consumer<InventoryChange> listener) {
    Subscription subscription = new Subscription(listener);
    listeners.add(subscription);
    return () -> listeners.remove(subscription);
  }

  /** Has an identity of its own: one listener subscribed twice ends one subscription at a time. */
  private static final class Subscription {
    private final Consumer<InventoryChange> listener;

    Subscription(Consumer<InventoryChange> listener) {
      this.listener = listener;
    }

    void tell(InventoryChange change) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        log.error("a listener failed on a {}", change.getClass().getSimpleName(), e);
      }
    }
  }
}
