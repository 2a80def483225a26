package io.arranque.dhcp.packet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Octets that never change and are equal by content, which a {@code byte[]} inside a record is not.
 */
public final class Octets {
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these. */
  public static Octets of(byte... bytes) {
    return new Octets(bytes.clone());
  }

  /** A copy of {@code bytes[from..to)}. */
  public static Octets of(byte[] bytes, int from, int to) {
    return new Octets(Arrays.copyOfRange(bytes, from, to));
  }

  /**
   * Reads pairs of hex digits, any case, no delimiter.
   *
   * @throws IllegalArgumentException when that is not what the text is
   */
  public static Octets ofHex(String hex) {
    return new Octets(HexFormat.of().parseHex(hex));
  }

  /**
   * One octet for each character.
   *
   * @throws IllegalArgumentException when a character is not ASCII
   */
  public static Octets ofAscii(String text) {
    if (text.chars().anyMatch(c -> c > 0x7f)) {
      throw new IllegalArgumentException("not ASCII: " + text);
    }
    return new Octets(text.getBytes(US_ASCII));
  }

  static Octets ofUtf8(String text) {
    return new Octets(text.getBytes(UTF_8));
  }

  /** The low {@code width} octets of {@code value}, highest first. */
  static Octets ofNumber(int width, long value) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (value >>> (8 * (width - 1 - i)));
    }
    return new Octets(bytes);
  }

  public int size() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The octet at {@code index}, 0 to 255. */
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  /** The {@code width} octets from {@code index} as an unsigned number, highest first. */
  public long number(int index, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | at(index + i);
    }
    return value;
  }

  /** The octets from {@code from} up to, not including, {@code to}. */
  public Octets slice(int from, int to) {
    if (from < 0 || from > to || to > bytes.length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length);
    }
    return of(bytes, from, to);
  }

  /** These and then those. */
  public Octets plus(Octets more) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
    System.arraycopy(more.bytes, 0, joined, bytes.length, more.bytes.length);
    return new Octets(joined);
  }

  /**
   * The text these octets are, without the NULs some clients end it with (RFC 2132 §2); empty when
   * they are not UTF-8, when nothing is left, or when a control character is among them, because
   * such text is somebody's binary value and must neither be cut nor reach a terminal.
   */
  Optional<String> text() {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
      return text.isEmpty() || text.chars().anyMatch(Character::isISOControl)
          ? Optional.empty()
          : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * All after one another; unlike repeated {@link #plus} in linear time, whoever wrote the list.
   */
  static Octets joined(Stream<Octets> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(part -> all.writeBytes(part.bytes));
    return new Octets(all.toByteArray());
  }

  /** A fresh array. */
  public byte[] toArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets o && Arrays.equals(bytes, o.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Hex digits without delimiter. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
