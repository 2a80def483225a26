package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Site;
import java.util.function.Supplier;

/**
 * Whether a machine is known, as quickly as can be told before anything is decided: for any thread.
 * {@link Strangers} knows more exactly.
 */
record Known(Supplier<Site> site, Supplier<Inventory> inventory, PublishedLeases leases) {
  boolean sent(Received received) {
    return received.packet().mac().filter(this::is).isPresent();
  }

  private boolean is(Mac mac) {
    return !leases.of(mac).isEmpty()
        || inventory
            .get()
            .machine(mac)
            .filter(machine -> !machine.assignment().equals(Machine.Assignment.NONE))
            .isPresent()
        || site.get().segments().values().stream().anyMatch(s -> s.reservations().containsKey(mac));
  }
}
