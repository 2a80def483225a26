package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import java.time.Duration;
import java.util.Optional;

/**
 * How long an address is promised.
 *
 * <p>A lease is not prolonged while three quarters of its time are left: the machine is told what
 * is left of it. ROM, iPXE and operating system ask within one minute, each for itself, and only
 * the first of them then has to wait for the disk. Nobody notices, since clients renew at half the
 * time. ISC dhcpd does the same (dhcp-cache-threshold).
 */
final class LeaseTime {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** The part of a lease that must be left. */
  private static final double KEPT_FROM = 0.75;

  private LeaseTime() {}

  /** What the client asks for, if that is less than the segment gives. */
  static Duration full(Exchange x) {
    Duration most = x.segment().leaseTime();
    Optional<DhcpOption.Seconds> asked =
        x.in().options().as(OptionCode.LEASE_TIME, DhcpOption.Seconds.class);
    if (asked.isEmpty() || asked.get().duration().compareTo(most) >= 0) {
      return most;
    }
    Duration wanted = asked.get().duration();
    return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
  }

  /** What the client is told of this address. */
  static Duration told(Exchange x, Ipv4 address) {
    Optional<Lease> kept = kept(x, address);
    return kept.isPresent() ? Duration.between(x.now(), kept.get().expires()) : full(x);
  }

  /** Its lease of this address, if that is good enough as it is. */
  static Optional<Lease> kept(Exchange x, Ipv4 address) {
    Optional<Lease> own = Allocation.ownLeaseAt(x, address);
    return own.isPresent() && isEnough(x, own.get()) ? own : Optional.empty();
  }

  private static boolean isEnough(Exchange x, Lease lease) {
    // Not with Duration.multipliedBy, which reckons in BigDecimal: 7 % of a whole exchange.
    long full = full(x).toMillis();
    long left = Duration.between(x.now(), lease.expires()).toMillis();
    // More than the full time is left when the segment's lease time was shortened meanwhile.
    return left <= full && left >= full * KEPT_FROM && lease.segment().equals(x.segment().name());
  }
}
