package io.arranque.site;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a single value is read.
 *
 * @param what begins the message when it is not: {@code not a duration}
 * @param wanted an example
 * @param parse empty when the text is none
 */
record ValueType<T>(String what, String wanted, Function<String, Optional<T>> parse) {
  private static final Pattern DURATION_TEXT = Pattern.compile("([0-9]{1,6})([smhdw])");
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

  static final ValueType<String> TEXT =
      new ValueType<>("empty", "some text", text -> some(text).filter(s -> !s.isBlank()));
  static final ValueType<String> LINE =
      new ValueType<>(
          "not one line", "text in one line", text -> some(text).filter(s -> !s.contains("\n")));
  static final ValueType<Boolean> FLAG =
      new ValueType<>(
          "not a yes or no",
          "true or false",
          text -> text.matches("true|false") ? some(Boolean.valueOf(text)) : Optional.empty());
  static final ValueType<Duration> DURATION =
      new ValueType<>("not a duration", "e.g. 12h, 30m or 1d", ValueType::duration);
  static final ValueType<Ipv4> ADDRESS =
      new ValueType<>("not an IPv4 address", "e.g. 192.168.33.1", Ipv4::parse);
  static final ValueType<Cidr> SUBNET =
      new ValueType<>("not a subnet", "e.g. 192.168.33.0/24", Cidr::parse);
  static final ValueType<AddressRange> RANGE =
      new ValueType<>(
          "not an address range", "e.g. 192.168.33.100-192.168.33.199", AddressRange::parse);
  static final ValueType<Mac> MAC =
      new ValueType<>(
          "not a MAC",
          "e.g. \"52:54:00:12:34:56\"",
          text -> Mac.parse(text).filter(mac -> !mac.isMulticast()));
  static final ValueType<String> DOMAIN =
      matching("not a domain name", "e.g. sala5.lab", LABEL + "(\\." + LABEL + ")*");
  static final ValueType<String> NAME =
      matching("not a name", "letters, digits, - _ and . only", "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  static final ValueType<Integer> PORT = integer(1, 65535);

  static ValueType<String> matching(String what, String wanted, String regex) {
    return new ValueType<>(what, wanted, text -> some(text).filter(s -> s.matches(regex)));
  }

  static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        "not a number in range",
        min + " to " + max,
        text ->
            some(text)
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> min <= number && number <= max));
  }

  /** One of a few words. */
  static <T> ValueType<T> oneOf(List<String> words, Function<String, T> meaning) {
    return new ValueType<>(
        "unknown word",
        String.join(" or ", words),
        text -> some(text).filter(words::contains).map(meaning));
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION_TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> Duration.ofDays(7 * count);
        });
  }

  private static <T> Optional<T> some(T value) {
    return Optional.of(value);
  }

  /** The whole message for a text that is none. */
  String refusal(String got) {
    return what + ", wanted " + wanted + ", got " + ProblemCollector.quoted(got);
  }
}
