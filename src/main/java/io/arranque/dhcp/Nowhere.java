package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Ports behind which nothing is kept: for packets that nobody sent. */
final class Nowhere {
  private Nowhere() {}

  static DhcpPorts ports() {
    return new DhcpPorts(new Leases(), new Machines(), new Events());
  }

  private static final class Leases implements LeaseBook {
    @Override
    public LoadedLeases load() {
      return new LoadedLeases(List.of(), Map.of());
    }

    @Override
    public void commit(List<LeaseChange> changes) {}
  }

  private static final class Machines implements InventoryBook {
    private final Inventory none = FixedInventory.of();

    @Override
    public Inventory view() {
      return none;
    }

    @Override
    public List<InventoryChange> commit(Function<Inventory, List<InventoryChange>> decision) {
      return List.of();
    }

    @Override
    public Runnable subscribe(Consumer<InventoryChange> listener) {
      return () -> {};
    }
  }

  private static final class Events implements Timeline {
    @Override
    public void record(BootEvent event) {}

    @Override
    public List<BootEvent> of(Mac mac, int limit) {
      return List.of();
    }

    @Override
    public Optional<BootEvent> last(Mac mac) {
      return Optional.empty();
    }

    @Override
    public Runnable subscribe(Consumer<BootEvent> listener) {
      return () -> {};
    }
  }
}
