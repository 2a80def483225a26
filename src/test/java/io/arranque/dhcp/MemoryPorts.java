package io.arranque.dhcp;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** The ports in memory; the lease book fails when told to. */
final class MemoryPorts {
  final List<List<LeaseChange>> commits = new CopyOnWriteArrayList<>();
  final MemoryTimeline timeline = new MemoryTimeline();
  final List<InventoryChange> seen = new CopyOnWriteArrayList<>();
  volatile boolean broken;

  /** Can be read all the same. */
  volatile boolean failsToCommit;

  private final Map<Ipv4, Lease> stored = new HashMap<>();

  DhcpPorts ports() {
    return new DhcpPorts(new Leases(), new Machines(), timeline);
  }

  private final class Leases implements LeaseBook {
    @Override
    public LoadedLeases load() throws StoreFailure {
      failIfBroken();
      return new LoadedLeases(new ArrayList<>(stored.values()), Map.of());
    }

    @Override
    public void commit(List<LeaseChange> changes) throws StoreFailure {
      failIfBroken();
      if (failsToCommit) {
        throw new StoreFailure("read-only", new IOException("read-only file system"));
      }
      commits.add(changes);
      for (LeaseChange change : changes) {
        if (change instanceof LeaseChange.Bound bound) {
          stored.put(bound.lease().address(), bound.lease());
        }
      }
    }

    private void failIfBroken() throws StoreFailure {
      if (broken) {
        throw new StoreFailure("disk full", new IOException("no space left on device"));
      }
    }
  }

  private final class Machines implements InventoryBook {
    @Override
    public Inventory view() {
      return MemoryBook.of();
    }

    @Override
    public List<InventoryChange> commit(Function<Inventory, List<InventoryChange>> decision) {
      List<InventoryChange> changes = decision.apply(view());
      seen.addAll(changes);
      return changes;
    }

    @Override
    public Runnable subscribe(Consumer<InventoryChange> listener) {
      return () -> {};
    }
  }
}
