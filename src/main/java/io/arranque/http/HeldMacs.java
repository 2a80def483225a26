package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import java.util.ArrayList;
import java.util.List;

/** Whose waiting requests a change may end. */
final class HeldMacs {
  private HeldMacs() {}

  /** A machine waits under the MAC of the card that asked. */
  static List<Mac> concerned(InventoryChange change, Inventory inventory) {
    if (change instanceof InventoryChange.Assigned assigned) {
      List<Mac> macs = new ArrayList<>(inventory.macs(inventory.key(assigned.mac())));
      macs.add(assigned.mac());
      return macs;
    }
    if (change instanceof InventoryChange.MacMerged merged) {
      return List.of(merged.mac());
    }
    return change instanceof InventoryChange.MacRefused refused
        ? List.of(refused.mac())
        : List.of();
  }
}
