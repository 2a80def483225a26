package io.arranque.site;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionParser;
import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A segment's further DHCP options, by name or number. */
final class OptionsReader {
  private static final String PXE = "the boot plan decides it for each firmware";
  private static final String PROTOCOL = "the DHCP exchange itself decides it";
  private static final String CLIENT = "only clients send it";

  /** Those that something else decides, and what; a second value here would contradict it. */
  private static final Map<Integer, String> OWNED = owned();

  private OptionsReader() {}

  /** In file order, each code at most once. */
  static List<DhcpOption> read(Fields section) {
    List<DhcpOption> options = new ArrayList<>();
    Map<Integer, String> names = new HashMap<>();
    for (Entry entry : section.entries()) {
      Optional<OptionCode> code = OptionCode.named(entry.key());
      if (code.isEmpty()) {
        section.error(entry.key(), unknown(entry.key()));
        continue;
      }
      int number = code.get().number();
      String twin = names.putIfAbsent(number, entry.key());
      if (OWNED.containsKey(number)) {
        section.error(entry.key(), "not an option to set here, wanted none: " + OWNED.get(number));
      } else if (twin != null) {
        section.error(entry.key(), "an option twice, wanted it once, got it as " + twin + " too");
      } else {
        option(section, entry, code.get()).ifPresent(options::add);
      }
    }
    return List.copyOf(options);
  }

  private static Optional<DhcpOption> option(Fields section, Entry entry, OptionCode code) {
    if (entry.value() instanceof Mapping) {
      section.error(entry.key(), "not an option's value, wanted one or a list, got a mapping");
      return Optional.empty();
    }
    OptionParser.Parsed parsed = OptionParser.parse(code, entry.value().value());
    parsed
        .problem()
        .ifPresent(problem -> section.error(entry.key(), "not an option's value, " + problem));
    return parsed.option();
  }

  private static String unknown(String name) {
    return "unknown option"
        + OptionCode.suggestion(name)
            .map(known -> ", did you mean \"" + known + "\"?")
            .orElse(", wanted its name or a number 1 to 254");
  }

  private static Map<Integer, String> owned() {
    Map<Integer, String> owned = new HashMap<>();
    owned.put(OptionCode.SUBNET_MASK, "the key \"subnet\" says it");
    owned.put(OptionCode.ROUTER, "use the key \"router\"");
    owned.put(OptionCode.DOMAIN_NAME_SERVERS, "use the key \"dns\"");
    owned.put(OptionCode.DOMAIN_NAME, "use the key \"domain\"");
    owned.put(OptionCode.HOST_NAME, "each machine's name is set in the page");
    owned.put(OptionCode.LEASE_TIME, "use the key \"lease-time\"");
    owned.put(OptionCode.RENEWAL_TIME, "it follows from the key \"lease-time\"");
    owned.put(OptionCode.REBINDING_TIME, "it follows from the key \"lease-time\"");
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
            OptionCode.CLIENT_MACHINE_IDENTIFIER)) {
      owned.put(client, CLIENT);
    }
    return Map.copyOf(owned);
  }
}
