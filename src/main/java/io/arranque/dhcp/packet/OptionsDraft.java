package io.arranque.dhcp.packet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Options being collected, each code at most once, in the order in which they came. Small arrays
 * and no map: a message has a dozen, and each is looked at a few times.
 */
final class OptionsDraft {
  /** Hardly any reply has more. */
  private static final int USUAL = 20;

  private byte[] codes;

  /** A {@link DhcpOption}, or {@link Octets} that nobody needed to understand yet. */
  private Object[] values;

  private int size;

  OptionsDraft() {
    this.codes = new byte[USUAL];
    this.values = new Object[USUAL];
  }

  OptionsDraft(DhcpOptions options) {
    this.size = options.size();
    this.codes = options.codes(size + USUAL);
    this.values = options.values(size + USUAL);
  }

  /** Instead of the one of the same code, or after the last. */
  void put(DhcpOption option) {
    put(option.code(), option);
  }

  /** As it came over the wire. */
  void put(int code, Octets value) {
    put(code, (Object) value);
  }

  /** What is there already, as it came over the wire; null when {@code value} was put. */
  @Nullable Octets putIfAbsent(int code, Octets value) {
    int at = find(codes, size, code);
    if (at >= 0) {
      return (Octets) values[at];
    }
    append(code, value);
    return null;
  }

  /** -1 when there is none. */
  static int find(byte[] codes, int size, int code) {
    for (int i = 0; i < size; i++) {
      if (codes[i] == (byte) code) {
        return i;
      }
    }
    return -1;
  }

  DhcpOptions toOptions() {
    return DhcpOptions.of(Arrays.copyOf(codes, size), Arrays.copyOf(values, size));
  }

  private void put(int code, Object value) {
    int at = find(codes, size, code);
    if (at >= 0) {
      values[at] = value;
    } else {
      append(code, value);
    }
  }

  private void append(int code, Object value) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    codes[size] = (byte) code;
    values[size++] = value;
  }
}
