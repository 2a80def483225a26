package io.arranque.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param bits the address, first octet highest; orders as unsigned
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {
  /** {@code 0.0.0.0}: "none" in a DHCP header. */
  public static final Ipv4 ANY = new Ipv4(0);

  /** {@code 255.255.255.255}. */
  public static final Ipv4 BROADCAST = new Ipv4(-1);

  private static final Pattern DOTTED_QUAD = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");

  /** Reads a dotted quad; anything else, also the shortened forms of inet_aton, is empty. */
  public static Optional<Ipv4> parse(String text) {
    String trimmed = text.strip();
    if (!DOTTED_QUAD.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    int bits = 0;
    for (String octet : trimmed.split("\\.", -1)) {
      int value = Integer.parseInt(octet);
      if (value > 255) {
        return Optional.empty();
      }
      bits = bits << 8 | value;
    }
    return Optional.of(new Ipv4(bits));
  }

  /**
   * For literals in code and tests.
   *
   * @throws IllegalArgumentException when the text is no dotted quad
   */
  public static Ipv4 of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no IPv4 address: " + text));
  }

  /** Reads four octets starting at {@code offset}. */
  public static Ipv4 of(byte[] octets, int offset) {
    return new Ipv4(
        (octets[offset] & 0xff) << 24
            | (octets[offset + 1] & 0xff) << 16
            | (octets[offset + 2] & 0xff) << 8
            | (octets[offset + 3] & 0xff));
  }

  /** The same address, for sockets. */
  public static Ipv4 of(Inet4Address address) {
    return of(address.getAddress(), 0);
  }

  /** The address {@code count} further on (or back). */
  public Ipv4 plus(int count) {
    return new Ipv4(bits + count);
  }

  public boolean isAny() {
    return bits == 0;
  }

  /** The four octets as on the wire, a fresh array. */
  public byte[] octets() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  /** The same address, for sockets; asks no name service. */
  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(octets());
    } catch (UnknownHostException e) {
      throw new AssertionError("four octets are always an address", e);
    }
  }

  // By hand: what a record brings along costs many times as much until it is compiled anew, and
  // each packet looks up a dozen of these.
  @Override
  public boolean equals(Object other) {
    return other instanceof Ipv4 address && address.bits == bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }

  @Override
  public int compareTo(Ipv4 other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  /** {@code 192.168.33.1}. */
  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}
