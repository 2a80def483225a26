package io.arranque.site;

import io.arranque.site.Rule.Condition;
import io.arranque.site.Rule.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code match:} of a role. */
final class RuleReader {
  private static final String WORDS =
      Stream.of(Property.values()).map(Property::label).collect(Collectors.joining(", "));

  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?<sign>>=|<=|>|<)?\\s*(?<one>[0-9]{1,9})\\s*(?<unit>[KMGT]?)"
              + "(\\s*-\\s*(?<other>[0-9]{1,9})\\s*(?<otherUnit>[KMGT]?))?");

  /** A whole MAC or its beginning, in pairs. */
  private static final Pattern MAC = Pattern.compile("[0-9a-f*]{1,2}([:-][0-9a-f*]{1,2})*");

  private record Range(long from, long to) {}

  private RuleReader() {}

  static List<Rule> read(Fields role) {
    List<Rule> rules = new ArrayList<>();
    for (Located<YamlNode> item : role.items("match")) {
      role.fields(item).map(fields -> rule(fields, item)).ifPresent(rules::add);
    }
    return List.copyOf(rules);
  }

  /** An empty rule would match every machine: nobody means that. */
  private static Rule rule(Fields fields, Located<YamlNode> item) {
    List<Condition> conditions = new ArrayList<>();
    for (Property property : Property.values()) {
      condition(fields, property).ifPresent(conditions::add);
    }
    fields.finish();
    if (fields.entries().isEmpty()) {
      fields.errorAt(item, "an empty rule, wanted one of " + WORDS);
    }
    return new Rule(conditions, item.line());
  }

  private static Optional<Condition> condition(Fields fields, Property property) {
    String key = property.label();
    if (property.isNumber()) {
      ValueType<Condition> type =
          new ValueType<>(
              "not an amount",
              property == Property.MEMORY
                  ? "e.g. \">=8G\", \"<4G\" or 4G-16G"
                  : "e.g. 4 or \">=4\"",
              text -> number(property, text));
      return fields.scalar(key, type);
    }
    if (property == Property.MAC) {
      return fields.scalar(key, new ValueType<>("not a MAC", "e.g. 52:54:00:*", RuleReader::mac));
    }
    return fields.scalar(key, ValueType.TEXT).map(glob -> Condition.glob(property, glob));
  }

  private static Optional<Condition> mac(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT).replace('-', ':');
    return MAC.matcher(lower).matches() && lower.length() <= 17
        ? Optional.of(mac(lower, lower.replace(":", "")))
        : Optional.empty();
  }

  /** Digits and a star at the end, or none: all MACs that begin so lie side by side. */
  private static Condition mac(String text, String digits) {
    String beginning = digits.endsWith("*") ? digits.substring(0, digits.length() - 1) : digits;
    boolean wholePairs = text.endsWith(":*") || beginning.length() == 12;
    if (!wholePairs || beginning.indexOf('*') >= 0 || beginning.length() % 2 != 0) {
      return Condition.glob(Property.MAC, text);
    }
    String last = "f".repeat(12 - beginning.length());
    return new Condition(
        Property.MAC,
        text,
        Long.parseLong(beginning + last.replace('f', '0'), 16),
        Long.parseLong(beginning + last, 16));
  }

  private static Optional<Condition> number(Property property, String text) {
    Matcher matcher = NUMBERS.matcher(text.strip());
    boolean memory = property == Property.MEMORY;
    if (!matcher.matches() || memory == matcher.group("unit").isEmpty()) {
      return Optional.empty();
    }
    String sign = Optional.ofNullable(matcher.group("sign")).orElse("");
    Optional<String> other = Optional.ofNullable(matcher.group("other"));
    long one = amount(matcher.group("one"), matcher.group("unit"));
    if (other.isPresent()) {
      String unit = matcher.group("otherUnit");
      boolean whole = sign.isEmpty() && memory != unit.isEmpty();
      return whole
          ? condition(property, text, new Range(one, amount(other.get(), unit)))
          : Optional.empty();
    }
    return condition(property, text, range(sign, one));
  }

  private static Optional<Condition> condition(Property property, String text, Range range) {
    return range.from <= range.to
        ? Optional.of(new Condition(property, text.strip(), range.from, range.to))
        : Optional.empty();
  }

  private static Range range(String sign, long one) {
    return switch (sign) {
      case ">=" -> new Range(one, Long.MAX_VALUE);
      case ">" -> new Range(one + 1, Long.MAX_VALUE);
      case "<=" -> new Range(0, one);
      case "<" -> new Range(0, one - 1);
      default -> new Range(one, one);
    };
  }

  /** Memory in MiB; a number of processors has no unit. */
  private static long amount(String digits, String unit) {
    long number = Long.parseLong(digits);
    return switch (unit) {
      case "K" -> number / 1024;
      case "G" -> number * 1024;
      case "T" -> number * 1024 * 1024;
      default -> number;
    };
  }
}
