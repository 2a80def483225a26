package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.plan.Planned;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The packets that go out (RFC 2131 Table 3). */
final class Replies {
  private static final Duration SHORTEST_LEASE = Duration.ofMinutes(1);

  /** Sent whether asked for or not: without them an address is of no use. */
  private static final Set<Integer> ALWAYS =
      Set.of(OptionCode.SUBNET_MASK, OptionCode.ROUTER, OptionCode.DOMAIN_NAME_SERVERS);

  private Replies() {}

  /** OFFER or ACK of an address, with all that goes with it. */
  static DhcpPacket lease(Exchange x, MessageType type, Ipv4 address) {
    long seconds = leaseTime(x).toSeconds();
    DhcpPacket reply =
        answer(x, type)
            .withYiaddr(address)
            .with(new DhcpOption.Seconds(OptionCode.LEASE_TIME, seconds))
            // RFC 2131 §4.4.5: half and seven eighths; sent, because some clients have no default.
            .with(new DhcpOption.Seconds(OptionCode.RENEWAL_TIME, seconds / 2))
            .with(new DhcpOption.Seconds(OptionCode.REBINDING_TIME, seconds / 8 * 7));
    reply = type == MessageType.ACK ? reply.withCiaddr(x.in().ciaddr()) : reply;
    return BootFields.add(x, withNetwork(x, reply));
  }

  /** ACK of an INFORM: neither address nor lease time (RFC 2131 §4.3.5). */
  static DhcpPacket information(Exchange x) {
    DhcpPacket reply = answer(x, MessageType.ACK).withCiaddr(x.in().ciaddr());
    return BootFields.add(x, withNetwork(x, reply));
  }

  /** Boot file alone, beside a server that gives the address (PXE 2.1 proxyDHCP). */
  static DhcpPacket bootFile(Exchange x, MessageType type) {
    DhcpPacket reply = answer(x, type);
    return BootFields.add(x, type == MessageType.ACK ? reply.withCiaddr(x.in().ciaddr()) : reply);
  }

  /** NAK: nothing but what is needed to understand it. */
  static DhcpPacket refusal(Exchange x) {
    DhcpPacket reply =
        answer(x, MessageType.NAK)
            .with(new DhcpOption.Text(OptionCode.MESSAGE, Reason.WRONG_ADDRESS.sentence()));
    // So that the relay broadcasts it: the client may not own the address it believes to have.
    return reply.giaddr().isAny()
        ? reply
        : reply.withFlags(reply.flags() | DhcpPacket.BROADCAST_FLAG);
  }

  /** What the client asks for, if that is less than the segment gives. */
  static Duration leaseTime(Exchange x) {
    Duration most = x.segment().leaseTime();
    return x.in()
        .options()
        .as(OptionCode.LEASE_TIME, DhcpOption.Seconds.class)
        .map(DhcpOption.Seconds::duration)
        .filter(wanted -> wanted.compareTo(most) < 0)
        .map(wanted -> wanted.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : wanted)
        .orElse(most);
  }

  private static DhcpPacket answer(Exchange x, MessageType type) {
    return DhcpPacket.replyTo(x.in())
        .with(type.option())
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, x.at().serverAddress()));
  }

  private static DhcpPacket withNetwork(Exchange x, DhcpPacket reply) {
    List<Integer> requested = x.in().requestedOptions();
    List<DhcpOption> sent =
        x.plan().options().stream()
            .map(Planned::value)
            .filter(
                option ->
                    requested.isEmpty()
                        || requested.contains(option.code())
                        || ALWAYS.contains(option.code()))
            .toList();
    return reply.withOptions(reply.options().with(sent));
  }
}
