package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.site.Segment;
import io.arranque.site.Site;

/** A packet on its way through the decision lane. */
record Received(DhcpPacket packet, Arrival at, LaneServer.ReplyPath back) {
  /** For counting: the relay's segment, else the card's; empty of a relay nobody knows. */
  String segment(Site site) {
    Ipv4 relay = packet.giaddr();
    return relay.isAny() ? at.segment() : site.segmentOf(relay).map(Segment::name).orElse("");
  }
}
