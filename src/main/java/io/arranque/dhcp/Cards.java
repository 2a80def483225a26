package io.arranque.dhcp;

import io.arranque.address.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The further network cards of the machine that asks, as people said. Each card has leases of its
 * own, for a system may use two at once; but firmware boots from one, and while it does no system
 * runs that could use another: then that one's address is free for it.
 */
final class Cards {
  private Cards() {}

  /** The machine's other MACs; mostly none. */
  static List<Mac> others(Exchange x) {
    Mac key = x.plan().machine().mac();
    Set<Mac> further = x.inventory().macs(key);
    if (further.isEmpty()) {
      return List.of();
    }
    List<Mac> others = new ArrayList<>(further);
    others.add(key);
    others.remove(x.mac());
    return others;
  }

  /** Whether that is another card of the machine, and cannot be in use now. */
  static boolean areOut(Exchange x, Mac mac) {
    return x.isBootClient()
        && !mac.equals(x.mac())
        && x.inventory().key(mac).equals(x.plan().machine().mac());
  }
}
