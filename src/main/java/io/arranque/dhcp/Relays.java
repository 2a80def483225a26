package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.Optional;

/**
 * Whether a relay can have sent what names it. A machine that invents a giaddr could otherwise take
 * addresses of rooms it is not in. More cannot be told: a relay's packets come from any of its
 * addresses, and seldom from the one it puts in.
 */
final class Relays {
  /** RFC 1542 §4.1.1. */
  private static final int HOPS_MAX = 16;

  private static final int LOOPBACK = 127;
  private static final int MULTICAST = 224;

  private Relays() {}

  /** Why not; empty when it may be. */
  static Optional<Reason> refusal(DhcpPacket in, Arrival at, Site site) {
    if (in.hops() > HOPS_MAX) {
      return Optional.of(Reason.TOO_MANY_RELAYS);
    }
    Ipv4 relay = in.giaddr();
    int first = relay.bits() >>> 24;
    boolean possible = first != 0 && first != LOOPBACK && first < MULTICAST && !at.isOurs(relay);
    // A relay has an address; only a machine before its lease sends from 0.0.0.0.
    boolean sent = !at.source().isAny() && (!isOnThisWire(relay, at, site) || sameSender(in, at));
    return possible && sent && !isEndOfSubnet(relay, site)
        ? Optional.empty()
        : Optional.of(Reason.RELAY_NOT_CREDIBLE);
  }

  /** A relay on our own wire reaches us from there, with just that address. */
  private static boolean isOnThisWire(Ipv4 relay, Arrival at, Site site) {
    for (Arrival.Local local : at.locals()) {
      Segment segment = site.segments().get(local.segment());
      if (segment != null && segment.subnet().contains(relay)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameSender(DhcpPacket in, Arrival at) {
    return at.source().equals(in.giaddr());
  }

  private static boolean isEndOfSubnet(Ipv4 relay, Site site) {
    return site.segmentOf(relay)
        .filter(
            segment ->
                relay.equals(segment.subnet().network())
                    || relay.equals(segment.subnet().broadcast()))
        .isPresent();
  }
}
