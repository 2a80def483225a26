package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Addresses that are kept from others without being leased; copied by the decision lane, whose they
 * are.
 *
 * @param offers some may have ended
 * @param setAside until when; some may have ended
 */
public record Holds(List<Offer> offers, Map<Ipv4, Instant> setAside) {
  public static final Holds NONE = new Holds(List.of(), Map.of());

  public Holds {
    offers = List.copyOf(offers);
    setAside = Map.copyOf(setAside);
  }

  static Holds of(LeaseView leases) {
    return new Holds(leases.offers(), leases.setAside());
  }
}
