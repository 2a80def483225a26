package io.arranque.dhcp.packet;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an operator wrote, as the octets of an option's value; empty for what cannot be meant. */
final class OperatorValue {
  private static final Pattern PREFIXED = Pattern.compile("(ip|text|hex|u8|u16|u32):(.*)");
  private static final Pattern TIME_SPAN = Pattern.compile("([0-9]{1,10})([smhdw]?)");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,10}");
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,63}");
  private static final Map<String, Integer> SECONDS_PER =
      Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86_400, "w", 604_800);

  private OperatorValue() {}

  static Optional<Octets> encode(Shape shape, List<?> items) {
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.stream().allMatch(OperatorValue::isPrefixed)) {
      return each(items, item -> prefixed(item.toString()));
    }
    return switch (shape) {
      case ADDRESS -> one(items, OperatorValue::addresses).filter(value -> value.size() == 4);
      case ADDRESSES -> each(items, OperatorValue::addresses);
      case ADDRESS_PAIRS ->
          each(items, OperatorValue::addresses).filter(value -> value.size() % 8 == 0);
      case TEXT -> one(items, item -> item instanceof String s ? text(s) : Optional.empty());
      case SECONDS -> one(items, OperatorValue::seconds);
      case U8 -> one(items, item -> number(item, 1, 0));
      case U16 -> one(items, item -> number(item, 2, 0));
      case U32 -> one(items, item -> number(item, 4, 0));
      case S32 -> one(items, item -> number(item, 4, 1L << 31));
      case FLAG -> one(items, OperatorValue::flag);
      case CODES8 -> each(items, item -> number(item, 1, 0));
      case CODES16 -> each(items, item -> number(item, 2, 0));
      case DOMAINS -> each(items, item -> list(item, OperatorValue::domain));
      case ROUTES -> each(items, OperatorValue::route);
      case NESTED, OPAQUE -> Optional.empty();
    };
  }

  private static boolean isPrefixed(Object item) {
    return item instanceof String text && PREFIXED.matcher(text).matches();
  }

  private static Optional<Octets> prefixed(String item) {
    Matcher matcher = PREFIXED.matcher(item);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String value = matcher.group(2);
    return switch (matcher.group(1)) {
      case "ip" -> addresses(value);
      case "text" -> text(value);
      case "hex" -> hex(value);
      case "u8" -> number(value, 1, 0);
      case "u16" -> number(value, 2, 0);
      case "u32" -> number(value, 4, 0);
      default -> Optional.empty();
    };
  }

  private static Optional<Octets> one(List<?> items, Function<Object, Optional<Octets>> encode) {
    return items.size() == 1 ? each(items, encode) : Optional.empty();
  }

  /** All items after one another; empty when one cannot be encoded. */
  private static Optional<Octets> each(List<?> items, Function<Object, Optional<Octets>> encode) {
    Octets all = Octets.EMPTY;
    for (Object item : items) {
      Optional<Octets> value = item == null ? Optional.empty() : encode.apply(item);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      all = all.plus(value.get());
    }
    return Optional.of(all);
  }

  /** The parts of a text such as {@code a, b}: dhcpd's users write lists like that. */
  private static Optional<Octets> list(Object item, Function<Object, Optional<Octets>> encode) {
    return each(Arrays.asList(SEPARATOR.split(item.toString().strip(), -1)), encode);
  }

  private static Optional<Octets> addresses(Object item) {
    return list(
        item, part -> Ipv4.parse(part.toString()).map(address -> Octets.of(address.octets())));
  }

  private static Optional<Octets> text(String text) {
    Octets octets = Octets.ofUtf8(text);
    return octets.text().filter(text::equals).map(same -> octets);
  }

  private static Optional<Octets> hex(String text) {
    String digits = text.replaceAll("[:\\s-]", "");
    return digits.matches("([0-9A-Fa-f]{2})+")
        ? Optional.of(Octets.ofHex(digits))
        : Optional.empty();
  }

  /** {@code below}: how far under zero it may be; the range stays as wide. */
  private static Optional<Octets> number(Object item, int width, long below) {
    String text = item.toString().strip();
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    long value = Long.parseLong(text);
    return value >= -below && value < (1L << (8 * width)) - below
        ? Optional.of(Octets.ofNumber(width, value))
        : Optional.empty();
  }

  private static Optional<Octets> seconds(Object item) {
    String text = item.toString().strip();
    Matcher matcher = TIME_SPAN.matcher(text);
    if (text.equals("infinite")) {
      return Optional.of(Octets.ofNumber(4, DhcpOption.Seconds.INFINITE));
    }
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(matcher.group(1)) * SECONDS_PER.getOrDefault(matcher.group(2), 1);
    return seconds < DhcpOption.Seconds.INFINITE
        ? Optional.of(Octets.ofNumber(4, seconds))
        : Optional.empty();
  }

  private static Optional<Octets> flag(Object item) {
    return switch (item.toString().strip()) {
      case "true", "1" -> Optional.of(Octets.ofNumber(1, 1));
      case "false", "0" -> Optional.of(Octets.ofNumber(1, 0));
      default -> Optional.empty();
    };
  }

  /** Labels with their lengths (RFC 1035 §3.1). Never compressed: optional, and often misread. */
  private static Optional<Octets> domain(Object item) {
    String name = item.toString();
    String[] labels =
        (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).split("\\.", -1);
    return each(Arrays.asList(labels), label -> label(label.toString()))
        .map(value -> value.plus(Octets.ofNumber(1, 0)))
        .filter(value -> value.size() <= 255);
  }

  private static Optional<Octets> label(String label) {
    return LABEL.matcher(label).matches()
        ? Optional.of(Octets.ofNumber(1, label.length()).plus(Octets.ofAscii(label)))
        : Optional.empty();
  }

  /** Prefix length, the network's octets that matter, router (RFC 3442). */
  private static Optional<Octets> route(Object item) {
    String[] parts = item.toString().strip().split("\\s+via\\s+|[,\\s]+", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    Optional<Cidr> to = Cidr.parse(parts[0]);
    Optional<Ipv4> router = Ipv4.parse(parts[1]);
    if (to.isEmpty() || router.isEmpty()) {
      return Optional.empty();
    }
    int significant = (to.get().prefix() + 7) / 8;
    return Optional.of(
        Octets.ofNumber(1, to.get().prefix())
            .plus(Octets.of(to.get().network().octets(), 0, significant))
            .plus(Octets.of(router.get().octets())));
  }
}
