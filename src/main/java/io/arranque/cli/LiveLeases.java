package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.DhcpServer;
import io.arranque.dhcp.Lease;
import io.arranque.http.LeasedAddresses;
import io.arranque.site.Segment;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What our own DHCP has given, for those who serve files and scripts. */
record LiveLeases(DhcpServer dhcp, InstantSource clock) implements LeasedAddresses {

  @Override
  public Optional<Ipv4> of(Mac mac, Segment segment) {
    Instant now = clock.instant();
    return dhcp.leases(mac).stream()
        .filter(lease -> lease.isLive(now))
        .map(Lease::address)
        .filter(segment.subnet()::contains)
        .findFirst();
  }

  @Override
  public Optional<Mac> holder(Ipv4 address) {
    return dhcp.lease(address).filter(lease -> lease.isLive(clock.instant())).map(Lease::mac);
  }
}
