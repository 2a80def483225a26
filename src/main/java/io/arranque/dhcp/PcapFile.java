package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packets as a file for Wireshark and tcpdump (libpcap's format 2.4). What is in the datagrams is
 * as it was on the wire; a UDP socket sees no more, so the headers around it are made anew: without
 * VLAN, TTL 64, checksums right, and zero for the MAC of a relay.
 */
final class PcapFile {
  private static final int MAGIC = 0xa1b2c3d4;
  private static final int ETHERNET = 1;
  private static final int SNAP_LENGTH = 65_535;
  private static final long SECOND = 1_000_000;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERNET_HEADER = 14;
  private static final int IP_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final int UDP = 17;
  private static final int TTL = 64;
  private static final int CHADDR_AT = 28;
  private static final int GIADDR_AT = 24;
  private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};

  private PcapFile() {}

  /**
   * @param ours the MAC of our card, by segment
   */
  static byte[] of(List<CapturedPacket> packets, Map<String, Mac> ours) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        ByteBuffer.allocate(24)
            .putInt(MAGIC)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(SNAP_LENGTH)
            .putInt(ETHERNET)
            .array());
    for (CapturedPacket packet : packets) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, packet.at());
      byte[] frame = frame(packet, Optional.ofNullable(ours.get(packet.segment())));
      file.writeBytes(
          ByteBuffer.allocate(16)
              .putInt((int) (micros / SECOND))
              .putInt((int) (micros % SECOND))
              .putInt(frame.length)
              .putInt(frame.length)
              .array());
      file.writeBytes(frame);
    }
    return file.toByteArray();
  }

  private static byte[] frame(CapturedPacket packet, Optional<Mac> ours) {
    byte[] payload = packet.payload();
    byte[] us = ours.map(Mac::octets).orElse(new byte[6]);
    byte[] other = packet.destination().equals(Ipv4.BROADCAST) ? EVERYBODY : us;
    boolean sent = packet.isSent();
    byte[] receiver = other == us && sent ? client(payload) : other;
    ByteBuffer frame =
        ByteBuffer.allocate(ETHERNET_HEADER + IP_HEADER + UDP_HEADER + payload.length)
            .put(receiver)
            .put(sent ? us : client(payload))
            .putShort((short) ETHERTYPE_IPV4);
    ip(frame, packet);
    udp(frame, packet);
    return frame.array();
  }

  /** Zero when a relay stands between, or when the packet is too broken to tell. */
  private static byte[] client(byte[] payload) {
    byte[] mac = new byte[6];
    if (payload.length >= CHADDR_AT + 6 && ByteBuffer.wrap(payload).getInt(GIADDR_AT) == 0) {
      System.arraycopy(payload, CHADDR_AT, mac, 0, 6);
    }
    return mac;
  }

  private static void ip(ByteBuffer frame, CapturedPacket packet) {
    int start = frame.position();
    frame
        .putShort((short) 0x4500)
        .putShort((short) (IP_HEADER + UDP_HEADER + packet.payload().length))
        .putInt(0)
        .put((byte) TTL)
        .put((byte) UDP)
        .putShort((short) 0)
        .putInt(packet.source().bits())
        .putInt(packet.destination().bits());
    frame.putShort(start + 10, (short) ~folded(sum(frame, start, frame.position())));
  }

  private static void udp(ByteBuffer frame, CapturedPacket packet) {
    int start = frame.position();
    int length = UDP_HEADER + packet.payload().length;
    frame
        .putShort((short) packet.sourcePort())
        .putShort((short) packet.destinationPort())
        .putShort((short) length)
        .putShort((short) 0)
        .put(packet.payload());
    // RFC 768: over the addresses, the protocol and the length too; zero would mean "none".
    long pseudo = sum(frame, start - 8, start) + UDP + length;
    int checksum = ~folded(pseudo + sum(frame, start, frame.position())) & 0xffff;
    frame.putShort(start + 6, (short) (checksum == 0 ? 0xffff : checksum));
  }

  private static long sum(ByteBuffer frame, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += (long) (frame.get(i) & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
    }
    return sum;
  }

  /** In one's complement. */
  private static int folded(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }
}
