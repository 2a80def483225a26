package io.arranque.dhcp;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;

/** A responder with its lease table and a clock that is moved by hand: no socket, no store. */
final class PcRoom {
  final LeaseTable table = new LeaseTable();
  final Site site;
  private final Responder responder = Fixture.responder();
  private Instant now = Fixture.NOW;

  PcRoom(Segment... segments) {
    this(Fixture.site(segments));
  }

  PcRoom(Site site) {
    this.site = site;
    table.segments(site);
  }

  static PcRoom serving(String pool) {
    return new PcRoom(Fixture.segment(Segment.Mode.SERVER, pool));
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
    table.expire(now);
    table.keep();
  }

  Verdict hear(DhcpPacket packet) {
    return hear(packet, Fixture.DIRECT);
  }

  Verdict hear(DhcpPacket packet, Arrival at) {
    Verdict verdict =
        responder.respond(packet, at, new Snapshot(site, MemoryBook.of(), table), now);
    table.apply(verdict);
    table.keep();
    return verdict;
  }

  Verdict.Reply reply(DhcpPacket packet) {
    return reply(packet, Fixture.DIRECT);
  }

  Verdict.Reply reply(DhcpPacket packet, Arrival at) {
    Verdict verdict = hear(packet, at);
    if (verdict instanceof Verdict.Reply reply) {
      return reply;
    }
    throw new AssertionError("expected a reply, got " + verdict);
  }

  /** The reply, which must be of that type. */
  DhcpPacket answer(MessageType type, DhcpPacket packet) {
    DhcpPacket reply = reply(packet).packet();
    if (reply.messageType().filter(type::equals).isEmpty()) {
      throw new AssertionError("expected " + type + ", got " + reply);
    }
    return reply;
  }

  /** The same of a packet that came otherwise. */
  DhcpPacket answer(MessageType type, DhcpPacket packet, Arrival at) {
    DhcpPacket reply = reply(packet, at).packet();
    if (reply.messageType().filter(type::equals).isEmpty()) {
      throw new AssertionError("expected " + type + ", got " + reply);
    }
    return reply;
  }

  /** DISCOVER, OFFER, REQUEST, ACK: the address it has now. */
  Ipv4 lease(DhcpPacket discover) {
    return lease(discover, Fixture.DIRECT);
  }

  Ipv4 lease(DhcpPacket discover, Arrival at) {
    DhcpPacket offer = answer(MessageType.OFFER, discover, at);
    DhcpPacket request =
        discover
            .with(MessageType.REQUEST.option())
            .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, offer.yiaddr()))
            .with(offer.options().option(OptionCode.SERVER_IDENTIFIER).orElseThrow());
    return answer(MessageType.ACK, request, at).yiaddr();
  }

  Reason silence(DhcpPacket packet) {
    return silence(packet, Fixture.DIRECT);
  }

  Reason silence(DhcpPacket packet, Arrival at) {
    Verdict verdict = hear(packet, at);
    if (verdict instanceof Verdict.Silence silence) {
      return silence.reason();
    }
    throw new AssertionError("expected silence, got " + verdict);
  }
}
