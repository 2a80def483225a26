package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.plan.Planned;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which address a machine gets. By its MAC and never by the client identifier: ROM, iPXE and
 * operating system of one machine send different ones, and would use up three addresses.
 */
final class Allocation {
  private static final int MOST_CARDS = 4;

  private Allocation() {}

  /** Empty when the pool is used up. */
  static Optional<Ipv4> choose(Exchange x) {
    return reservation(x)
        .or(() -> usable(x, ownLease(x).map(Lease::address)))
        .or(() -> usable(x, ownOffer(x).map(Offer::address)))
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
    return x.leases().at(address).filter(lease -> lease.mac().equals(x.mac()));
  }

  /**
   * The machine's UUID (option 97) is its second identity: one whose network card was replaced gets
   * its address back. Only a lease that has ended, and only for a MAC that has none of its own:
   * cheap boards share a UUID, and whoever invents packets can name any.
   */
  static Optional<Lease> leaseOfItsOtherCard(Exchange x) {
    if (x.client().hardware().uuid().isEmpty()) {
      return Optional.empty();
    }
    return x.client().hardware().identity().stream()
        .flatMap(uuid -> x.inventory().machinesWith(uuid).stream())
        .filter(mac -> !mac.equals(x.mac()))
        // So many with one UUID are no cards of one machine.
        .limit(MOST_CARDS)
        .flatMap(mac -> x.leases().of(mac, x.segment().name()).stream())
        .filter(lease -> !lease.isLive(x.now()))
        .max(Comparator.comparing(Lease::expires));
  }

  /** What was offered to it and still holds. */
  static Optional<Offer> ownOffer(Exchange x) {
    return x.leases().offerTo(x.mac(), x.segment().name()).filter(o -> o.isLive(x.now()));
  }

  /** Whether another machine has the address or somebody unknown sits on it. */
  static boolean isTaken(Exchange x, Ipv4 address) {
    Optional<Lease> lease = x.leases().at(address);
    if (lease.isPresent() && !lease.get().mac().equals(x.mac()) && lease.get().isLive(x.now())) {
      return true;
    }
    Optional<Offer> offer = x.leases().offerAt(address);
    if (offer.isPresent() && !offer.get().mac().equals(x.mac()) && offer.get().isLive(x.now())) {
      return true;
    }
    Optional<Instant> quarantine = x.leases().quarantine(address);
    return quarantine.isPresent() && x.now().isBefore(quarantine.get());
  }

  /** Its fixed address; not while somebody else sits on it: better another than none. */
  static Optional<Ipv4> reservation(Exchange x) {
    return x.plan().reservation().map(Planned::value).filter(address -> !isTaken(x, address));
  }

  private static Optional<Ipv4> usable(Exchange x, Optional<Ipv4> address) {
    return address.filter(a -> mayHave(x, a));
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
        && !segment.router().filter(address::equals).isPresent()
        && !segment.reservations().containsValue(address)
        && x.inventory().reservedAt(address).map(x.mac()::equals).orElse(true);
  }
}
