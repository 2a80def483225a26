package io.arranque.wake;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Two segments with a card of ours each, and one behind a router. */
final class Wires {
  static final Map<String, Ipv4> OWN =
      Map.of("sala5", Ipv4.of("192.168.33.1"), "sala6", Ipv4.of("192.168.34.1"));

  private Wires() {}

  static Site site() {
    TreeMap<String, Segment> segments = new TreeMap<>();
    segments.put("sala5", segment("sala5", "192.168.33.0/24", false));
    segments.put("sala6", segment("sala6", "192.168.34.0/24", false));
    segments.put("far", segment("far", "192.168.44.0/25", true));
    return new Site(
        Path.of("."),
        Site.Settings.DEFAULT,
        segments,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        Set.of());
  }

  static Optional<Ipv4> own(Segment segment) {
    return Optional.ofNullable(OWN.get(segment.name()));
  }

  private static Segment segment(String name, String subnet, boolean relayOnly) {
    return new Segment(
        name,
        Cidr.of(subnet),
        Optional.empty(),
        relayOnly,
        Segment.Mode.SERVER,
        false,
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Duration.ofHours(1),
        List.of(),
        Map.of(),
        new Segment.UnknownMachines.Discover(),
        Optional.of("room-" + name),
        Map.of());
  }

  /** One that was last seen there at that time. */
  static Machine seen(Mac mac, String segment, Optional<Instant> at) {
    return new Machine(
        mac, Assignment.NONE, Hardware.UNKNOWN, Optional.of(segment), Optional.empty(), at, at);
  }

  /** One of which people have entered this. */
  static Machine entered(Mac mac, Optional<String> room, Optional<Ipv4> reservation) {
    return Machine.unknown(mac)
        .with(
            new Assignment(Optional.empty(), room, Optional.empty(), Optional.empty(), Map.of())
                .withReservation(reservation));
  }
}
