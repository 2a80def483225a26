package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseBook.LoadedLeases;
import io.arranque.dhcp.LeaseChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What many changes come to, address by address, so that each row is written once. Applying it
 * again to what has some of it already changes nothing: that is what lets a replay begin too early.
 * Not thread-safe.
 */
final class LeaseOutcome {
  private final Map<Ipv4, Lease> bound = new LinkedHashMap<>();
  private final Map<Ipv4, Instant> released = new LinkedHashMap<>();
  private final Map<Ipv4, Instant> quarantined = new LinkedHashMap<>();

  void add(List<LeaseChange> changes) {
    changes.forEach(this::add);
  }

  private void add(LeaseChange change) {
    if (change instanceof LeaseChange.Bound added) {
      Ipv4 address = added.lease().address();
      bound.put(address, added.lease());
      released.remove(address);
      quarantined.remove(address);
    } else if (change instanceof LeaseChange.Released ended) {
      release(ended.address(), ended.at());
    } else if (change instanceof LeaseChange.Quarantined declined) {
      quarantined.put(declined.address(), declined.until());
      bound.remove(declined.address());
      released.remove(declined.address());
    } else {
      throw new AssertionError(change);
    }
  }

  private void release(Ipv4 address, Instant at) {
    Lease lease = bound.get(address);
    if (lease != null) {
      bound.put(address, endedAt(lease, at));
    } else if (!quarantined.containsKey(address)) {
      released.put(address, at);
    }
  }

  private static Lease endedAt(Lease lease, Instant end) {
    return new Lease(
        lease.address(), lease.mac(), lease.segment(), lease.since(), end, lease.hostname());
  }

  /** By address: given or prolonged, and not set aside since. */
  Map<Ipv4, Lease> bound() {
    return Collections.unmodifiableMap(bound);
  }

  /** The end of leases of which nothing else is known here. */
  Map<Ipv4, Instant> released() {
    return Collections.unmodifiableMap(released);
  }

  /** Until when addresses are set aside. */
  Map<Ipv4, Instant> quarantined() {
    return Collections.unmodifiableMap(quarantined);
  }

  /** How many addresses it is about. */
  int size() {
    return bound.size() + released.size() + quarantined.size();
  }

  /** The shortest list of changes with this outcome; each address is in it once. */
  List<LeaseChange> changes() {
    List<LeaseChange> changes = new ArrayList<>(size());
    bound.values().forEach(lease -> changes.add(new LeaseChange.Bound(lease)));
    released.forEach((address, at) -> changes.add(new LeaseChange.Released(address, at)));
    quarantined.forEach(
        (address, until) -> changes.add(new LeaseChange.Quarantined(address, until)));
    return changes;
  }

  /** What was there before, with this done to it. */
  LoadedLeases over(LoadedLeases before) {
    Map<Ipv4, Lease> leases = new LinkedHashMap<>();
    before.leases().forEach(lease -> leases.put(lease.address(), lease));
    Map<Ipv4, Instant> aside = new HashMap<>(before.quarantined());
    leases.putAll(bound);
    released.forEach((address, at) -> leases.computeIfPresent(address, (a, l) -> endedAt(l, at)));
    aside.keySet().removeAll(bound.keySet());
    leases.keySet().removeAll(quarantined.keySet());
    aside.putAll(quarantined);
    return new LoadedLeases(List.copyOf(leases.values()), aside);
  }
}
