package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/** One change of the lease table, decided purely and committed by {@link LeaseBook}. */
public sealed interface LeaseChange {
  /** Which one it is about. */
  Ipv4 address();

  /** A lease was given or prolonged; replaces whatever was known of its address. */
  record Bound(Lease lease) implements LeaseChange {
    @Override
    public Ipv4 address() {
      return lease.address();
    }
  }

  /** The machine gave its address back; the lease stays as a memory, with {@code at} as its end. */
  record Released(Ipv4 address, Instant at) implements LeaseChange {}

  /**
   * Somebody else uses the address; its lease is gone.
   *
   * @param declinedBy the machine that said so (DHCPDECLINE, RFC 2131 §3.1); kept in memory only
   */
  record Quarantined(Ipv4 address, Instant until, Optional<Mac> declinedBy) implements LeaseChange {
    public Quarantined(Ipv4 address, Instant until) {
      this(address, until, Optional.empty());
    }
  }
}
