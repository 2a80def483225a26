package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What is committed, for other threads to read: the lane writes, everybody reads without waiting.
 */
final class PublishedLeases {
  private final Map<Ipv4, Lease> byAddress = new ConcurrentHashMap<>();

  /** A machine has one lease on each segment it ever was on, so these lists are short. */
  private final Map<Mac, List<Lease>> byMac = new ConcurrentHashMap<>();

  /** Of the lane alone. */
  void put(Lease lease) {
    Lease before = byAddress.put(lease.address(), lease);
    if (before != null && !before.mac().equals(lease.mac())) {
      forget(before);
    }
    byMac.merge(
        lease.mac(), List.of(lease), (old, fresh) -> with(without(old, lease.address()), lease));
  }

  /** Of the lane alone. */
  void remove(Ipv4 address) {
    Lease before = byAddress.remove(address);
    if (before != null) {
      forget(before);
    }
  }

  /** Takes over what the table knows of the addresses that changed. Of the lane alone. */
  void take(List<LeaseChange> changes, LeaseTable table) {
    for (LeaseChange change : changes) {
      Ipv4 address = change.address();
      table.at(address).ifPresentOrElse(this::put, () -> remove(address));
    }
  }

  /** All of them, live and ended, by address. */
  List<Lease> all() {
    return byAddress.values().stream().sorted(Comparator.comparing(Lease::address)).toList();
  }

  /** The machine's, live and ended. */
  List<Lease> of(Mac mac) {
    return byMac.getOrDefault(mac, List.of());
  }

  /** The last of an address, live or ended. */
  Optional<Lease> at(Ipv4 address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  private void forget(Lease lease) {
    byMac.computeIfPresent(
        lease.mac(),
        (mac, leases) -> {
          List<Lease> left = without(leases, lease.address());
          return left.isEmpty() ? null : left;
        });
  }

  private static List<Lease> without(List<Lease> leases, Ipv4 address) {
    return leases.stream().filter(lease -> !lease.address().equals(address)).toList();
  }

  private static List<Lease> with(List<Lease> leases, Lease lease) {
    return leases.isEmpty()
        ? List.of(lease)
        : Stream.concat(leases.stream(), Stream.of(lease)).toList();
  }
}
