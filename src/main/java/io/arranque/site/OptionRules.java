package io.arranque.site;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionParser;
import io.arranque.dhcp.packet.OptionSetting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which DHCP options an operator may set, and how he writes them: the same for the site, a segment,
 * a role, a room and a machine.
 */
public final class OptionRules {
  /** Where an option is set, as far as the rules differ. */
  public enum Place {
    /** A segment's file, which has keys of its own for some. */
    SEGMENT,
    ELSEWHERE
  }

  /**
   * The outcome: exactly one of the two is present.
   *
   * @param problem "wanted …, got …", to follow the option's name
   */
  public record Parsed(Optional<OptionSetting> setting, Optional<String> problem) {}

  private static final String PXE = "the boot plan decides it for each firmware";
  private static final String PROTOCOL = "the DHCP exchange itself decides it";
  private static final String CLIENT = "only clients send it";
  private static final String LEASE_TIME = "use the key \"lease-time\" of the segment";

  /** Those that something else decides, and what; a second value here would contradict it. */
  private static final Map<Integer, String> OWNED = owned();

  private static final Map<Integer, String> KEYS_OF_SEGMENTS =
      Map.of(
          OptionCode.ROUTER, "use the key \"router\"",
          OptionCode.DOMAIN_NAME_SERVERS, "use the key \"dns\"",
          OptionCode.DOMAIN_NAME, "use the key \"domain\"");

  private OptionRules() {}

  /**
   * What {@code name: value} sets.
   *
   * @param name the option's name or number
   * @param value text, number, boolean or a list of these; the text {@code none} switches off what
   *     a farther place sets
   */
  public static Parsed parse(Place place, String name, Object value) {
    Optional<OptionCode> code = OptionCode.named(name);
    if (code.isEmpty()) {
      return problem(unknown(name));
    }
    int number = code.get().number();
    String owner =
        place == Place.SEGMENT && KEYS_OF_SEGMENTS.containsKey(number)
            ? KEYS_OF_SEGMENTS.get(number)
            : OWNED.get(number);
    if (owner != null) {
      return problem("not an option to set here, wanted none: " + owner);
    }
    if (OptionSetting.NONE.equals(value)) {
      return new Parsed(Optional.of(OptionSetting.off(number)), Optional.empty());
    }
    OptionParser.Parsed parsed = OptionParser.parse(code.get(), value);
    Optional<DhcpOption> option = parsed.option();
    return new Parsed(
        option.map(OptionSetting::of), parsed.problem().map(p -> "not an option's value, " + p));
  }

  private static Parsed problem(String problem) {
    return new Parsed(Optional.empty(), Optional.of(problem));
  }

  private static String unknown(String name) {
    return "unknown option"
        + OptionCode.suggestion(name)
            .map(known -> ", did you mean \"" + known + "\"?")
            .orElse(", wanted its name or a number 1 to 254");
  }

  private static Map<Integer, String> owned() {
    Map<Integer, String> owned = new HashMap<>();
    owned.put(OptionCode.SUBNET_MASK, "the key \"subnet\" of the segment says it");
    owned.put(OptionCode.HOST_NAME, "each machine's name is set in the page");
    owned.put(OptionCode.LEASE_TIME, LEASE_TIME);
    owned.put(OptionCode.RENEWAL_TIME, "it follows from the key \"lease-time\" of the segment");
    owned.put(OptionCode.REBINDING_TIME, "it follows from the key \"lease-time\" of the segment");
    owned.put(OptionCode.TFTP_SERVER_NAME, PXE + "; the loaders are in tftp/");
    owned.put(OptionCode.BOOTFILE_NAME, PXE + "; use the key \"boot\" of a role");
    for (int pxe :
        List.of(
            OptionCode.VENDOR_SPECIFIC, OptionCode.VENDOR_CLASS, OptionCode.IPXE_ENCAPSULATED)) {
      owned.put(pxe, PXE);
    }
    for (int protocol :
        List.of(
            OptionCode.OVERLOAD,
            OptionCode.MESSAGE_TYPE,
            OptionCode.SERVER_IDENTIFIER,
            OptionCode.MESSAGE,
            OptionCode.RELAY_AGENT_INFORMATION)) {
      owned.put(protocol, PROTOCOL);
    }
    for (int client :
        List.of(
            OptionCode.REQUESTED_ADDRESS,
            OptionCode.PARAMETER_REQUEST_LIST,
            OptionCode.MAX_MESSAGE_SIZE,
            OptionCode.CLIENT_IDENTIFIER,
            OptionCode.USER_CLASS,
            OptionCode.CLIENT_ARCHITECTURE,
            OptionCode.CLIENT_NETWORK_INTERFACE,
            OptionCode.CLIENT_MACHINE_IDENTIFIER,
            OptionCode.SUBNET_SELECTION)) {
      owned.put(client, CLIENT);
    }
    return Map.copyOf(owned);
  }
}
