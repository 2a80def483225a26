package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.timeline.Reason;

/** The packets that go out (RFC 2131 Table 3). */
final class Replies {
  private Replies() {}

  /** OFFER or ACK of an address, with all that goes with it. */
  static DhcpPacket lease(Exchange x, MessageType type, Ipv4 address) {
    long seconds = LeaseTime.told(x, address).toSeconds();
    ReplyDraft draft =
        answer(x, type, true)
            .yiaddr(address)
            .with(new DhcpOption.Seconds(OptionCode.LEASE_TIME, seconds))
            // RFC 2131 §4.4.5: half and seven eighths; sent, because some clients have no default.
            .with(new DhcpOption.Seconds(OptionCode.RENEWAL_TIME, seconds / 2))
            .with(new DhcpOption.Seconds(OptionCode.REBINDING_TIME, seconds * 7 / 8));
    network(type == MessageType.ACK ? draft.ciaddr() : draft);
    return draft.boot().build();
  }

  /** ACK of an INFORM: neither address nor lease time (RFC 2131 §4.3.5). */
  static DhcpPacket information(Exchange x) {
    ReplyDraft draft = answer(x, MessageType.ACK, false).ciaddr();
    network(draft);
    return draft.boot().build();
  }

  /** Boot file alone, beside a server that gives the address (PXE 2.1 proxyDHCP). */
  static DhcpPacket bootFile(Exchange x, MessageType type) {
    ReplyDraft draft = answer(x, type, false);
    return (type == MessageType.ACK ? draft.ciaddr() : draft).boot().build();
  }

  /** BOOTP's answer: no option that DHCP invented (RFC 1534 §2). */
  static DhcpPacket bootp(Exchange x, Ipv4 address) {
    return new ReplyDraft(x, x.treatment(true))
        .without(OptionCode.CLIENT_IDENTIFIER)
        .without(OptionCode.CLIENT_MACHINE_IDENTIFIER)
        .yiaddr(address)
        .ciaddr()
        .network(code -> code < OptionCode.REQUESTED_ADDRESS)
        .build();
  }

  /** NAK: nothing but what is needed to understand it. */
  static DhcpPacket refusal(Exchange x) {
    ReplyDraft draft =
        answer(x, MessageType.NAK, false)
            .without(OptionCode.CLIENT_MACHINE_IDENTIFIER)
            .with(new DhcpOption.Text(OptionCode.MESSAGE, Reason.WRONG_ADDRESS.sentence()));
    // So that the relay broadcasts it: the client may not own the address it believes to have.
    return (x.in().giaddr().isAny() ? draft : draft.broadcast()).build();
  }

  private static ReplyDraft answer(Exchange x, MessageType type, boolean address) {
    return new ReplyDraft(x, x.treatment(address))
        .with(type.option())
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, x.serverId()));
  }

  private static void network(ReplyDraft draft) {
    draft.network().subnetSelection();
  }
}
