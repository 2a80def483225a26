package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.inventory.StoreFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Port: where leases outlive the process. */
public interface LeaseBook {
  /** Everything committed so far, ended leases and quarantines included. */
  LoadedLeases load() throws StoreFailure;

  /**
   * Commits the changes in their order as one transaction; when it returns they are on the disk,
   * not in a cache. Many changes in one call cost about as much as one.
   *
   * @throws StoreFailure when that cannot be promised; the next call may work again
   */
  void commit(List<LeaseChange> changes) throws StoreFailure;

  /**
   * What was found at start; at most one entry per address over both.
   *
   * @param quarantined until when an address is set aside
   */
  record LoadedLeases(List<Lease> leases, Map<Ipv4, Instant> quarantined) {
    public LoadedLeases {
      leases = List.copyOf(leases);
      quarantined = Map.copyOf(quarantined);
    }
  }
}
