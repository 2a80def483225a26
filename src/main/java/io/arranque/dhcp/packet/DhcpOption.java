package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One option, by the shape of its value. A value that does not have the shape its code wants is
 * {@link Opaque}: no client is refused because one of its options is odd.
 */
public sealed interface DhcpOption {
  /** 1 to 254; 0 and 255 are the wire's padding and end. */
  int code();

  /** The value without code and length; may exceed 255 octets (RFC 3396). */
  Octets encode();

  /** The value for people, one line. */
  String describe();

  /** The option of this code with this value, in the code's shape when the value has it. */
  static DhcpOption decode(int code, Octets value) {
    return OptionCode.of(code).shape().decode(code, value);
  }

  /** One address. */
  record Address(int code, Ipv4 address) implements DhcpOption {
    public Address {
      requireCode(code);
    }

    @Override
    public Octets encode() {
      return Octets.ofNumber(4, address.bits());
    }

    @Override
    public String describe() {
      return address.toString();
    }
  }

  /** One address or more, the preferred first. */
  record Addresses(int code, List<Ipv4> addresses) implements DhcpOption {
    public Addresses {
      requireCode(code);
      addresses = List.copyOf(addresses);
      require(!addresses.isEmpty(), "no address");
    }

    @Override
    public Octets encode() {
      byte[] all = new byte[4 * addresses.size()];
      for (int i = 0; i < addresses.size(); i++) {
        System.arraycopy(addresses.get(i).octets(), 0, all, 4 * i, 4);
      }
      return Octets.view(all, 0, all.length);
    }

    @Override
    public String describe() {
      return joined(addresses);
    }
  }

  /** Text, UTF-8 on the wire (ASCII in the RFCs); not empty, no control characters. */
  record Text(int code, String text) implements DhcpOption {
    public Text {
      requireCode(code);
      require(
          isPlain(text) || Octets.ofUtf8(text).text().filter(text::equals).isPresent(),
          "no text for the wire");
    }

    /** Nearly every text is, and one is made for many a reply. */
    private static boolean isPlain(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7e) {
          return false;
        }
      }
      return !text.isEmpty();
    }

    @Override
    public Octets encode() {
      return Octets.ofUtf8(text);
    }

    @Override
    public String describe() {
      return '"' + text + '"';
    }
  }

  /**
   * A time span.
   *
   * @param seconds 0 to 2^32-1; the highest means for ever
   */
  record Seconds(int code, long seconds) implements DhcpOption {
    /** For ever (RFC 2131 §3.3). */
    public static final long INFINITE = 0xffff_ffffL;

    public Seconds {
      requireCode(code);
      require(seconds >= 0 && seconds <= INFINITE, "seconds out of range");
    }

    /** Fractions of a second are cut. */
    public static Seconds of(int code, Duration duration) {
      return new Seconds(code, duration.toSeconds());
    }

    public Duration duration() {
      return Duration.ofSeconds(seconds);
    }

    @Override
    public Octets encode() {
      return Octets.ofNumber(4, seconds);
    }

    @Override
    public String describe() {
      return seconds == INFINITE ? "for ever" : seconds + " s";
    }
  }

  /**
   * A number.
   *
   * @param width how many octets: 1, 2 or 4
   * @param value unsigned
   */
  @SuppressWarnings("JavaLangClash") // Always written DhcpOption.Number outside.
  record Number(int code, int width, long value) implements DhcpOption {
    public Number {
      requireCode(code);
      require(width == 1 || width == 2 || width == 4, "width is 1, 2 or 4");
      require(value >= 0 && value >>> (8 * width) == 0, "does not fit its width");
    }

    @Override
    public Octets encode() {
      return Octets.ofNumber(width, value);
    }

    @Override
    public String describe() {
      if (code == OptionCode.MESSAGE_TYPE) {
        return MessageType.of(value).map(Enum::name).orElse(Long.toString(value));
      }
      boolean signed = OptionCode.of(code).shape() == Shape.S32;
      return Long.toString(signed ? (int) value : value);
    }
  }

  /** Yes or no. */
  record Flag(int code, boolean on) implements DhcpOption {
    public Flag {
      requireCode(code);
    }

    @Override
    public Octets encode() {
      return Octets.ofNumber(1, on ? 1 : 0);
    }

    @Override
    public String describe() {
      return on ? "on" : "off";
    }
  }

  /**
   * A list of registered numbers: option codes (55), architectures (93), ….
   *
   * @param width how many octets each has: 1 or 2
   * @param codes not empty
   */
  record Codes(int code, int width, List<Integer> codes) implements DhcpOption {
    public Codes {
      requireCode(code);
      codes = List.copyOf(codes);
      require(width == 1 || width == 2, "width is 1 or 2");
      require(!codes.isEmpty(), "no code");
      for (int each : codes) {
        require(each >= 0 && each >>> (8 * width) == 0, "does not fit its width");
      }
    }

    @Override
    public Octets encode() {
      return Octets.joined(codes.stream().map(each -> Octets.ofNumber(width, each)));
    }

    @Override
    public String describe() {
      return joined(codes);
    }
  }

  /**
   * Options inside an option (43, 82, 175).
   *
   * @param ended whether an end octet 255 follows the last; PXE clients want one, relays none
   */
  record Nested(int code, List<Suboption> suboptions, boolean ended) implements DhcpOption {
    public Nested {
      requireCode(code);
      suboptions = List.copyOf(suboptions);
      require(!suboptions.isEmpty(), "no suboption");
    }

    /** The value of the first suboption of that code. */
    public Optional<Octets> suboption(int code) {
      return suboptions.stream()
          .filter(each -> each.code() == code)
          .map(Suboption::value)
          .findFirst();
    }

    @Override
    public Octets encode() {
      Octets all = Octets.joined(suboptions.stream().map(Suboption::encode));
      return ended ? all.plus(Octets.ofNumber(1, 255)) : all;
    }

    @Override
    public String describe() {
      return joined(suboptions.stream().map(each -> each.code() + "=" + each.value()).toList());
    }
  }

  /**
   * An option inside a {@link Nested}.
   *
   * @param code 1 to 254
   * @param value at most 255 octets
   */
  record Suboption(int code, Octets value) {
    public Suboption {
      requireCode(code);
      require(value.size() <= 255, "a suboption has at most 255 octets");
    }

    Octets encode() {
      return Octets.of((byte) code, (byte) value.size()).plus(value);
    }
  }

  /** A value nobody here needs to understand, or one that does not fit its code's shape. */
  record Opaque(int code, Octets value) implements DhcpOption {
    public Opaque {
      requireCode(code);
    }

    @Override
    public Octets encode() {
      return value;
    }

    @Override
    public String describe() {
      return OpaqueText.describe(code, value);
    }
  }

  private static String joined(List<?> items) {
    return items.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static void requireCode(int code) {
    require(code >= 1 && code <= 254, "an option code is 1 to 254");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
