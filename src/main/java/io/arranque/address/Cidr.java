package io.arranque.address;

import java.util.Optional;

/**
 * A subnet.
 *
 * @param network the lowest address; no host bits may be set
 * @param prefix how many leading bits are the network's, 0 to 32
 */
public record Cidr(Ipv4 network, int prefix) {
  public Cidr {
    if (prefix < 0 || prefix > 32) {
      throw new IllegalArgumentException("a prefix is 0 to 32: " + prefix);
    }
    if ((network.bits() & ~maskBits(prefix)) != 0) {
      throw new IllegalArgumentException(network + "/" + prefix + " has host bits set");
    }
  }

  /** Reads {@code 192.168.33.0/24}; empty when malformed or when host bits are set. */
  public static Optional<Cidr> parse(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length != 2 || !parts[1].matches("[0-9]{1,2}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(parts[1]);
    return Ipv4.parse(parts[0])
        .filter(address -> prefix <= 32 && (address.bits() & ~maskBits(prefix)) == 0)
        .map(address -> new Cidr(address, prefix));
  }

  /**
   * For literals in code and tests.
   *
   * @throws IllegalArgumentException when the text is no subnet
   */
  public static Cidr of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no subnet: " + text));
  }

  /** The subnet of this length that {@code address} lies in. */
  public static Cidr around(Ipv4 address, int prefix) {
    return new Cidr(new Ipv4(address.bits() & maskBits(prefix)), prefix);
  }

  public boolean contains(Ipv4 address) {
    return (address.bits() & maskBits(prefix)) == network.bits();
  }

  public boolean overlaps(Cidr other) {
    return contains(other.network) || other.contains(network);
  }

  public Ipv4 mask() {
    return new Ipv4(maskBits(prefix));
  }

  /** The directed broadcast address: all host bits set. */
  public Ipv4 broadcast() {
    return new Ipv4(network.bits() | ~maskBits(prefix));
  }

  private static int maskBits(int prefix) {
    return prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  /** {@code 192.168.33.0/24}. */
  @Override
  public String toString() {
    return network + "/" + prefix;
  }
}
