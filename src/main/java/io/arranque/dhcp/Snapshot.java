package io.arranque.dhcp;

import io.arranque.inventory.Inventory;
import io.arranque.site.Site;

/**
 * Everything a decision depends on beside the packet.
 *
 * @param others what is known of other DHCP servers
 */
public record Snapshot(Site site, Inventory inventory, LeaseView leases, OtherServers others) {
  /** Without other servers. */
  public Snapshot(Site site, Inventory inventory, LeaseView leases) {
    this(site, inventory, leases, OtherServers.NONE);
  }
}
