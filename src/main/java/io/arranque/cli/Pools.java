package io.arranque.cli;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.DhcpServer;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseView;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How full the pools are. */
final class Pools {
  private Pools() {}

  static List<Metrics.Pool> of(Site site, DhcpServer dhcp, Instant now) {
    List<Lease> live = dhcp.leases().stream().filter(lease -> lease.isLive(now)).toList();
    Map<String, Long> quarantined =
        dhcp.ask(snapshot -> quarantined(site, snapshot.leases(), now)).orElse(Map.of());
    return site.segments().values().stream()
        .map(segment -> pool(segment, live, quarantined.getOrDefault(segment.name(), 0L)))
        .toList();
  }

  private static Metrics.Pool pool(Segment segment, List<Lease> live, long quarantined) {
    return new Metrics.Pool(
        segment.name(),
        segment.pool().stream().mapToLong(AddressRange::size).sum(),
        live.stream().filter(lease -> isInPool(segment, lease.address())).count(),
        quarantined,
        live.stream().filter(lease -> lease.segment().equals(segment.name())).count());
  }

  private static boolean isInPool(Segment segment, Ipv4 address) {
    return segment.pool().stream().anyMatch(range -> range.contains(address));
  }

  private static Map<String, Long> quarantined(Site site, LeaseView leases, Instant now) {
    Map<String, Long> counts = new TreeMap<>();
    for (Segment segment : site.segments().values()) {
      for (AddressRange range : segment.pool()) {
        for (long i = 0; i < range.size(); i++) {
          if (leases.quarantine(range.first().plus((int) i)).filter(now::isBefore).isPresent()) {
            counts.merge(segment.name(), 1L, Long::sum);
          }
        }
      }
    }
    return counts;
  }
}
