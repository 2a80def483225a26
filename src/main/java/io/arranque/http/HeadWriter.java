package io.arranque.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the head of an answer into an array that is used again for the next one. Belongs to one
 * thread.
 */
final class HeadWriter {
  private byte[] octets = new byte[1024];
  private int length;

  HeadWriter clear() {
    length = 0;
    return this;
  }

  byte[] octets() {
    return octets;
  }

  int length() {
    return length;
  }

  HeadWriter put(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, octets, length, more.length);
    length += more.length;
    return this;
  }

  /** Text without letters outside ASCII. */
  @SuppressWarnings("deprecation") // the one method that copies ASCII without a second array
  HeadWriter put(String ascii) {
    int count = ascii.length();
    ensure(count);
    ascii.getBytes(0, count, octets, length);
    length += count;
    return this;
  }

  HeadWriter put(long number) {
    if (number < 10) {
      ensure(1);
      octets[length++] = (byte) ('0' + number);
      return this;
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    ensure(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      octets[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  HeadWriter header(String name, String value) {
    return put(name).put(": ").put(value).put("\r\n");
  }

  byte[] copy() {
    return Arrays.copyOf(octets, length);
  }

  private void ensure(int count) {
    if (octets.length - length < count) {
      octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
