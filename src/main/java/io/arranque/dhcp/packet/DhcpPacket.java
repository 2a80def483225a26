package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A DHCPv4 message: the BOOTP header (RFC 2131 §2) and its options.
 *
 * @param htype hardware type, 0 to 255; 1 is Ethernet
 * @param hops relays passed, 0 to 255
 * @param secs seconds since the client began, 0 to 65535
 * @param flags 16 bits, of which the highest asks for broadcast replies
 * @param chaddr the client's hardware address, {@code hlen} octets, at most 16
 * @param sname at most 64 characters of Latin-1 without NUL
 * @param file at most 128 characters of Latin-1 without NUL; one of all 128 goes out without the
 *     NUL that some firmware looks for, so longer names than 127 belong into option 67
 */
public record DhcpPacket(
    Op op,
    int htype,
    int hops,
    int xid,
    int secs,
    int flags,
    Ipv4 ciaddr,
    Ipv4 yiaddr,
    Ipv4 siaddr,
    Ipv4 giaddr,
    Octets chaddr,
    String sname,
    String file,
    DhcpOptions options) {
  public static final int SNAME_WIDTH = 64;
  public static final int FILE_WIDTH = 128;
  public static final int ETHERNET = 1;
  public static final int BROADCAST_FLAG = 0x8000;

  /** What every host must accept (RFC 2131 §2), as the size of an IP datagram. */
  public static final int MIN_MAX_MESSAGE_SIZE = 576;

  static final int MAX_HLEN = 16;
  private static final int[] ECHOED = {
    OptionCode.CLIENT_IDENTIFIER,
    OptionCode.CLIENT_MACHINE_IDENTIFIER,
    OptionCode.RELAY_AGENT_INFORMATION
  };
  private static final int ETHERNET_MTU = 1500;

  /** Who speaks: RFC 2131's {@code op}. */
  public enum Op {
    /** A client (or a relay for it). */
    REQUEST,
    /** A server. */
    REPLY
  }

  public DhcpPacket {
    require(htype >>> 8 == 0 && hops >>> 8 == 0, "htype and hops have 8 bits");
    require(secs >>> 16 == 0 && flags >>> 16 == 0, "secs and flags have 16 bits");
    require(chaddr.size() <= MAX_HLEN, "chaddr has at most 16 octets");
    require(sname.length() <= SNAME_WIDTH && isLatin(sname), "sname does not fit");
    require(file.length() <= FILE_WIDTH && isLatin(file), "file does not fit");
  }

  /** A client's first message on Ethernet: everything else zero or empty. */
  public static DhcpPacket request(MessageType type, Mac mac, int xid) {
    return new PacketDraft(Op.REQUEST, ETHERNET, xid, Octets.of(mac.octets()))
        .options(DhcpOptions.of(type.option()))
        .build();
  }

  /**
   * What every reply echoes: xid, htype, chaddr, flags and giaddr (RFC 2131 Table 3), the relay's
   * option 82 as it came (RFC 3046 §2.2), the client identifier (RFC 6842) and the machine
   * identifier, which RFC 4578 §2.3 wants in the messages of both sides. No message type yet.
   */
  public static DhcpPacket replyTo(DhcpPacket request) {
    return draftReplyTo(request).build();
  }

  /** {@link #replyTo}, to be filled in without a packet for each field. */
  public static PacketDraft draftReplyTo(DhcpPacket request) {
    return new PacketDraft(Op.REPLY, request.htype, request.xid, request.chaddr)
        .flags(request.flags)
        .giaddr(request.giaddr)
        .options(request.options.only(ECHOED));
  }

  /** The hardware address when it is an Ethernet one. */
  public Optional<Mac> mac() {
    return htype == ETHERNET && chaddr.size() == 6
        ? Optional.of(new Mac(chaddr.number(0, 6)))
        : Optional.empty();
  }

  /** Empty for a missing or unknown option 53. */
  public Optional<MessageType> messageType() {
    return MessageType.of(options.octet(OptionCode.MESSAGE_TYPE));
  }

  /** BOOTP and not DHCP: it has no option 53 (RFC 1534 §2). */
  public boolean isBootp() {
    return !options.contains(OptionCode.MESSAGE_TYPE);
  }

  public boolean isBroadcast() {
    return (flags & BROADCAST_FLAG) != 0;
  }

  /** Option 60: {@code PXEClient:Arch:00007:UNDI:003000} from firmware. */
  public Optional<String> vendorClass() {
    return options.text(OptionCode.VENDOR_CLASS);
  }

  /**
   * The value of option 77 as sent: iPXE sends its bare name, others RFC 3004's length-prefixed
   * classes. Without NULs behind a text.
   */
  public Optional<Octets> userClass() {
    return options.text(OptionCode.USER_CLASS).map(Octets::ofUtf8).or(this::binaryUserClass);
  }

  private Optional<Octets> binaryUserClass() {
    return options.octets(OptionCode.USER_CLASS);
  }

  /** What iPXE says of itself in option 175. */
  public Optional<IpxeBuild> ipxe() {
    return options.as(OptionCode.IPXE_ENCAPSULATED, DhcpOption.Nested.class).map(IpxeBuild::of);
  }

  /** The client's network interface of option 94 when it is UNDI, such as 3.16 (RFC 4578 §2.2). */
  public Optional<String> undi() {
    return options
        .octets(OptionCode.CLIENT_NETWORK_INTERFACE)
        .filter(value -> value.size() == 3 && value.at(0) == 1)
        .map(value -> value.at(1) + "." + value.at(2));
  }

  /** All values of option 93 in the client's order of preference; empty when it sent none. */
  public List<Integer> architectures() {
    return options
        .as(OptionCode.CLIENT_ARCHITECTURE, DhcpOption.Codes.class)
        .map(DhcpOption.Codes::codes)
        .orElse(List.of());
  }

  /** The first value of option 93 (RFC 4578 §2.1), 0 to 65535. */
  public OptionalInt architecture() {
    return options
        .as(OptionCode.CLIENT_ARCHITECTURE, DhcpOption.Codes.class)
        .map(codes -> OptionalInt.of(codes.codes().get(0)))
        .orElse(OptionalInt.empty());
  }

  /**
   * The machine's SMBIOS UUID from option 97, as dmidecode prints it. Firmware sends SMBIOS's own
   * octets, in which the first three fields are little-endian.
   */
  public Optional<UUID> uuid() {
    return options
        .octets(OptionCode.CLIENT_MACHINE_IDENTIFIER)
        .filter(value -> value.size() == 17 && value.at(0) == 0)
        .map(value -> smbiosUuid(value.toArray()));
  }

  private static UUID smbiosUuid(byte[] value) {
    ByteBuffer wire = ByteBuffer.wrap(value, 1, 16);
    long first = Integer.toUnsignedLong(Integer.reverseBytes(wire.getInt()));
    long second = Short.toUnsignedLong(Short.reverseBytes(wire.getShort()));
    long third = Short.toUnsignedLong(Short.reverseBytes(wire.getShort()));
    return new UUID(first << 32 | second << 16 | third, wire.getLong());
  }

  /** The codes of option 55 in the client's order; empty when it asks for none. */
  public List<Integer> requestedOptions() {
    return options
        .as(OptionCode.PARAMETER_REQUEST_LIST, DhcpOption.Codes.class)
        .map(DhcpOption.Codes::codes)
        .orElse(List.of());
  }

  /**
   * How large a datagram, IP and UDP headers included, this client takes: its option 57, not below
   * what every host must take and not above one Ethernet frame (OVMF says 65280, and no firmware
   * should be made to reassemble).
   */
  public int maxMessageSize() {
    long said = options.number(OptionCode.MAX_MESSAGE_SIZE).orElse(MIN_MAX_MESSAGE_SIZE);
    return (int) Math.min(ETHERNET_MTU, Math.max(MIN_MAX_MESSAGE_SIZE, said));
  }

  public DhcpPacket withHops(int hops) {
    return draft().hops(hops).build();
  }

  public DhcpPacket withSecs(int secs) {
    return draft().secs(secs).build();
  }

  public DhcpPacket withFlags(int flags) {
    return draft().flags(flags).build();
  }

  public DhcpPacket withCiaddr(Ipv4 ciaddr) {
    return draft().ciaddr(ciaddr).build();
  }

  public DhcpPacket withYiaddr(Ipv4 yiaddr) {
    return draft().yiaddr(yiaddr).build();
  }

  public DhcpPacket withSiaddr(Ipv4 siaddr) {
    return draft().siaddr(siaddr).build();
  }

  public DhcpPacket withGiaddr(Ipv4 giaddr) {
    return draft().giaddr(giaddr).build();
  }

  public DhcpPacket withSname(String sname) {
    return draft().sname(sname).build();
  }

  public DhcpPacket withFile(String file) {
    return draft().file(file).build();
  }

  public DhcpPacket withOptions(DhcpOptions options) {
    return draft().options(options).build();
  }

  /** This message with {@code option} instead of the one of the same code. */
  public DhcpPacket with(DhcpOption option) {
    return withOptions(options.with(option));
  }

  public DhcpPacket without(int optionCode) {
    return withOptions(options.without(optionCode));
  }

  /** To change several fields at once. */
  public PacketDraft draft() {
    return new PacketDraft(op, htype, xid, chaddr)
        .hops(hops)
        .secs(secs)
        .flags(flags)
        .ciaddr(ciaddr)
        .yiaddr(yiaddr)
        .siaddr(siaddr)
        .giaddr(giaddr)
        .sname(sname)
        .file(file)
        .options(options);
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 0 || text.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
