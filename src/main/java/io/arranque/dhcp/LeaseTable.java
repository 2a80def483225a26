package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leases, offers and quarantines in memory. Not thread-safe: it belongs to the decision lane.
 *
 * <p>Changes are provisional until {@link #keep}: later decisions of the batch see them, and {@link
 * #rollback} takes them all back when the batch could not be written. An undo list does that at no
 * cost for the reader, where an overlay would have to be searched beside the table.
 */
final class LeaseTable implements LeaseView {
  private record Owner(Mac mac, String segment) {}

  private final Map<Ipv4, Lease> leases = new HashMap<>();
  private final Map<Owner, Ipv4> leaseOf = new HashMap<>();

  /** In the order in which they end. */
  private final Map<Ipv4, Offer> offers = new LinkedHashMap<>();

  private final Map<Owner, Ipv4> offerOf = new HashMap<>();
  private final Map<Ipv4, Instant> quarantines = new LinkedHashMap<>();

  /** Who declined an address; of those that are quarantined. */
  private final Map<Ipv4, Mac> decliners = new HashMap<>();

  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** By the segment's name. */
  private Map<String, PoolIndex> pools = Map.of();

  /** Fills an empty table with what an earlier process committed. */
  void load(LeaseBook.LoadedLeases loaded) {
    for (Lease lease : loaded.leases()) {
      leases.put(lease.address(), lease);
      leaseOf.merge(
          new Owner(lease.mac(), lease.segment()),
          lease.address(),
          (a, b) -> newer(leaseAt(a), leaseAt(b)).address());
    }
    quarantines.putAll(loaded.quarantined());
    undo.clear();
  }

  /** Takes on the site's pools; anew whenever the site was reloaded. */
  void segments(Site site) {
    Map<String, PoolIndex> fresh = new HashMap<>();
    for (Segment segment : site.segments().values()) {
      fresh.put(segment.name(), new PoolIndex(segment));
    }
    pools = fresh;
    List<Ipv4> known = new ArrayList<>(leases.keySet());
    known.addAll(offers.keySet());
    known.addAll(quarantines.keySet());
    known.forEach(this::refresh);
    leases.values().forEach(lease -> pools.values().forEach(pool -> pool.add(lease)));
  }

  /** Forgets offers and quarantines that have ended. */
  void expire(Instant now) {
    Iterator<Offer> oldest = offers.values().iterator();
    List<Offer> ended = new ArrayList<>();
    while (oldest.hasNext()) {
      Offer offer = oldest.next();
      if (offer.isLive(now)) {
        break;
      }
      ended.add(offer);
    }
    ended.forEach(offer -> setOffer(offer.address(), null));
    List<Ipv4> free = new ArrayList<>();
    quarantines.forEach(
        (address, until) -> {
          if (!now.isBefore(until)) {
            free.add(address);
          }
        });
    free.forEach(address -> setQuarantine(address, null));
  }

  void apply(Verdict verdict) {
    verdict.changes().forEach(this::apply);
    if (verdict instanceof Verdict.Silence silence) {
      silence.withdrawn().ifPresent(offer -> setOffer(offer.address(), null));
    }
    if (verdict instanceof Verdict.Reply reply) {
      reply.offers().forEach(this::apply);
    }
  }

  private void apply(LeaseChange change) {
    if (change instanceof LeaseChange.Bound bound) {
      Lease lease = bound.lease();
      withdrawOffer(new Owner(lease.mac(), lease.segment()));
      setQuarantine(lease.address(), null);
      setLease(lease.address(), lease);
    } else if (change instanceof LeaseChange.Released released) {
      Lease lease = leases.get(released.address());
      if (lease != null) {
        setLease(lease.address(), endedAt(lease, released.at()));
      }
    } else if (change instanceof LeaseChange.Quarantined quarantined) {
      setLease(quarantined.address(), null);
      setOffer(quarantined.address(), null);
      setQuarantine(quarantined.address(), quarantined.until());
      quarantined.declinedBy().ifPresent(mac -> setDecliner(quarantined.address(), mac));
    } else {
      throw new AssertionError(change);
    }
  }

  private void apply(Offer offer) {
    withdrawOffer(new Owner(offer.mac(), offer.segment()));
    setOffer(offer.address(), offer);
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
    return leases.values();
  }

  @Override
  public Optional<Lease> of(Mac mac, String segment) {
    return Optional.ofNullable(leaseOf.get(new Owner(mac, segment))).map(this::leaseAt);
  }

  @Override
  public Optional<Lease> at(Ipv4 address) {
    return Optional.ofNullable(leases.get(address));
  }

  @Override
  public Optional<Offer> offerTo(Mac mac, String segment) {
    return Optional.ofNullable(offerOf.get(new Owner(mac, segment))).flatMap(this::offerAt);
  }

  @Override
  public Optional<Offer> offerAt(Ipv4 address) {
    return Optional.ofNullable(offers.get(address));
  }

  @Override
  public Optional<Instant> quarantine(Ipv4 address) {
    return Optional.ofNullable(quarantines.get(address));
  }

  @Override
  public int declinedBy(Mac mac) {
    return (int) decliners.values().stream().filter(mac::equals).count();
  }

  @Override
  public Optional<Ipv4> firstFree(Segment segment, Predicate<Ipv4> usable, Instant now) {
    PoolIndex pool = pools.get(segment.name());
    return pool == null ? Optional.empty() : pool.firstFree(usable, now);
  }

  private void withdrawOffer(Owner owner) {
    Ipv4 address = offerOf.get(owner);
    if (address != null) {
      setOffer(address, null);
    }
  }

  private void setLease(Ipv4 address, @Nullable Lease lease) {
    Lease before = leases.get(address);
    if (before != null) {
      Owner owner = new Owner(before.mac(), before.segment());
      if (address.equals(leaseOf.get(owner))) {
        setOwner(leaseOf, owner, null);
      }
    }
    if (lease != null) {
      setOwner(leaseOf, new Owner(lease.mac(), lease.segment()), address);
    }
    putLease(address, lease);
    undo.push(() -> putLease(address, before));
  }

  private void putLease(Ipv4 address, @Nullable Lease lease) {
    Lease before = leases.get(address);
    put(leases, address, lease);
    for (PoolIndex pool : pools.values()) {
      if (before != null) {
        pool.remove(before);
      }
      if (lease != null) {
        pool.add(lease);
      }
    }
    refresh(address);
  }

  private void setOffer(Ipv4 address, @Nullable Offer offer) {
    Offer before = offers.get(address);
    if (before != null) {
      setOwner(offerOf, new Owner(before.mac(), before.segment()), null);
    }
    if (offer != null) {
      setOwner(offerOf, new Owner(offer.mac(), offer.segment()), address);
    }
    // Removed first, so that a renewed offer goes to the end of the order.
    offers.remove(address);
    put(offers, address, offer);
    refresh(address);
    undo.push(
        () -> {
          put(offers, address, before);
          refresh(address);
        });
  }

  private void setQuarantine(Ipv4 address, @Nullable Instant until) {
    Instant before = quarantines.get(address);
    put(quarantines, address, until);
    setDecliner(address, null);
    refresh(address);
    undo.push(
        () -> {
          put(quarantines, address, before);
          refresh(address);
        });
  }

  private void setDecliner(Ipv4 address, @Nullable Mac mac) {
    Mac before = decliners.get(address);
    if (before != null || mac != null) {
      put(decliners, address, mac);
      undo.push(() -> put(decliners, address, before));
    }
  }

  private void setOwner(Map<Owner, Ipv4> index, Owner owner, @Nullable Ipv4 address) {
    Ipv4 before = index.get(owner);
    put(index, owner, address);
    undo.push(() -> put(index, owner, before));
  }

  private void refresh(Ipv4 address) {
    boolean taken =
        leases.containsKey(address)
            || offers.containsKey(address)
            || quarantines.containsKey(address);
    pools.values().forEach(pool -> pool.set(address, taken));
  }

  private Lease leaseAt(Ipv4 address) {
    Lease lease = leases.get(address);
    if (lease == null) {
      throw new IllegalStateException("an owner without a lease at " + address);
    }
    return lease;
  }

  private static Lease newer(Lease a, Lease b) {
    return a.expires().isBefore(b.expires()) ? b : a;
  }

  private static Lease endedAt(Lease lease, Instant end) {
    return new Lease(
        lease.address(), lease.mac(), lease.segment(), lease.since(), end, lease.hostname());
  }

  private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }
}
