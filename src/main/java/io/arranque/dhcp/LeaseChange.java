package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.time.Instant;

/** One change of the lease table, decided purely and committed by {@link LeaseBook}. */
public sealed interface LeaseChange {

  /** A lease was given or prolonged; replaces whatever was known of its address. */
  record Bound(Lease lease) implements LeaseChange {}

  /** The machine gave its address back; the lease stays as a memory, with {@code at} as its end. */
  record Released(Ipv4 address, Instant at) implements LeaseChange {}

  /** Somebody else uses the address (DHCPDECLINE, RFC 2131 section 3.1); its lease is gone. */
  record Quarantined(Ipv4 address, Instant until) implements LeaseChange {}
}
