package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.site.Segment;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds a free address of one segment's pool without walking through the leases: a bit for each
 * address, and the leases in the order of their end.
 */
final class PoolIndex {
  /** A /8. What lies beyond in a larger pool is not given out; nobody has that many machines. */
  private static final int MOST = 1 << 24;

  private final Segment segment;
  private final Set<Ipv4> never = new HashSet<>();

  /** One bit for each address of the pool's ranges, one after the other; set when not free. */
  private final BitSet taken = new BitSet();

  private final TreeSet<Lease> byEnd =
      new TreeSet<>(Comparator.comparing(Lease::expires).thenComparing(Lease::address));
  private final int size;

  PoolIndex(Segment segment) {
    this.segment = segment;
    this.size = (int) Math.min(MOST, segment.pool().stream().mapToLong(AddressRange::size).sum());
    never.add(segment.subnet().network());
    never.add(segment.subnet().broadcast());
    segment.router().ifPresent(never::add);
    never.addAll(segment.reservations().values());
    never.forEach(address -> set(address, true));
  }

  /** Says whether an address has a lease (live or ended), is on offer, or is quarantined. */
  void set(Ipv4 address, boolean isTaken) {
    int index = indexOf(address);
    if (index >= 0) {
      taken.set(index, isTaken || never.contains(address));
    }
  }

  void add(Lease lease) {
    if (indexOf(lease.address()) >= 0 && !never.contains(lease.address())) {
      byEnd.add(lease);
    }
  }

  void remove(Lease lease) {
    byEnd.remove(lease);
  }

  Optional<Ipv4> firstFree(Predicate<Ipv4> usable, Instant now) {
    for (int i = taken.nextClearBit(0); i < size; i = taken.nextClearBit(i + 1)) {
      Ipv4 address = addressAt(i);
      if (usable.test(address)) {
        return Optional.of(address);
      }
    }
    for (Lease lease : byEnd) {
      if (lease.isLive(now)) {
        break;
      }
      if (usable.test(lease.address())) {
        return Optional.of(lease.address());
      }
    }
    return Optional.empty();
  }

  /** -1 when the address is not of the pool. */
  private int indexOf(Ipv4 address) {
    long before = 0;
    for (AddressRange range : segment.pool()) {
      if (range.contains(address)) {
        long index =
            before
                + Integer.toUnsignedLong(address.bits())
                - Integer.toUnsignedLong(range.first().bits());
        return index < size ? (int) index : -1;
      }
      before += range.size();
    }
    return -1;
  }

  private Ipv4 addressAt(int index) {
    long left = index;
    for (AddressRange range : segment.pool()) {
      if (left < range.size()) {
        return range.first().plus((int) left);
      }
      left -= range.size();
    }
    throw new AssertionError(index);
  }
}
