package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Leases, offers and quarantines in memory. Not thread-safe: it belongs to the decision lane.
 *
 * <p>Changes are provisional until {@link #keep}: later decisions of the batch see them, and {@link
 * #rollback} takes them all back when the batch could not be written. An undo list does that at no
 * cost for the reader, where an overlay would have to be searched beside the table.
 *
 * <p>A packet costs the same whether the table is empty or holds a /16: nothing here walks through
 * the leases but {@link #load}, {@link #segments} and {@link #leases}.
 */
final class LeaseTable implements LeaseView {
  private record Owner(Mac mac, String segment) {
    // By hand, as in Mac.
    @Override
    public boolean equals(Object other) {
      return other instanceof Owner o && o.mac.equals(mac) && o.segment.equals(segment);
    }

    @Override
    public int hashCode() {
      return 31 * mac.hashCode() + segment.hashCode();
    }
  }

  private final Map<Ipv4, Slot> slots = new HashMap<>();
  private final Map<Owner, Slot> leaseOf = new HashMap<>();
  private final Map<Owner, Slot> offerOf = new HashMap<>();

  private final OfferQueue offered = new OfferQueue();

  private final TreeSet<Quarantine> quarantines =
      new TreeSet<>(
          Comparator.comparing(Quarantine::until).thenComparing(held -> held.slot().address));

  /** Who declined an address, of those that are quarantined, and how many each. */
  private final Map<Ipv4, Mac> decliners = new HashMap<>();

  private final Map<Mac, Integer> declines = new HashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** By the segment's name. */
  private Map<String, PoolIndex> pools = Map.of();

  /** Every pool by the first address of each of its ranges, which never overlap. */
  private TreeMap<Ipv4, PoolIndex> ranges = new TreeMap<>();

  private Instant now = Instant.MIN;

  private record Quarantine(Instant until, Slot slot) {}

  /** Fills an empty table with what an earlier process committed. */
  void load(LeaseBook.LoadedLeases loaded) {
    for (Lease lease : loaded.leases()) {
      Slot slot = slot(lease.address());
      slot.lease = lease;
      leaseOf.merge(
          new Owner(lease.mac(), lease.segment()),
          slot,
          (a, b) -> leaseIn(a).expires().isBefore(leaseIn(b).expires()) ? b : a);
      refresh(slot);
    }
    loaded.quarantined().forEach((address, until) -> setQuarantine(slot(address), until));
    undo.clear();
  }

  /** Takes on the site's pools; anew whenever the site was reloaded. */
  void segments(Site site) {
    Map<String, PoolIndex> fresh = new HashMap<>();
    TreeMap<Ipv4, PoolIndex> starts = new TreeMap<>();
    for (Segment segment : site.segments().values()) {
      PoolIndex pool = new PoolIndex(segment);
      fresh.put(segment.name(), pool);
      for (AddressRange range : segment.pool()) {
        starts.put(range.first(), pool);
      }
    }
    pools = fresh;
    ranges = starts;
    slots.values().removeIf(slot -> !slot.isUsed());
    for (Slot slot : slots.values()) {
      enrol(slot);
      refresh(slot);
    }
  }

  /** Forgets offers and quarantines that have ended. */
  void expire(Instant present) {
    now = present;
    offered.ended(present).forEach(slot -> setOffer(slot, null));
    while (!quarantines.isEmpty() && !present.isBefore(quarantines.first().until())) {
      setQuarantine(quarantines.first().slot(), null);
    }
  }

  void apply(Verdict verdict) {
    for (LeaseChange change : verdict.changes()) {
      apply(change);
    }
    if (verdict instanceof Verdict.Silence silence) {
      silence.withdrawn().ifPresent(offer -> setOffer(slot(offer.address()), null));
    }
    if (verdict instanceof Verdict.Reply reply) {
      for (Offer offer : reply.offers()) {
        apply(offer);
      }
    }
  }

  void apply(LeaseChange change) {
    if (change instanceof LeaseChange.Bound bound) {
      Lease lease = bound.lease();
      withdrawOffer(new Owner(lease.mac(), lease.segment()));
      Slot slot = slot(lease.address());
      setQuarantine(slot, null);
      setLease(slot, lease);
    } else if (change instanceof LeaseChange.Released released) {
      Slot slot = slot(released.address());
      Lease lease = slot.lease;
      if (lease != null) {
        setLease(slot, endedAt(lease, released.at()));
      }
    } else if (change instanceof LeaseChange.Quarantined quarantined) {
      Slot slot = slot(quarantined.address());
      setLease(slot, null);
      setOffer(slot, null);
      setQuarantine(slot, quarantined.until());
      quarantined.declinedBy().ifPresent(mac -> setDecliner(slot.address, mac));
    } else {
      throw new AssertionError(change);
    }
  }

  private void apply(Offer offer) {
    withdrawOffer(new Owner(offer.mac(), offer.segment()));
    setOffer(slot(offer.address()), offer);
  }

  /** The provisional changes are final. */
  void keep() {
    undo.clear();
  }

  /** The provisional changes never were. */
  void rollback() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }

  Collection<Lease> leases() {
    return slots.values().stream().map(slot -> slot.lease).filter(Objects::nonNull).toList();
  }

  @Override
  public List<Offer> offers() {
    return offered.all();
  }

  @Override
  public Map<Ipv4, Instant> setAside() {
    return quarantines.stream()
        .collect(Collectors.toMap(held -> held.slot().address, Quarantine::until));
  }

  Collection<Ipv4> quarantined() {
    return quarantines.stream().map(held -> held.slot().address).toList();
  }

  @Override
  public Optional<Lease> of(Mac mac, String segment) {
    return Optional.ofNullable(leaseOf.get(new Owner(mac, segment))).map(LeaseTable::leaseIn);
  }

  @Override
  public Optional<Lease> at(Ipv4 address) {
    Slot slot = slots.get(address);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.lease);
  }

  @Override
  public Optional<Offer> offerTo(Mac mac, String segment) {
    Slot slot = offerOf.get(new Owner(mac, segment));
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.offer);
  }

  @Override
  public Optional<Offer> offerAt(Ipv4 address) {
    Slot slot = slots.get(address);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.offer);
  }

  @Override
  public Optional<Instant> quarantine(Ipv4 address) {
    Slot slot = slots.get(address);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.quarantine);
  }

  @Override
  public int declinedBy(Mac mac) {
    return declines.getOrDefault(mac, 0);
  }

  @Override
  public Optional<Ipv4> firstFree(
      Segment segment,
      Predicate<Ipv4> usable,
      Function<Mac, Claim> claim,
      Duration kept,
      Instant present) {
    PoolIndex pool = pools.get(segment.name());
    return pool == null ? Optional.empty() : pool.firstFree(usable, claim, kept, present);
  }

  @Override
  public PoolRoom room(Segment segment, Instant present) {
    PoolIndex pool = pools.get(segment.name());
    return pool == null ? PoolRoom.NONE : pool.room(present);
  }

  /**
   * Notes which addresses the pools cannot give to anybody although the segments' files do not say
   * so: our own, and those that people reserved. The next call replaces them.
   */
  void setAside(Set<Ipv4> addresses) {
    pools.values().forEach(pool -> pool.aside = 0);
    for (Ipv4 address : addresses) {
      Map.Entry<Ipv4, PoolIndex> nearest = ranges.floorEntry(address);
      Slot slot = slots.get(address);
      boolean counted = slot == null || !slot.isUsed() || slot.isReusable(now);
      if (nearest != null && counted && nearest.getValue().indexOf(address) >= 0) {
        nearest.getValue().aside++;
      }
    }
  }

  private void withdrawOffer(Owner owner) {
    Slot slot = offerOf.get(owner);
    if (slot != null) {
      setOffer(slot, null);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a slot is one place in the table
  private void setLease(Slot slot, @Nullable Lease lease) {
    Lease before = slot.lease;
    if (before != null) {
      Owner owner = new Owner(before.mac(), before.segment());
      if (leaseOf.get(owner) == slot) {
        setOwner(leaseOf, owner, null);
      }
    }
    if (lease != null) {
      setOwner(leaseOf, new Owner(lease.mac(), lease.segment()), slot);
    }
    slot.lease = lease;
    refresh(slot);
    undo.push(
        () -> {
          slot.lease = before;
          refresh(slot);
        });
  }

  private void setOffer(Slot slot, @Nullable Offer offer) {
    Offer before = slot.offer;
    if (before != null) {
      setOwner(offerOf, new Owner(before.mac(), before.segment()), null);
    }
    if (offer != null) {
      setOwner(offerOf, new Owner(offer.mac(), offer.segment()), slot);
    }
    putOffer(slot, offer);
    undo.push(() -> putOffer(slot, before));
  }

  private void putOffer(Slot slot, @Nullable Offer offer) {
    Offer before = slot.offer;
    // Removed first, so that a renewed offer goes to the end of the order.
    if (before != null) {
      offered.remove(slot, before);
    }
    slot.offer = offer;
    if (offer != null) {
      offered.add(slot, offer);
    }
    refresh(slot);
  }

  private void setQuarantine(Slot slot, @Nullable Instant until) {
    setDecliner(slot.address, null);
    Instant before = slot.quarantine;
    if (!Objects.equals(before, until)) {
      putQuarantine(slot, until);
      undo.push(() -> putQuarantine(slot, before));
    }
  }

  private void putQuarantine(Slot slot, @Nullable Instant until) {
    if (slot.quarantine != null) {
      quarantines.remove(new Quarantine(slot.quarantine, slot));
    }
    slot.quarantine = until;
    if (until != null) {
      quarantines.add(new Quarantine(until, slot));
    }
    refresh(slot);
  }

  private void setDecliner(Ipv4 address, @Nullable Mac mac) {
    Mac before = decliners.get(address);
    if (!Objects.equals(before, mac)) {
      putDecliner(address, mac);
      undo.push(() -> putDecliner(address, before));
    }
  }

  private void putDecliner(Ipv4 address, @Nullable Mac mac) {
    Mac before = put(decliners, address, mac);
    if (before != null) {
      declines.computeIfPresent(before, (m, count) -> count == 1 ? null : count - 1);
    }
    if (mac != null) {
      declines.merge(mac, 1, Integer::sum);
    }
  }

  private void setOwner(Map<Owner, Slot> index, Owner owner, @Nullable Slot slot) {
    Slot before = put(index, owner, slot);
    undo.push(() -> put(index, owner, before));
  }

  private Slot slot(Ipv4 address) {
    Slot slot = slots.get(address);
    if (slot == null) {
      slot = new Slot(address);
      enrol(slot);
      slots.put(address, slot);
    }
    return slot;
  }

  private void enrol(Slot slot) {
    Map.Entry<Ipv4, PoolIndex> nearest = ranges.floorEntry(slot.address);
    slot.index = nearest == null ? -1 : nearest.getValue().indexOf(slot.address);
    slot.pool = nearest == null || slot.index < 0 ? null : nearest.getValue();
    slot.due = null;
    slot.ended = null;
    slot.strangers = false;
  }

  private void refresh(Slot slot) {
    PoolIndex pool = slot.pool;
    if (pool != null) {
      pool.update(slot, now);
    }
  }

  private static Lease leaseIn(Slot slot) {
    Lease lease = slot.lease;
    if (lease == null) {
      throw new IllegalStateException("an owner without a lease at " + slot.address);
    }
    return lease;
  }

  private static Lease endedAt(Lease lease, Instant end) {
    return new Lease(
        lease.address(), lease.mac(), lease.segment(), lease.since(), end, lease.hostname());
  }

  private static <K, V> @Nullable V put(Map<K, V> map, K key, @Nullable V value) {
    return value == null ? map.remove(key) : map.put(key, value);
  }
}
