package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.MacMerged;
import io.arranque.inventory.InventoryChange.MacRefused;
import io.arranque.inventory.InventoryChange.MacSplit;
import io.arranque.inventory.Refusal.Kind;
import java.util.List;
import java.util.Optional;

/** Decides whose a MAC is, when people say so. Pure; the same for page and API. */
public final class Cards {
  private Cards() {}

  /** The MAC is a further one of the machine; what was known under it alone is given up. */
  public static Decision merge(Inventory inventory, Mac mac, Mac machine, String by) {
    Optional<Machine> known = inventory.machine(machine);
    if (known.isEmpty()) {
      return refused(Kind.MACHINE_UNKNOWN, machine);
    }
    Mac key = known.get().mac();
    if (mac.isMulticast()) {
      return refused(Kind.MAC_IS_GROUP, mac);
    }
    boolean entered = inventory.machine(mac).filter(Identity::isEntered).isPresent();
    if (mac.equals(key) || !inventory.key(mac).equals(mac) || !inventory.macs(mac).isEmpty()) {
      return refused(Kind.MAC_TAKEN, mac);
    }
    return entered
        ? refused(Kind.MAC_ENTERED, mac)
        : new Decision.Accepted(List.of(new MacMerged(mac, key, by)));
  }

  /** The MAC is no longer the machine's, and is not taken for it again. */
  public static Decision split(Inventory inventory, Mac mac, Mac machine, String by) {
    Mac key = inventory.key(machine);
    return inventory.macs(key).contains(mac)
        ? new Decision.Accepted(List.of(new MacSplit(mac, key, by)))
        : refused(Kind.MAC_NOT_FURTHER, mac);
  }

  /** The MAC is a machine of its own, whatever it looks like. */
  public static Decision refuse(Inventory inventory, Mac mac, Mac machine, String by) {
    Optional<Machine> known = inventory.machine(machine);
    if (known.isEmpty() || inventory.machine(mac).isEmpty()) {
      return refused(Kind.MACHINE_UNKNOWN, known.isEmpty() ? machine : mac);
    }
    return inventory.key(mac).equals(known.get().mac())
        ? refused(Kind.MAC_TAKEN, mac)
        : new Decision.Accepted(List.of(new MacRefused(mac, known.get().mac(), by)));
  }

  private static Decision refused(Kind kind, Mac mac) {
    return new Decision.Refused(List.of(new Refusal(kind, "mac", mac.toString())));
  }
}
