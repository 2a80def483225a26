package io.arranque.dhcp;

import io.arranque.inventory.InventoryBook;
import io.arranque.timeline.Timeline;

/** What the DHCP server keeps its results in. */
public record DhcpPorts(
    LeaseBook leases, InventoryBook inventory, Timeline timeline, ConflictBook conflicts) {
  /** Conflicts are not kept. */
  public DhcpPorts(LeaseBook leases, InventoryBook inventory, Timeline timeline) {
    this(leases, inventory, timeline, ConflictBook.NONE);
  }

  /** With this timeline instead. */
  DhcpPorts with(Timeline other) {
    return new DhcpPorts(leases, inventory, other, conflicts);
  }
}
