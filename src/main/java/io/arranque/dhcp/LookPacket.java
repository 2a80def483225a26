package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import java.util.List;
import java.util.Optional;

/** The questions by which other DHCP servers are found: DISCOVERs that nobody will follow up. */
final class LookPacket {
  /** Type 0: no hardware address (RFC 2132 §9.14). Whoever reads the other server's log sees us. */
  private static final Octets CLIENT_ID =
      Octets.of((byte) 0).plus(Octets.ofAscii("arranque looks for other DHCP servers"));

  private static final List<Integer> ASKED =
      List.of(
          OptionCode.SUBNET_MASK,
          OptionCode.ROUTER,
          OptionCode.DOMAIN_NAME_SERVERS,
          OptionCode.LEASE_TIME,
          OptionCode.SERVER_IDENTIFIER,
          OptionCode.TFTP_SERVER_NAME,
          OptionCode.BOOTFILE_NAME);

  private LookPacket() {}

  /**
   * The MAC that a card's questions come from: locally administered, so nobody's, and always the
   * same one, so that the other server keeps one address for it and not one for each look.
   */
  static Mac asker(Mac card) {
    long mixed = card.bits() * 0x9e3779b97f4a7c15L;
    return new Mac((mixed >>> 16 & ~(3L << 40)) | 2L << 40);
  }

  /** An ordinary machine's question. */
  static DhcpPacket plain(Mac asker, int xid) {
    return DhcpPacket.request(MessageType.DISCOVER, asker, xid)
        // The answer must come by broadcast: nobody here answers ARP for the address in it.
        .withFlags(DhcpPacket.BROADCAST_FLAG)
        .with(DhcpOption.decode(OptionCode.CLIENT_IDENTIFIER, CLIENT_ID))
        .with(new DhcpOption.Codes(OptionCode.PARAMETER_REQUEST_LIST, 1, ASKED));
  }

  /** A BIOS ROM's: boot files, and proxyDHCP servers, show to such only. */
  static DhcpPacket pxe(Mac asker, int xid) {
    return plain(asker, xid)
        .with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001"))
        .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(0)))
        .with(
            DhcpOption.decode(
                OptionCode.CLIENT_NETWORK_INTERFACE, Octets.of(new byte[] {1, 2, 1})));
  }

  /** The answer to another appliance, which is no machine and gets no row. */
  static Verdict unnoticed(Verdict verdict) {
    return verdict instanceof Verdict.Reply reply && reply.changes().isEmpty()
        ? new Verdict.Reply(
            reply.packet(),
            reply.destination(),
            List.of(),
            reply.offers(),
            Optional.empty(),
            List.of(),
            reply.layout())
        : verdict;
  }

  /** Whether another appliance asks. */
  static boolean isOne(DhcpPacket packet) {
    return packet
        .options()
        .octets(OptionCode.CLIENT_IDENTIFIER)
        .filter(CLIENT_ID::equals)
        .isPresent();
  }
}
