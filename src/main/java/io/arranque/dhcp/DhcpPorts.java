package io.arranque.dhcp;

import io.arranque.inventory.InventoryBook;
import io.arranque.timeline.Timeline;

/** What the DHCP server keeps its results in. */
public record DhcpPorts(LeaseBook leases, InventoryBook inventory, Timeline timeline) {}
