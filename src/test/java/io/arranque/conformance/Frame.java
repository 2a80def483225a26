package io.arranque.conformance;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.Octets;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A UDP datagram in its Ethernet frame; made and read by hand, so that no kernel is in the way. */
record Frame(
    Mac sourceMac,
    Mac destinationMac,
    Ipv4 source,
    Ipv4 destination,
    int sourcePort,
    int destinationPort,
    Octets payload) {
  private static final int ETHERNET = 14;
  private static final int IP = 20;
  private static final int UDP = 8;
  private static final int PROTOCOL_UDP = 17;

  /** Empty for what is no whole UDP datagram. */
  static Optional<Frame> read(byte[] octets) {
    ByteBuffer in = ByteBuffer.wrap(octets);
    if (octets.length < ETHERNET + IP + UDP || in.getShort(12) != 0x0800) {
      return Optional.empty();
    }
    int header = (in.get(ETHERNET) & 0xf) * 4;
    boolean fragment = (in.getShort(ETHERNET + 6) & 0x3fff) != 0;
    int udp = ETHERNET + header;
    if (in.get(ETHERNET + 9) != PROTOCOL_UDP || fragment || octets.length < udp + UDP) {
      return Optional.empty();
    }
    byte[] payload = new byte[(in.getShort(udp + 4) & 0xffff) - UDP];
    in.get(udp + UDP, payload);
    return Optional.of(
        new Frame(
            Mac.of(octets, 6),
            Mac.of(octets, 0),
            Ipv4.of(octets, ETHERNET + 12),
            Ipv4.of(octets, ETHERNET + 16),
            in.getShort(udp) & 0xffff,
            in.getShort(udp + 2) & 0xffff,
            Octets.of(payload)));
  }

  byte[] octets() {
    int udpLength = UDP + payload.size();
    ByteBuffer out = ByteBuffer.allocate(Math.max(60, ETHERNET + IP + udpLength));
    out.put(destinationMac.octets()).put(sourceMac.octets()).putShort((short) 0x0800);
    out.put((byte) 0x45).put((byte) 0).putShort((short) (IP + udpLength)).putInt(0);
    out.put((byte) 64).put((byte) PROTOCOL_UDP).putShort((short) 0);
    out.put(source.octets()).put(destination.octets());
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    out.putShort((short) udpLength).putShort((short) 0).put(payload.toArray());
    out.putShort(ETHERNET + 10, (short) ~sum(out, ETHERNET, IP, 0));
    int pseudo = sum(out, ETHERNET + 12, 8, PROTOCOL_UDP + udpLength);
    int check = ~sum(out, ETHERNET + IP, udpLength, pseudo) & 0xffff;
    out.putShort(ETHERNET + IP + 6, (short) (check == 0 ? 0xffff : check));
    return out.array();
  }

  /** RFC 1071. */
  private static int sum(ByteBuffer data, int from, int length, int start) {
    int sum = start;
    for (int i = 0; i < length; i++) {
      int octet = data.get(from + i) & 0xff;
      sum += (i & 1) == 0 ? octet << 8 : octet;
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }
}
