package io.arranque.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A message of the server, octet by octet, with the frame that it came in. */
final class Answer {
  static final int OFFER = 2;
  static final int ACK = 5;
  static final int NAK = 6;

  private static final List<String> TYPES =
      List.of("BOOTP", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE");

  /** Fields of the message, by their offset (RFC 2131 figure 1). */
  private static final int SNAME = 44;

  private static final int FILE = 108;
  private static final int COOKIE = 236;

  /** One option as it stands in a field; a long one stands in several. */
  private record Piece(int code, Octets value) {}

  final Frame frame;
  private final byte[] octets;
  private final List<Piece> main = new ArrayList<>();
  private final List<Piece> all = new ArrayList<>();
  private int endOfOptions = -1;

  Answer(Frame frame) {
    this.frame = frame;
    this.octets = frame.payload().toArray();
    if (octets.length > COOKIE + 4) {
      endOfOptions = scan(COOKIE + 4, octets.length, main);
      all.addAll(main);
      int overload = main.stream().filter(p -> p.code == 52).mapToInt(p -> p.value.at(0)).sum();
      // RFC 3396 §5: options, file, sname.
      if ((overload & 1) != 0) {
        scan(FILE, COOKIE, all);
      }
      if ((overload & 2) != 0) {
        scan(SNAME, FILE, all);
      }
    }
  }

  /** Returns where the end option is, or -1. */
  private int scan(int from, int to, List<Piece> into) {
    int at = from;
    while (at < to) {
      int code = octets[at] & 0xff;
      if (code == 255) {
        return at;
      }
      if (code == 0) {
        at++;
        continue;
      }
      int length = at + 1 < to ? octets[at + 1] & 0xff : to;
      Violation.unless(at + 2 + length <= to, "option " + code + " leaves its field");
      into.add(new Piece(code, Octets.of(octets, at + 2, at + 2 + length)));
      at += 2 + length;
    }
    return -1;
  }

  int octet(int offset) {
    return octets[offset] & 0xff;
  }

  int size() {
    return octets.length;
  }

  int xid() {
    return ByteBuffer.wrap(octets).getInt(4);
  }

  int secs() {
    return ByteBuffer.wrap(octets).getShort(8) & 0xffff;
  }

  int flags() {
    return ByteBuffer.wrap(octets).getShort(10) & 0xffff;
  }

  Ipv4 ciaddr() {
    return Ipv4.of(octets, 12);
  }

  Ipv4 yiaddr() {
    return Ipv4.of(octets, 16);
  }

  Ipv4 siaddr() {
    return Ipv4.of(octets, 20);
  }

  Ipv4 giaddr() {
    return Ipv4.of(octets, 24);
  }

  /** All sixteen octets, as hex. */
  String chaddr() {
    return HexFormat.of().formatHex(octets, 28, SNAME);
  }

  String cookie() {
    return HexFormat.of().formatHex(octets, COOKIE, COOKIE + 4);
  }

  /** Up to its NUL; empty when it holds options. */
  String file() {
    return overloads(1) ? "" : terminated(FILE, COOKIE);
  }

  /** Up to its NUL; empty when it holds options. */
  String sname() {
    return overloads(2) ? "" : terminated(SNAME, FILE);
  }

  boolean overloads(int bit) {
    return main.stream().anyMatch(p -> p.code == 52 && (p.value.at(0) & bit) != 0);
  }

  private String terminated(int from, int to) {
    int end = from;
    while (end < to && octets[end] != 0) {
      end++;
    }
    return new String(octets, from, end - from, ISO_8859_1);
  }

  /** Option 53; 0 without one. */
  int type() {
    return all.stream()
        .filter(p -> p.code == 53)
        .mapToInt(p -> p.value.at(0))
        .findFirst()
        .orElse(0);
  }

  String typeName() {
    return type() < TYPES.size() ? TYPES.get(type()) : "type " + type();
  }

  boolean has(int code) {
    return all.stream().anyMatch(p -> p.code == code);
  }

  /** How often the code stands in the message. */
  long count(int code) {
    return all.stream().filter(p -> p.code == code).count();
  }

  /** The codes of the options field, as they stand there. */
  List<Integer> order() {
    return main.stream().map(Piece::code).toList();
  }

  /** The codes of all fields. */
  List<Integer> codes() {
    return all.stream().map(Piece::code).distinct().toList();
  }

  /** The value, its pieces joined (RFC 3396 §7). */
  byte[] bytes(int code) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    all.stream().filter(p -> p.code == code).forEach(p -> value.writeBytes(p.value.toArray()));
    Violation.unless(has(code), "option " + code + " is missing in the " + typeName());
    return value.toByteArray();
  }

  String hex(int code) {
    return HexFormat.of().formatHex(bytes(code));
  }

  String text(int code) {
    return new String(bytes(code), ISO_8859_1);
  }

  Ipv4 address(int code) {
    byte[] value = bytes(code);
    Violation.unless(value.length == 4, "option " + code + " has " + value.length + " octets");
    return Ipv4.of(value, 0);
  }

  /** A 32 bit number without sign. */
  long number(int code) {
    return Integer.toUnsignedLong(address(code).bits());
  }

  /** The code of the last option; the end option is none. */
  Optional<Integer> lastOption() {
    return main.isEmpty() ? Optional.empty() : Optional.of(main.get(main.size() - 1).code);
  }

  /** Offset of the end option, -1 without one. */
  int end() {
    return endOfOptions;
  }

  /** Whether nothing but zeros follows the end option. */
  boolean isPaddedWithZeros() {
    for (int at = endOfOptions + 1; at < octets.length; at++) {
      if (octets[at] != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isBroadcast() {
    return frame.destination().equals(Ipv4.BROADCAST);
  }

  boolean wentTo(Mac mac, Ipv4 address) {
    return frame.destinationMac().equals(mac) && frame.destination().equals(address);
  }

  /** Both addresses of the frame, for people. */
  String destination() {
    return frame.destination() + " at " + frame.destinationMac();
  }

  @Override
  public String toString() {
    return typeName() + " of " + yiaddr() + " to " + frame.destination() + " options " + codes();
  }
}
