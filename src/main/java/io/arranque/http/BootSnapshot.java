package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Standing;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.WithMachines;
import io.arranque.site.Site;
import java.time.Instant;

/**
 * The state on which one request is decided.
 *
 * @param leased which addresses our own DHCP has given
 * @param queue whether a machine's turn to download has come
 */
record BootSnapshot(Site site, Inventory inventory, LeasedAddresses leased, Queue queue) {

  /** Whose turn it is. */
  interface Queue {
    Standing standing(Mac mac, Ipv4 address, Instant now);
  }

  /** The same, but for one machine's secrets. */
  BootSnapshot with(Provisioned change) {
    Inventory after =
        inventory
            .machine(change.mac())
            .<Inventory>map(m -> new WithMachines(inventory, m.with(change.provisioning())))
            .orElse(inventory);
    return new BootSnapshot(site, after, leased, queue);
  }

  /** One in which nobody has to wait. */
  BootSnapshot(Site site, Inventory inventory, LeasedAddresses leased) {
    this(site, inventory, leased, (mac, address, now) -> Standing.GO);
  }
}
