package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Read view of leases, offers and quarantines: all that a decision needs to know of them. */
public interface LeaseView {
  /** The machine's newest lease on a segment, live or ended. */
  Optional<Lease> of(Mac mac, String segment);

  /** The last lease of an address, live or ended. */
  Optional<Lease> at(Ipv4 address);

  /** What is on offer to a machine on a segment; may have ended. */
  Optional<Offer> offerTo(Mac mac, String segment);

  /** To whom an address is on offer; may have ended. */
  Optional<Offer> offerAt(Ipv4 address);

  /** Until when an address is set aside; may have ended. */
  Optional<Instant> quarantine(Ipv4 address);

  /** How many addresses are set aside at present because this machine declined them. */
  default int declinedBy(Mac mac) {
    return 0;
  }

  /**
   * An address of the segment's pool that nobody has: one never used, else the one whose lease
   * ended first. Not one that is reserved, on offer or quarantined.
   *
   * @param usable further conditions, asked in the order of preference
   * @param claim whose ended leases are given to others later; those of {@link Claim#ENTERED} last
   * @param kept how long ago the lease of one with that last claim must have ended
   */
  Optional<Ipv4> firstFree(
      Segment segment,
      Predicate<Ipv4> usable,
      Function<Mac, Claim> claim,
      Duration kept,
      Instant now);

  /** All that is on offer, for people; some may have ended. */
  default List<Offer> offers() {
    return List.of();
  }

  /** All that is set aside, and until when, for people; some may have ended. */
  default Map<Ipv4, Instant> setAside() {
    return Map.of();
  }

  /** What is left in a segment's pool; costs the same however large it is. */
  PoolRoom room(Segment segment, Instant now);
}
