package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * What a stranger may have. Anybody on the wire can make up thousands of MACs; whatever they take,
 * machines that people entered, or that have a lease here, find an address.
 *
 * <p>A stranger is a MAC that nobody entered and that never had a lease on the segment. That it
 * boots from the network does not make it known: every packet can say so.
 */
final class Strangers {
  /** So long an address that an entered machine had is not given to a stranger. */
  static final Duration KEPT = Duration.ofDays(7);

  /** In a smaller pool every address counts, and people know every machine. */
  private static final int SMALLEST_WITH_KEPT = 8;

  private static final int KEPT_SHARE = 10;
  private static final int KEPT_LEAST = 2;

  /** So many may be on offer to strangers in any pool: a room. */
  private static final int HELD_LEAST = 64;

  private Strangers() {}

  static boolean isOne(Exchange x) {
    return x.plan().machine().assignment().equals(Machine.Assignment.NONE)
        && x.plan().reservation().isEmpty()
        && Allocation.ownLease(x).isEmpty()
        // From before the segment's file was renamed.
        && x.requestedAddress().flatMap(a -> Allocation.ownLeaseAt(x, a)).isEmpty()
        && Allocation.leaseOfItsOtherCard(x).isEmpty();
  }

  /** Why it gets no address although one is free; empty when it may have one. */
  static Optional<Reason> refusal(Exchange x) {
    // What it was offered is counted already.
    if (Allocation.ownOffer(x).isPresent() || !isOne(x)) {
      return Optional.empty();
    }
    PoolRoom room = x.leases().room(x.segment(), x.now());
    if (room.free() > 0 && room.free() <= kept(room.size())) {
      return Optional.of(Reason.POOL_KEPT_FOR_KNOWN);
    }
    return room.strangersHold() >= heldAtMost(room)
        ? Optional.of(Reason.TOO_MANY_STRANGERS)
        : Optional.empty();
  }

  /** How its offer is to be held. */
  static Offer.To to(Exchange x) {
    if (!isOne(x)) {
      return Offer.To.KNOWN;
    }
    PoolRoom room = x.leases().room(x.segment(), x.now());
    return room.strangersHold() * 2 >= heldAtMost(room)
        ? Offer.To.STRANGER_IN_A_CROWD
        : Offer.To.STRANGER;
  }

  /** How many free addresses of a pool no stranger gets. */
  static int kept(int size) {
    return size < SMALLEST_WITH_KEPT ? 0 : Math.max(KEPT_LEAST, size / KEPT_SHARE);
  }

  /**
   * Half of what nobody has. All that is on offer could be made up, and a machine that is powered
   * on at the same time needs one too; but a new room powers on all at once, and must not be told
   * apart.
   */
  static int heldAtMost(PoolRoom room) {
    return Math.max(HELD_LEAST, (room.free() + room.strangersHold()) / 2);
  }

  /** What claim another machine has to the address of its ended lease. */
  static Claim claim(Exchange x, Mac other) {
    Optional<Machine> machine = x.inventory().machine(other);
    if (machine.filter(m -> !m.assignment().equals(Machine.Assignment.NONE)).isPresent()) {
      return Claim.ENTERED;
    }
    return machine.filter(m -> m.hardware().firmware().isPresent()).isPresent()
        ? Claim.BOOTS
        : Claim.NONE;
  }

  /** Whether the address is kept for the machine that had it, and this one is a stranger. */
  static boolean isKeptFrom(Exchange x, Ipv4 address) {
    Optional<Lease> had = x.leases().at(address);
    if (had.isEmpty() || had.get().mac().equals(x.mac())) {
      return false;
    }
    return had.filter(lease -> x.now().isBefore(lease.expires().plus(KEPT)))
        .filter(lease -> claim(x, lease.mac()) == Claim.ENTERED)
        .filter(lease -> isOne(x))
        .isPresent();
  }
}
