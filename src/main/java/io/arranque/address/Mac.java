package io.arranque.address;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An Ethernet address, the key under which a machine is known.
 *
 * @param bits the address in the low 48 bits, first octet on the wire highest
 */
public record Mac(long bits) implements Comparable<Mac> {
  private static final Pattern COLON_OR_HYPHEN =
      Pattern.compile("[0-9A-Fa-f]{1,2}([:-])[0-9A-Fa-f]{1,2}(\\1[0-9A-Fa-f]{1,2}){4}");
  private static final Pattern DOTTED = Pattern.compile("[0-9A-Fa-f]{4}(\\.[0-9A-Fa-f]{4}){2}");
  private static final Pattern BARE = Pattern.compile("[0-9A-Fa-f]{12}");

  public Mac {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC has 48 bits: " + Long.toHexString(bits));
    }
  }

  /** Reads six octets starting at {@code offset}. */
  public static Mac of(byte[] octets, int offset) {
    long bits = 0;
    for (int i = 0; i < 6; i++) {
      bits = bits << 8 | (octets[offset + i] & 0xff);
    }
    return new Mac(bits);
  }

  /**
   * Reads the notations people paste: {@code 52:54:00:12:34:56}, {@code 52-54-00-12-34-56}, {@code
   * 5254.0012.3456}, {@code 525400123456}; any case, leading zeros of an octet may be missing.
   */
  public static Optional<Mac> parse(String text) {
    String trimmed = text.strip();
    if (COLON_OR_HYPHEN.matcher(trimmed).matches()) {
      long bits = 0;
      for (String octet : trimmed.split("[:-]", -1)) {
        bits = bits << 8 | Integer.parseInt(octet, 16);
      }
      return Optional.of(new Mac(bits));
    }
    if (DOTTED.matcher(trimmed).matches() || BARE.matcher(trimmed).matches()) {
      return Optional.of(new Mac(Long.parseLong(trimmed.replace(".", ""), 16)));
    }
    return Optional.empty();
  }

  /**
   * For literals in code and tests.
   *
   * @throws IllegalArgumentException when the text is no MAC
   */
  public static Mac of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no MAC: " + text));
  }

  /** As in URLs and file names: {@code 52-54-00-12-34-56}. */
  public String hyphenated() {
    return joined("-");
  }

  /** As in host names made up for a machine that has none: {@code 525400123456}. */
  public String bare() {
    return joined("");
  }

  /** The six octets as on the wire, a fresh array. */
  public byte[] octets() {
    byte[] octets = new byte[6];
    for (int i = 0; i < 6; i++) {
      octets[i] = (byte) (bits >>> (40 - 8 * i));
    }
    return octets;
  }

  /** Whether the group bit is set: no machine has such an address. */
  public boolean isMulticast() {
    return (bits >>> 40 & 1) == 1;
  }

  private String joined(String delimiter) {
    return HexFormat.ofDelimiter(delimiter).formatHex(octets());
  }

  // By hand: what a record brings along costs many times as much until it is compiled anew, and
  // each packet looks up a dozen of these.
  @Override
  public boolean equals(Object other) {
    return other instanceof Mac mac && mac.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public int compareTo(Mac other) {
    return Long.compare(bits, other.bits);
  }

  /** {@code 52:54:00:12:34:56}. */
  @Override
  public String toString() {
    return joined(":");
  }
}
