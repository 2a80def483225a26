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
      return all(assigned.mac(), inventory);
    }
    if (change instanceof InventoryChange.Provisioned provisioned) {
      return all(provisioned.mac(), inventory);
    }
    if (change instanceof InventoryChange.MacMerged merged) {
      return List.of(merged.mac());
    }
    return change instanceof InventoryChange.MacRefused refused
        ? List.of(refused.mac())
        : List.of();
  }

  private static List<Mac> all(Mac mac, Inventory inventory) {
    List<Mac> macs = new ArrayList<>(inventory.macs(inventory.key(mac)));
    macs.add(mac);
    return macs;
  }
}
