package io.arranque.cli;

import io.arranque.dhcp.Flood;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.PoolUse;
import io.arranque.dhcp.Surroundings;
import io.arranque.site.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How full the pools are, as the metrics tell it. */
final class Pools {
  private Pools() {}

  /**
   * From what the decision lane counted last, some seconds ago: a scrape must not make it walk.
   *
   * @param live the live leases
   */
  static List<Metrics.Pool> of(Site site, Surroundings wire, List<Lease> live) {
    Map<String, PoolUse> uses =
        wire.pools().stream().collect(Collectors.toMap(PoolUse::segment, use -> use));
    Map<String, Flood> floods =
        wire.floods().stream().collect(Collectors.toMap(Flood::segment, flood -> flood));
    Map<String, Long> leases =
        live.stream().collect(Collectors.groupingBy(Lease::segment, Collectors.counting()));
    return site.segments().keySet().stream()
        .map(
            segment -> {
              PoolUse use = uses.getOrDefault(segment, new PoolUse(segment, 0, 0, 0, 0));
              Optional<Flood> flood = Optional.ofNullable(floods.get(segment));
              return new Metrics.Pool(
                  segment,
                  use.size(),
                  use.leased(),
                  use.quarantined(),
                  leases.getOrDefault(segment, 0L),
                  flood.map(Flood::asked).orElse(0L),
                  flood.filter(Flood::alarm).isPresent());
            })
        .toList();
  }
}
