package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;

/**
 * Where a reply goes.
 *
 * @param port UDP
 */
public record Destination(Ipv4 address, int port) {
  private static final Destination EVERYBODY = new Destination(Ipv4.BROADCAST, Arrival.CLIENT);

  /**
   * RFC 2131 §4.1. What it wants as unicast to the address being given goes out as broadcast: the
   * machine does not answer ARP for an address it does not have yet, so that would need a raw
   * socket, and every client that was tried takes the broadcast whatever its flag says.
   *
   * @param reply for port 67; its giaddr is the request's
   * @param ciaddr of the request
   */
  static Destination of(DhcpPacket reply, Ipv4 ciaddr) {
    if (!reply.giaddr().isAny()) {
      return new Destination(reply.giaddr(), Arrival.DHCP);
    }
    boolean refusal = reply.messageType().filter(MessageType.NAK::equals).isPresent();
    return refusal || ciaddr.isAny() ? EVERYBODY : new Destination(ciaddr, Arrival.CLIENT);
  }

  /**
   * §4.3.5: to its address, also when the question came through a relay. One that forgot to say it
   * is answered through the relay, or where its packet came from.
   */
  static Destination informed(DhcpPacket request, Arrival at) {
    if (!request.ciaddr().isAny()) {
      return new Destination(request.ciaddr(), Arrival.CLIENT);
    }
    return request.giaddr().isAny()
        ? new Destination(at.source(), Arrival.CLIENT)
        : new Destination(request.giaddr(), Arrival.DHCP);
  }

  /**
   * Back to whom it came from: for port 4011, where OVMF waits at 4011 and iPXE at 68 (PXE 2.1
   * §2.2.3).
   */
  static Destination senderOf(DhcpPacket request, Arrival at) {
    if (!at.source().isAny()) {
      return new Destination(at.source(), at.sourcePort());
    }
    return request.ciaddr().isAny()
        ? EVERYBODY
        : new Destination(request.ciaddr(), at.sourcePort());
  }
}
