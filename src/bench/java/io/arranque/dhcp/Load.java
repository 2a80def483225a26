package io.arranque.dhcp;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A /16 with so many leases, every machine of it known when wanted. */
final class Load {
  static final Ipv4 SERVER = Ipv4.of("10.5.0.1");
  static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  static final Arrival AT = new Arrival("campus", SERVER, 67, Ipv4.ANY, 68);
  static final Ipv4 FIRST = Ipv4.of("10.5.0.10");
  static final int POOL = 65_000;
  static final Duration LEASE = Duration.ofHours(12);

  final Site site;
  final MemoryBook inventory = MemoryBook.of();
  final LeaseTable table = new LeaseTable();
  final Responder responder = new Responder(new Planner(new Templates()));

  Load(String subnet, String pool, int leases, boolean known) {
    Segment segment =
        Fixture.segment(
            "campus",
            subnet,
            Segment.Mode.SERVER,
            pool,
            Map.of(),
            new Segment.UnknownMachines.Discover());
    site = Fixture.site(segment);
    List<Lease> held = new ArrayList<>();
    for (int i = 0; i < leases; i++) {
      held.add(lease(i));
      if (known) {
        inventory.with(known(mac(i)));
      }
    }
    table.load(new LeaseBook.LoadedLeases(held, Map.of()));
    table.segments(site);
  }

  static Load of(int leases, boolean known) {
    return new Load("10.5.0.0/16", FIRST + "-" + FIRST.plus(POOL - 1), leases, known);
  }

  static Mac mac(int i) {
    return new Mac(0x525400000000L + i);
  }

  static Lease lease(int i) {
    return new Lease(
        FIRST.plus(i), mac(i), "campus", NOW, NOW.plus(LEASE).plusNanos(i), Optional.empty());
  }

  static Machine known(Mac mac) {
    return new Machine(
        mac,
        Machine.Assignment.NONE,
        Hardware.UNKNOWN,
        Optional.of("campus"),
        Optional.empty(),
        Optional.of(NOW),
        Optional.of(NOW));
  }

  Snapshot snapshot() {
    return new Snapshot(site, inventory, table);
  }
}
