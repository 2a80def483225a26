package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds a free address of one segment's pool without walking through the leases: a bit for each
 * address, and the ended leases in the order of their end.
 *
 * <p>Live leases are in no order at all: a room that prolongs its leases would sort them anew twice
 * a day for nobody. Each is noted once with the time when to look at it again, and only then it
 * shows whether it was prolonged or has ended.
 */
final class PoolIndex {
  /** A /8. What lies beyond in a larger pool is not given out; nobody has that many machines. */
  private static final int MOST = 1 << 24;

  private record Due(Instant at, Slot slot) {}

  private record Ended(Instant end, Slot slot) {}

  private static final Comparator<Ended> BY_END =
      Comparator.comparing(Ended::end).thenComparing(ended -> ended.slot().address);

  private final Segment segment;
  private final Set<Ipv4> never = new HashSet<>();

  /** One bit for each address of the pool's ranges, one after the other; set when not free. */
  private final BitSet taken = new BitSet();

  /** Every bit below is set. */
  private int lowest;

  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at));

  /**
   * By the claim of the machine that had the lease, as far as it is known: all begin without, and
   * those met in a search move on.
   */
  private final Map<Claim, TreeSet<Ended>> ended = new EnumMap<>(Claim.class);

  private final int size;

  /** Addresses that can be given out at all. */
  private final int capacity;

  /** Of these, those of which anything is known. */
  private int used;

  private int strangersHold;

  private int setAside;

  /** Of those that look free, how many the table knows to be nobody's; see its setAside. */
  int aside;

  PoolIndex(Segment segment) {
    this.segment = segment;
    this.size = (int) Math.min(MOST, segment.pool().stream().mapToLong(AddressRange::size).sum());
    never.add(segment.subnet().network());
    never.add(segment.subnet().broadcast());
    segment.router().ifPresent(never::add);
    never.addAll(segment.reservations().values());
    for (Claim claim : Claim.values()) {
      ended.put(claim, new TreeSet<>(BY_END));
    }
    for (Ipv4 address : never) {
      int index = place(address);
      if (index >= 0) {
        taken.set(index);
      }
    }
    capacity = size - taken.cardinality();
  }

  /** Where the address stands in this pool; -1 when it is not given out from it. */
  int indexOf(Ipv4 address) {
    return never.contains(address) ? -1 : place(address);
  }

  /** Takes up what has changed on an address of this pool. */
  void update(Slot slot, Instant now) {
    boolean isUsed = slot.isUsed();
    count(slot, isUsed);
    taken.set(slot.index, isUsed);
    if (!isUsed && slot.index < lowest) {
      lowest = slot.index;
    }
    Lease lease = slot.lease;
    Instant end = lease != null && slot.isReusable(now) ? lease.expires() : null;
    Instant before = slot.ended;
    if (before != null && !before.equals(end)) {
      Ended key = new Ended(before, slot);
      // In one of them.
      ended.values().forEach(leases -> leases.remove(key));
      slot.ended = null;
    }
    if (end != null) {
      if (slot.ended == null) {
        endedWith(Claim.NONE).add(new Ended(end, slot));
        slot.ended = end;
      }
    } else if (lease != null && lease.isLive(now)) {
      lookAgain(slot, lease.expires());
    }
  }

  private void count(Slot slot, boolean isUsed) {
    used += (isUsed ? 1 : 0) - (taken.get(slot.index) ? 1 : 0);
    Offer offer = slot.offer;
    boolean strangers = offer != null && offer.to().isStranger();
    strangersHold += (strangers ? 1 : 0) - (slot.strangers ? 1 : 0);
    slot.strangers = strangers;
    boolean isAside = slot.quarantine != null;
    setAside += (isAside ? 1 : 0) - (slot.aside ? 1 : 0);
    slot.aside = isAside;
  }

  PoolRoom room(Instant now) {
    advance(now);
    int reusable = ended.values().stream().mapToInt(Set::size).sum();
    return new PoolRoom(
        capacity - aside, Math.max(0, capacity - aside - used + reusable), strangersHold, setAside);
  }

  /** A prolonged lease keeps its earlier date: that costs nothing now and one more look then. */
  private void lookAgain(Slot slot, Instant at) {
    Instant due = slot.due;
    if (due == null || at.isBefore(due)) {
      slot.due = at;
      dues.add(new Due(at, slot));
    }
  }

  /** Finds out which leases have ended. */
  void advance(Instant now) {
    for (Due due = dues.peek(); due != null && !now.isBefore(due.at()); due = dues.peek()) {
      dues.remove();
      Slot slot = due.slot();
      if (due.at().equals(slot.due)) {
        slot.due = null;
        update(slot, now);
      }
    }
  }

  /** A free address, see {@link LeaseView#firstFree}. */
  Optional<Ipv4> firstFree(
      Predicate<Ipv4> usable, Function<Mac, Claim> claim, Duration kept, Instant now) {
    advance(now);
    lowest = taken.nextClearBit(lowest);
    for (int i = lowest; i < size; i = taken.nextClearBit(i + 1)) {
      Ipv4 address = addressAt(i);
      if (usable.test(address)) {
        return Optional.of(address);
      }
    }
    return firstOf(Claim.NONE, usable, claim, now)
        .or(() -> firstOf(Claim.BOOTS, usable, claim, now))
        .or(() -> firstOf(Claim.ENTERED, usable, claim, now.minus(kept)))
        .map(slot -> slot.address);
  }

  private Set<Ended> endedWith(Claim claim) {
    return Objects.requireNonNull(ended.get(claim));
  }

  /** The one that ended first, but not after that time. */
  private Optional<Slot> firstOf(
      Claim among, Predicate<Ipv4> usable, Function<Mac, Claim> claim, Instant time) {
    Iterator<Ended> each = endedWith(among).iterator();
    while (each.hasNext()) {
      Ended next = each.next();
      Lease lease = next.slot().lease;
      // Too young; or live again, when the clock was put back.
      if (lease == null || lease.isLive(time)) {
        break;
      }
      Claim real = claim.apply(lease.mac());
      if (real.compareTo(among) > 0) {
        // Once for each: the next search does not meet it here any more.
        each.remove();
        endedWith(real).add(next);
      } else if (usable.test(next.slot().address)) {
        return Optional.of(next.slot());
      }
    }
    return Optional.empty();
  }

  private int place(Ipv4 address) {
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
