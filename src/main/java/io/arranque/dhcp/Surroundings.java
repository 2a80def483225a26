package io.arranque.dhcp;

import java.util.List;

/**
 * What is on the wire beside our own answers, and how far the pools reach.
 *
 * @param servers other DHCP servers of the last day
 * @param pools one to each segment that has a pool
 * @param conflicts the newest first
 * @param probed addresses that were asked about before they were offered
 * @param unprobed those that were not, because too many were waiting
 */
public record Surroundings(
    List<OtherServer> servers,
    List<PoolUse> pools,
    List<Conflict> conflicts,
    long probed,
    long unprobed) {
  public static final Surroundings UNKNOWN =
      new Surroundings(List.of(), List.of(), List.of(), 0, 0);

  public Surroundings {
    servers = List.copyOf(servers);
    pools = List.copyOf(pools);
    conflicts = List.copyOf(conflicts);
  }
}
