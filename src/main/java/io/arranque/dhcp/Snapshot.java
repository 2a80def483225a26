package io.arranque.dhcp;

import io.arranque.inventory.Inventory;
import io.arranque.site.Site;

/** Everything a decision depends on beside the packet. */
public record Snapshot(Site site, Inventory inventory, LeaseView leases) {}
