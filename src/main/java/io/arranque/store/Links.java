package io.arranque.store;

import io.arranque.address.Mac;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Whose a MAC is, in memory: any thread reads, one at a time changes. */
final class Links {
  private final Map<Mac, Mac> machineOf = new ConcurrentHashMap<>();
  private final Map<Mac, Set<Mac>> macsOf = new ConcurrentHashMap<>();
  private final Map<Mac, Set<Mac>> apart = new ConcurrentHashMap<>();

  /** The machine whose further MAC this is, else the MAC itself. */
  Mac key(Mac mac) {
    return machineOf.isEmpty() ? mac : machineOf.getOrDefault(mac, mac);
  }

  Set<Mac> macs(Mac machine) {
    return macsOf.getOrDefault(machine, Set.of());
  }

  boolean isApart(Mac mac, Mac machine) {
    return apart.getOrDefault(mac, Set.of()).contains(machine);
  }

  void put(MacTable.Link link) {
    Mac mac = link.mac();
    Mac before = machineOf.get(mac);
    if (before != null && (link.merged() || before.equals(link.machine()))) {
      machineOf.remove(mac);
      macsOf.put(before, without(macs(before), mac));
    }
    if (link.merged()) {
      apart.put(mac, without(apart.getOrDefault(mac, Set.of()), link.machine()));
      macsOf.put(link.machine(), with(macs(link.machine()), mac));
      machineOf.put(mac, link.machine());
    } else {
      apart.put(mac, with(apart.getOrDefault(mac, Set.of()), link.machine()));
    }
  }

  /** The machine is forgotten, and with it what was said of its MACs. */
  void forget(Mac machine) {
    macs(machine).forEach(machineOf::remove);
    macsOf.remove(machine);
    apart.replaceAll((mac, machines) -> without(machines, machine));
  }

  private static Set<Mac> with(Set<Mac> macs, Mac mac) {
    Set<Mac> more = new TreeSet<>(macs);
    more.add(mac);
    return Set.copyOf(more);
  }

  private static Set<Mac> without(Set<Mac> macs, Mac mac) {
    Set<Mac> less = new TreeSet<>(macs);
    less.remove(mac);
    return Set.copyOf(less);
  }
}
