package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.plan.Planned;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which address a machine gets. By its MAC and never by the client identifier: ROM, iPXE and
 * operating system of one machine send different ones, and would use up three addresses.
 */
final class Allocation {
  private static final int MOST_CARDS = 4;

  private Allocation() {}

  /** Empty when the pool is used up. */
  static Optional<Ipv4> choose(Exchange x) {
    Optional<Ipv4> reserved = reservation(x);
    if (reserved.isPresent()) {
      return reserved;
    }
    Optional<Ipv4> before = usable(x, ownLease(x).map(Lease::address));
    return before.isPresent() ? before : another(x);
  }

  private static Optional<Ipv4> another(Exchange x) {
    return usable(x, ownOffer(x).map(Offer::address))
        .or(() -> usable(x, leaseOfItsOtherCard(x).map(Lease::address)))
        .or(() -> usable(x, x.requestedAddress()))
        .or(
            () ->
                x.leases()
                    .firstFree(
                        x.segment(),
                        address -> mayHave(x, address),
                        other -> Strangers.claim(x, other),
                        Strangers.isOne(x) ? Strangers.KEPT : Duration.ZERO,
                        x.now()));
  }

  /** Whether this machine may have this address now. */
  static boolean mayHave(Exchange x, Ipv4 address) {
    Optional<Ipv4> reserved = reservation(x);
    return reserved.isPresent()
        ? reserved.get().equals(address)
        : inPool(x, address) && !isTaken(x, address) && !Strangers.isKeptFrom(x, address);
  }

  /** Its lease on this segment, live or ended, as long as nobody else got the address since. */
  static Optional<Lease> ownLease(Exchange x) {
    return x.leases().of(x.mac(), x.segment().name());
  }

  /**
   * Its lease of this address, also one given while the segment's file had another name: renaming a
   * file must not cost a running room its addresses.
   */
  static Optional<Lease> ownLeaseAt(Exchange x, Ipv4 address) {
    Optional<Lease> lease = x.leases().at(address);
    return lease.isPresent() && lease.get().mac().equals(x.mac()) ? lease : Optional.empty();
  }

  /**
   * The machine's UUID (option 97) is its second identity: one whose network card was replaced gets
   * its address back. Only a lease that has ended, and only for a MAC that has none of its own:
   * cheap boards share a UUID, and whoever invents packets can name any.
   */
  static Optional<Lease> leaseOfItsOtherCard(Exchange x) {
    if (x.client().hardware().uuid().isEmpty() && Cards.others(x).isEmpty()) {
      return Optional.empty();
    }
    return Stream.concat(
            Cards.others(x).stream(),
            x.client().hardware().identity().stream()
                .flatMap(uuid -> x.inventory().machinesWith(uuid).stream()))
        .filter(mac -> !mac.equals(x.mac()))
        // So many with one UUID are no cards of one machine.
        .limit(MOST_CARDS)
        .flatMap(mac -> x.leases().of(mac, x.segment().name()).stream())
        .filter(lease -> !lease.isLive(x.now()) || Cards.areOut(x, lease.mac()))
        .max(Comparator.comparing(Lease::expires));
  }

  /** What was offered to it and still holds. */
  static Optional<Offer> ownOffer(Exchange x) {
    Optional<Offer> offer = x.leases().offerTo(x.mac(), x.segment().name());
    return offer.isPresent() && offer.get().isLive(x.now()) ? offer : Optional.empty();
  }

  /** Whether another machine has the address or somebody unknown sits on it. */
  static boolean isTaken(Exchange x, Ipv4 address) {
    Optional<Lease> lease = x.leases().at(address);
    if (lease.isPresent()
        && !lease.get().mac().equals(x.mac())
        && lease.get().isLive(x.now())
        && !Cards.areOut(x, lease.get().mac())) {
      return true;
    }
    Optional<Offer> offer = x.leases().offerAt(address);
    if (offer.isPresent() && !offer.get().mac().equals(x.mac()) && offer.get().isLive(x.now())) {
      return true;
    }
    return isSetAside(x, address);
  }

  private static boolean isSetAside(Exchange x, Ipv4 address) {
    Optional<Instant> quarantine = x.leases().quarantine(address);
    return quarantine.isPresent() && x.now().isBefore(quarantine.get());
  }

  /**
   * Where it can have no address only because devices that nobody knows use them: its fixed one, or
   * the first of a pool of which nothing is left but those.
   */
  static Optional<Ipv4> onlyOneIsUsed(Exchange x) {
    Optional<Ipv4> reserved = x.plan().reservation().map(Planned::value);
    if (reserved.isPresent()) {
      return reserved.filter(address -> isSetAside(x, address));
    }
    PoolRoom room = x.leases().room(x.segment(), x.now());
    return room.setAside() == 0 || room.setAside() < room.size()
        ? Optional.empty()
        : x.leases().setAside().keySet().stream()
            .filter(address -> inPool(x, address))
            .min(Comparator.naturalOrder());
  }

  /** Its fixed address; not while somebody else sits on it: better another than none. */
  static Optional<Ipv4> reservation(Exchange x) {
    Optional<Ipv4> reserved = x.plan().reservation().map(Planned::value);
    return reserved.isPresent() && !isTaken(x, reserved.get()) ? reserved : Optional.empty();
  }

  private static Optional<Ipv4> usable(Exchange x, Optional<Ipv4> address) {
    return address.isPresent() && mayHave(x, address.get()) ? address : Optional.empty();
  }

  private static boolean isIn(List<AddressRange> pool, Ipv4 address) {
    for (AddressRange range : pool) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inPool(Exchange x, Ipv4 address) {
    Segment segment = x.segment();
    return isIn(segment.pool(), address)
        && !x.at().isOurs(address)
        && !address.equals(segment.subnet().network())
        && !address.equals(segment.subnet().broadcast())
        && !(segment.router().isPresent() && segment.router().get().equals(address))
        && !segment.reservations().containsValue(address)
        && isFreeOrHisOwn(x, x.inventory().reservedAt(address));
  }

  private static boolean isFreeOrHisOwn(Exchange x, Optional<Mac> reservedFor) {
    return reservedFor.isEmpty() || reservedFor.get().equals(x.plan().machine().mac());
  }
}
