package io.arranque.dhcp.packet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Octets that never change and are equal by content, which a {@code byte[]} inside a record is not.
 */
public final class Octets {
  public static final Octets EMPTY = new Octets(new byte[0]);

  /** Nobody writes into it any more. */
  private final byte[] bytes;

  private final int from;
  private final int size;

  private Octets(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private Octets(byte[] bytes, int from, int size) {
    this.bytes = bytes;
    this.from = from;
    this.size = size;
  }

  /** A copy of these. */
  public static Octets of(byte... bytes) {
    return new Octets(bytes.clone());
  }

  /** A copy of {@code bytes[from..to)}. */
  public static Octets of(byte[] bytes, int from, int to) {
    return new Octets(Arrays.copyOfRange(bytes, from, to));
  }

  /** {@code bytes[from..to)} itself and no copy: the caller must never change it again. */
  static Octets view(byte[] bytes, int from, int to) {
    return new Octets(bytes, from, to - from);
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
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The octet at {@code index}, 0 to 255. */
  public int at(int index) {
    return bytes[from + Objects.checkIndex(index, size)] & 0xff;
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
    Objects.checkFromToIndex(from, to, size);
    return view(bytes, this.from + from, this.from + to);
  }

  /** These and then those. */
  public Octets plus(Octets more) {
    byte[] joined = new byte[size + more.size];
    copyTo(0, joined, 0, size);
    more.copyTo(0, joined, size, more.size);
    return new Octets(joined);
  }

  /**
   * The text these octets are, without the NULs some clients end it with (RFC 2132 §2); empty when
   * they are not UTF-8, when nothing is left, or when a control character is among them, because
   * such text is somebody's binary value and must neither be cut nor reach a terminal.
   */
  Optional<String> text() {
    int end = size;
    while (end > 0 && bytes[from + end - 1] == 0) {
      end--;
    }
    return isPrintableAscii(end)
        ? Optional.of(new String(bytes, from, end, US_ASCII)).filter(text -> !text.isEmpty())
        : unusualText(end);
  }

  private boolean isPrintableAscii(int end) {
    for (int i = from; i < from + end; i++) {
      if (bytes[i] < 0x20 || bytes[i] == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> unusualText(int end) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, end)).toString();
      return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * All after one another; unlike repeated {@link #plus} in linear time, whoever wrote the list.
   */
  static Octets joined(Stream<Octets> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(part -> all.write(part.bytes, part.from, part.size));
    return new Octets(all.toByteArray());
  }

  /** A fresh array. */
  public byte[] toArray() {
    return Arrays.copyOfRange(bytes, from, from + size);
  }

  /** Writes {@code length} of them, from {@code index} on, into {@code target} at {@code at}. */
  void copyTo(int index, byte[] target, int at, int length) {
    System.arraycopy(bytes, from + index, target, at, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets o
        && Arrays.equals(bytes, from, from + size, o.bytes, o.from, o.from + o.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + size; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** Hex digits without delimiter. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, from, from + size);
  }
}
