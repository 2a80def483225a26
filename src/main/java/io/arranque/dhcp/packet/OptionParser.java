package io.arranque.dhcp.packet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds an option from what an operator wrote in YAML: {@code ntp-servers: [192.168.33.1]} by the
 * code's shape, or with a prefix that says the shape: {@code 150: "ip:192.168.33.1"}, {@code
 * "hex:0a0b"}, {@code "text:…"}, {@code "u8:1"}, {@code "u16:1"}, {@code "u32:1"}. A prefix wins
 * over the code's shape; items of a list follow one another in the value.
 */
public final class OptionParser {
  /** The appliance decides these for each message; a fixed value would break the exchange. */
  private static final Set<Integer> NOT_THE_OPERATORS =
      Set.of(
          OptionCode.REQUESTED_ADDRESS,
          OptionCode.LEASE_TIME,
          OptionCode.OVERLOAD,
          OptionCode.MESSAGE_TYPE,
          OptionCode.SERVER_IDENTIFIER,
          OptionCode.PARAMETER_REQUEST_LIST,
          OptionCode.MAX_MESSAGE_SIZE,
          OptionCode.CLIENT_IDENTIFIER,
          OptionCode.RELAY_AGENT_INFORMATION);

  private OptionParser() {}

  /**
   * The outcome: exactly one of the two is present.
   *
   * @param problem "wanted …, got …", for a file's list of problems
   */
  public record Parsed(Optional<DhcpOption> option, Optional<String> problem) {
    static Parsed of(DhcpOption option) {
      return new Parsed(Optional.of(option), Optional.empty());
    }

    static Parsed problem(String problem) {
      return new Parsed(Optional.empty(), Optional.of(problem));
    }
  }

  /**
   * Builds the option that {@code key: value} means.
   *
   * @param key the option's name or number, as text or number
   * @param value text, number, boolean or a list of these, as a YAML reader gives them
   */
  public static Parsed parse(Object key, @Nullable Object value) {
    String name = key.toString();
    Optional<OptionCode> code = OptionCode.named(name);
    if (code.isEmpty()) {
      String hint =
          OptionCode.suggestion(name).map(known -> "; did you mean " + known + "?").orElse("");
      return Parsed.problem("wanted an option's name or a number 1 to 254, got " + name + hint);
    }
    return parse(code.get(), value);
  }

  /** Builds an option whose code has been looked up. */
  public static Parsed parse(OptionCode code, @Nullable Object value) {
    if (NOT_THE_OPERATORS.contains(code.number())) {
      return Parsed.problem(
          "wanted an option that is the same in every reply, got %s, which is decided for each"
              .formatted(code.name()));
    }
    List<?> items =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    return OperatorValue.encode(code.shape(), items)
        .map(octets -> Parsed.of(DhcpOption.decode(code.number(), octets)))
        .orElseGet(
            () -> Parsed.problem("wanted " + code.shape().wanted() + ", got " + show(value)));
  }

  private static String show(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    return value instanceof String text ? '"' + text + '"' : value.toString();
  }
}
