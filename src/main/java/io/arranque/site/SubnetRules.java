package io.arranque.site;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the addresses of one segment must be to each other. */
final class SubnetRules {
  private final Fields fields;
  private final Cidr subnet;
  private final Optional<Ipv4> router;

  SubnetRules(Fields fields, Cidr subnet, Optional<Ipv4> router) {
    this.fields = fields;
    this.subnet = subnet;
    this.router = router;
  }

  /** Without a subnet there is nothing to compare with, and its own error says enough. */
  private boolean unknownSubnet() {
    return subnet.prefix() == 0;
  }

  void checkRouter() {
    router.flatMap(this::misplaced).ifPresent(problem -> fields.error("router", problem));
  }

  void checkPool(List<Located<AddressRange>> pool) {
    for (int i = 0; i < pool.size(); i++) {
      Located<AddressRange> range = pool.get(i);
      misplaced(range.value()).ifPresent(problem -> fields.errorAt(range, problem));
      for (Located<AddressRange> earlier : pool.subList(0, i)) {
        if (earlier.value().overlaps(range.value())) {
          fields.errorAt(
              range,
              "overlapping ranges, wanted each address once, got %s beside %s"
                  .formatted(range.value(), earlier.value()));
        }
      }
    }
  }

  void checkReservations(List<Located<Map.Entry<Mac, Ipv4>>> reservations) {
    Map<Mac, Integer> macs = new HashMap<>();
    Map<Ipv4, Mac> owners = new HashMap<>();
    for (Located<Map.Entry<Mac, Ipv4>> reservation : reservations) {
      Mac mac = reservation.value().getKey();
      Ipv4 address = reservation.value().getValue();
      misplaced(address).ifPresent(problem -> fields.errorAt(reservation, problem));
      if (router.filter(address::equals).isPresent()) {
        fields.errorAt(reservation, "the router's address, wanted a machine's own, got " + address);
      }
      Integer line = macs.putIfAbsent(mac, reservation.line());
      if (line != null) {
        fields.errorAt(reservation, "a MAC twice, wanted it once, got it in line " + line + " too");
      }
      Mac owner = owners.putIfAbsent(address, mac);
      if (owner != null && !owner.equals(mac)) {
        fields.errorAt(
            reservation,
            "an address twice, wanted one of its own, got %s, which %s has"
                .formatted(address, owner));
      }
    }
  }

  private Optional<String> misplaced(Ipv4 address) {
    if (unknownSubnet()) {
      return Optional.empty();
    }
    if (!subnet.contains(address)) {
      return Optional.of("outside the subnet, wanted one in " + subnet + ", got " + address);
    }
    if (address.equals(subnet.network())) {
      return Optional.of("the network's own address, wanted a machine's, got " + address);
    }
    if (address.equals(subnet.broadcast())) {
      return Optional.of("the broadcast address, wanted a machine's, got " + address);
    }
    return Optional.empty();
  }

  private Optional<String> misplaced(AddressRange range) {
    Optional<String> end = misplaced(range.first()).or(() -> misplaced(range.last()));
    if (end.isPresent() || unknownSubnet()) {
      return end;
    }
    return router
        .filter(range::contains)
        .map(found -> "the router is in it, wanted a range without " + found + ", got " + range);
  }
}
