package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.AddressOrder;
import io.arranque.dhcp.CardState;
import io.arranque.dhcp.Explainer;
import io.arranque.dhcp.Holds;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseBook;
import io.arranque.dhcp.LeaseChange;
import io.arranque.dhcp.Offer;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import io.arranque.web.base.Network;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Leases in memory; orders are decided as the lane decides them. */
public final class FakeNetwork implements Network {
  public final Map<Ipv4, Lease> leases = new ConcurrentSkipListMap<>();
  public final Map<Ipv4, Instant> setAside = new ConcurrentSkipListMap<>();
  final Map<String, Map<Reason, Long>> silences = new TreeMap<>();
  volatile List<Offer> offers = List.of();
  volatile List<CardState> cards =
      List.of(
          new CardState(
              "sala5",
              Optional.of("eth1"),
              Optional.of(Ipv4.of("192.168.33.2")),
              true,
              true,
              true));
  volatile Set<Ipv4> relays = Set.of();
  volatile Optional<Duration> fullIn = Optional.empty();

  /** What is answered in place of what would be. */
  public volatile Optional<AddressOrder.Answer> answer = Optional.empty();

  private final Supplier<Site> site;
  private final InstantSource clock;

  FakeNetwork(Supplier<Site> site, InstantSource clock) {
    this.site = site;
    this.clock = clock;
  }

  public void lease(String address, Mac mac, Duration left, String said) {
    Ipv4 at = Ipv4.of(address);
    leases.put(
        at,
        new Lease(
            at,
            mac,
            site.get().segmentOf(at).orElseThrow().name(),
            clock.instant().minus(Duration.ofHours(12)).plus(left),
            clock.instant().plus(left),
            Optional.of(said).filter(s -> !s.isEmpty())));
  }

  @Override
  public List<Lease> leases() {
    return List.copyOf(leases.values());
  }

  @Override
  public Holds holds() {
    return new Holds(offers, setAside);
  }

  @Override
  public List<CardState> cards() {
    return cards;
  }

  @Override
  public Map<Reason, Long> silences(String segment) {
    return silences.getOrDefault(segment, Map.of());
  }

  @Override
  public Optional<Duration> fullIn(String segment) {
    return fullIn.filter(in -> segment.equals("sala5"));
  }

  @Override
  public Set<Ipv4> strangeRelays() {
    return relays;
  }

  @Override
  public AddressOrder.Answer order(AddressOrder order) {
    if (answer.isPresent()) {
      return answer.get();
    }
    AddressOrder.Decision decision =
        order.decide(
            Explainer.leases(site.get(), new LeaseBook.LoadedLeases(leases(), setAside)),
            clock.instant());
    for (LeaseChange change : decision.changes()) {
      if (change instanceof LeaseChange.Released released) {
        Lease lease = leases.get(released.address());
        leases.put(
            lease.address(),
            new Lease(
                lease.address(),
                lease.mac(),
                lease.segment(),
                lease.since(),
                released.at(),
                lease.hostname()));
      } else {
        setAside.remove(change.address());
      }
    }
    return decision.answer();
  }
}
