package io.arranque.dhcp.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.arranque.address.Ipv4;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** DHCPv4 messages to and from the payload of a UDP datagram (RFC 2131 §2). */
public final class DhcpCodec {
  private static final int CHADDR_AT = 28;
  static final int SNAME_AT = 44;
  static final int FILE_AT = 108;
  static final int COOKIE_AT = 236;
  static final int OPTIONS_AT = 240;

  /** Some relays and boot ROMs drop anything shorter than a BOOTP message (RFC 1542 §2.1). */
  private static final int MIN_SIZE = 300;

  /** RFC 951's whole message; junk is seldom as long. */
  private static final int BOOTP_SIZE = 300;

  private static final int MAGIC_COOKIE = 0x63825363;
  private static final int IP_AND_UDP_HEADERS = 28;
  private static final int MAX_UDP_PAYLOAD = 65507;

  private DhcpCodec() {}

  /** Reads what remains in {@code datagram} and leaves its position alone. */
  public static DhcpPacket decode(ByteBuffer datagram) throws MalformedPacket {
    byte[] copy = new byte[datagram.remaining()];
    datagram.duplicate().get(copy);
    return decode(copy);
  }

  /**
   * Reads the payload of a datagram, which must not be changed afterwards: the packet looks into
   * it. Odd option values do not matter (they are {@link DhcpOption.Opaque}), nor does a missing
   * end option or anything after it.
   *
   * @throws MalformedPacket for what is no DHCP message, and nothing else for any octets: too
   *     short, neither request nor reply, a hardware address longer than its field, without magic
   *     cookie and shorter than BOOTP, an option longer than its field
   */
  public static DhcpPacket decode(byte[] datagram) throws MalformedPacket {
    if (datagram.length < COOKIE_AT) {
      throw new MalformedPacket(datagram.length + " octets, a BOOTP header has " + COOKIE_AT);
    }
    ByteBuffer header = ByteBuffer.wrap(datagram);
    int op = header.get() & 0xff;
    if (op != 1 && op != 2) {
      throw new MalformedPacket("op " + op + ", neither request (1) nor reply (2)");
    }
    int htype = header.get() & 0xff;
    int hlen = header.get() & 0xff;
    if (hlen > DhcpPacket.MAX_HLEN) {
      throw new MalformedPacket("hlen " + hlen + ", the field has " + DhcpPacket.MAX_HLEN);
    }
    boolean cookie = datagram.length >= OPTIONS_AT && header.getInt(COOKIE_AT) == MAGIC_COOKIE;
    if (!cookie && datagram.length < BOOTP_SIZE) {
      throw new MalformedPacket("no magic cookie, and too short for plain BOOTP");
    }
    // What BOOTP without cookie has in its vendor field is the vendor's business (RFC 1542 §2.1).
    OptionReader options = cookie ? OptionReader.read(datagram) : OptionReader.none();
    int hops = header.get() & 0xff;
    int xid = header.getInt();
    DhcpPacket.Op who = op == 1 ? DhcpPacket.Op.REQUEST : DhcpPacket.Op.REPLY;
    return new PacketDraft(who, htype, xid, Octets.view(datagram, CHADDR_AT, CHADDR_AT + hlen))
        .hops(hops)
        .secs(header.getShort() & 0xffff)
        .flags(header.getShort() & 0xffff)
        .ciaddr(new Ipv4(header.getInt()))
        .yiaddr(new Ipv4(header.getInt()))
        .siaddr(new Ipv4(header.getInt()))
        .giaddr(new Ipv4(header.getInt()))
        .sname(options.snameHasOptions() ? "" : terminated(datagram, SNAME_AT, FILE_AT))
        .file(options.fileHasOptions() ? "" : terminated(datagram, FILE_AT, COOKIE_AT))
        .options(options.options())
        .build();
  }

  /** The message as a datagram's payload, 300 octets or as many more as it needs. */
  public static byte[] encode(DhcpPacket packet) {
    return encode(packet, MAX_UDP_PAYLOAD + IP_AND_UDP_HEADERS);
  }

  /**
   * The message as a datagram's payload, 300 octets or more. Options that do not fit go into the
   * {@code file} and {@code sname} fields if these are empty (RFC 2132 §9.3), and the last of those
   * that fit nowhere are left out: a client that gets the address but not the tenth search domain
   * boots, one that gets nothing does not.
   *
   * @param maxMessageSize the largest IP datagram the client takes, see {@link
   *     DhcpPacket#maxMessageSize}; below 576 counts as 576
   */
  public static byte[] encode(DhcpPacket packet, int maxMessageSize) {
    return encode(
        packet, new Layout(Math.max(maxMessageSize, DhcpPacket.MIN_MAX_MESSAGE_SIZE), true));
  }

  /**
   * The same within a layout that was decided for the client. The relay's option does not count:
   * the relay takes it out again before the client sees the message.
   */
  public static byte[] encode(DhcpPacket packet, Layout layout) {
    OptionWriter options = new OptionWriter(packet);
    int room = layout.maxMessageSize() - IP_AND_UDP_HEADERS + options.relaySize();
    int size = OPTIONS_AT + options.size();
    byte[] out = new byte[Math.max(MIN_SIZE, Math.min(size, room))];
    header(packet, out);
    if (size <= room) {
      options.writeAll(out, OPTIONS_AT);
      return out;
    }
    int end = options.writeWhatFits(packet, out, room - OPTIONS_AT, layout.overload());
    return Arrays.copyOf(out, Math.max(MIN_SIZE, end));
  }

  private static void header(DhcpPacket packet, byte[] bytes) {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.put((byte) (packet.op() == DhcpPacket.Op.REQUEST ? 1 : 2));
    out.put((byte) packet.htype());
    out.put((byte) packet.chaddr().size());
    out.put((byte) packet.hops());
    out.putInt(packet.xid());
    out.putShort((short) packet.secs());
    out.putShort((short) packet.flags());
    out.putInt(packet.ciaddr().bits());
    out.putInt(packet.yiaddr().bits());
    out.putInt(packet.siaddr().bits());
    out.putInt(packet.giaddr().bits());
    packet.chaddr().copyTo(0, bytes, CHADDR_AT, packet.chaddr().size());
    text(packet.sname(), bytes, SNAME_AT);
    text(packet.file(), bytes, FILE_AT);
    out.putInt(COOKIE_AT, MAGIC_COOKIE);
  }

  private static void text(String text, byte[] out, int at) {
    for (int i = 0; i < text.length(); i++) {
      out[at + i] = (byte) text.charAt(i);
    }
  }

  /** Up to the first NUL: firmware leaves rubbish behind it. */
  private static String terminated(byte[] datagram, int from, int to) {
    int end = from;
    while (end < to && datagram[end] != 0) {
      end++;
    }
    return end == from ? "" : new String(datagram, from, end - from, ISO_8859_1);
  }
}
