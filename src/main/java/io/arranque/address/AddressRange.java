package io.arranque.address;

import java.util.Optional;

/**
 * Addresses from {@code first} to {@code last}, both included.
 *
 * @param first the lowest
 * @param last the highest, not below {@code first}
 */
public record AddressRange(Ipv4 first, Ipv4 last) {
  public AddressRange {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException(first + " lies after " + last);
    }
  }

  /** Reads {@code 192.168.33.100-192.168.33.199} or one address alone. */
  public static Optional<AddressRange> parse(String text) {
    String[] ends = text.strip().split("\\s*-\\s*", -1);
    if (ends.length > 2) {
      return Optional.empty();
    }
    Optional<Ipv4> first = Ipv4.parse(ends[0]);
    Optional<Ipv4> last = Ipv4.parse(ends[ends.length - 1]);
    if (first.isEmpty() || last.isEmpty() || first.get().compareTo(last.get()) > 0) {
      return Optional.empty();
    }
    return Optional.of(new AddressRange(first.get(), last.get()));
  }

  /**
   * For literals in code and tests.
   *
   * @throws IllegalArgumentException when the text is no range
   */
  public static AddressRange of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no range: " + text));
  }

  public boolean contains(Ipv4 address) {
    return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
  }

  public boolean overlaps(AddressRange other) {
    return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
  }

  /** How many addresses, 1 to 2^32. */
  public long size() {
    return Integer.toUnsignedLong(last.bits()) - Integer.toUnsignedLong(first.bits()) + 1;
  }

  /** {@code 192.168.33.100-192.168.33.199}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
