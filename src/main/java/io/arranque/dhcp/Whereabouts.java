package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.RelayAgentInformation;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On which segments a packet's sender can be: one, or those that share the wire it came through.
 *
 * @param segments in the order of their names; none is switched off
 * @param otherwise why there is none
 */
record Whereabouts(List<Segment> segments, Reason otherwise) {

  static Whereabouts of(DhcpPacket in, Arrival at, Site site) {
    if (!in.giaddr().isAny()) {
      Optional<Reason> refusal = Relays.refusal(in, at, site);
      return refusal.isPresent()
          ? new Whereabouts(List.of(), refusal.get())
          : relayed(in, site).map(Whereabouts::on).orElse(nowhere(Reason.UNKNOWN_SEGMENT));
    }
    List<Segment> here = here(at, site);
    if (at.segment().equals(RelayCards.NO_SEGMENT)) {
      return routed(in, at, site, here).map(Whereabouts::on).orElse(nowhere(Reason.RELAYS_ONLY));
    }
    return selected(in, here)
        .or(() -> routed(in, at, site, here))
        .map(Whereabouts::on)
        .orElseGet(() -> on(here));
  }

  /** RFC 3527 §3 and RFC 3011 §2: giaddr tells only where the answer goes when they say more. */
  private static Optional<Segment> relayed(DhcpPacket in, Site site) {
    Optional<Ipv4> link =
        RelayAgentInformation.of(in).flatMap(RelayAgentInformation::linkSelection);
    if (link.isPresent()) {
      return site.segmentOf(link.get());
    }
    Optional<Segment> byRelay = site.segmentOf(in.giaddr());
    // The machine's own word counts only for what relays serve anyway: a segment with a card of its
    // own is no business of a machine that is elsewhere.
    if (!in.options().contains(OptionCode.SUBNET_SELECTION)) {
      return byRelay;
    }
    List<Segment> others = site.segments().values().stream().filter(Segment::relayOnly).toList();
    return selected(in, others).or(() -> byRelay);
  }

  private static Optional<Segment> selected(DhcpPacket in, List<Segment> among) {
    return in.options()
        .address(OptionCode.SUBNET_SELECTION)
        .flatMap(wanted -> among.stream().filter(s -> s.subnet().contains(wanted)).findFirst());
  }

  private static List<Segment> here(Arrival at, Site site) {
    List<Segment> here = new ArrayList<>();
    for (Arrival.Local local : at.locals()) {
      Segment segment = site.segments().get(local.segment());
      if (segment != null) {
        here.add(segment);
      }
    }
    return here;
  }

  /** A machine behind a relay renews by unicast, without the relay: there its address tells. */
  private static Optional<Segment> routed(
      DhcpPacket in, Arrival at, Site site, List<Segment> here) {
    Ipv4 address = in.ciaddr();
    boolean routed =
        !address.isAny()
            && address.equals(at.source())
            && here.stream().noneMatch(s -> s.subnet().contains(address));
    return routed ? site.segmentOf(address).filter(Segment::relayOnly) : Optional.empty();
  }

  private static Whereabouts on(Segment segment) {
    return on(List.of(segment));
  }

  private static Whereabouts on(List<Segment> segments) {
    List<Segment> on = new ArrayList<>(segments.size());
    for (Segment segment : segments) {
      if (segment.mode() != Segment.Mode.OFF) {
        on.add(segment);
      }
    }
    return new Whereabouts(on, Reason.SEGMENT_OFF);
  }

  private static Whereabouts nowhere(Reason reason) {
    return new Whereabouts(List.of(), reason);
  }
}
