package io.arranque.dhcp.packet;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of an option before its value is seen.
 *
 * @param number 1 to 254
 * @param name as in IANA's registry and dhcpd, in lower case with hyphens: {@code ntp-servers}
 * @param aliases other names operators know it by: dhcpd's, dnsmasq's
 * @param shape what its value looks like; {@link Shape#OPAQUE} when nothing is known
 */
public record OptionCode(int number, String name, List<String> aliases, Shape shape) {
  public static final int SUBNET_MASK = 1;
  public static final int ROUTER = 3;
  public static final int DOMAIN_NAME_SERVERS = 6;
  public static final int HOST_NAME = 12;
  public static final int DOMAIN_NAME = 15;
  public static final int ROOT_PATH = 17;
  public static final int BROADCAST_ADDRESS = 28;
  public static final int STATIC_ROUTE = 33;
  public static final int NTP_SERVERS = 42;
  public static final int VENDOR_SPECIFIC = 43;
  public static final int REQUESTED_ADDRESS = 50;
  public static final int LEASE_TIME = 51;
  public static final int OVERLOAD = 52;
  public static final int MESSAGE_TYPE = 53;
  public static final int SERVER_IDENTIFIER = 54;
  public static final int PARAMETER_REQUEST_LIST = 55;
  public static final int MESSAGE = 56;
  public static final int MAX_MESSAGE_SIZE = 57;
  public static final int RENEWAL_TIME = 58;
  public static final int REBINDING_TIME = 59;
  public static final int VENDOR_CLASS = 60;
  public static final int CLIENT_IDENTIFIER = 61;
  public static final int TFTP_SERVER_NAME = 66;
  public static final int BOOTFILE_NAME = 67;
  public static final int USER_CLASS = 77;
  public static final int CLIENT_FQDN = 81;
  public static final int RELAY_AGENT_INFORMATION = 82;
  public static final int CLIENT_ARCHITECTURE = 93;
  public static final int CLIENT_NETWORK_INTERFACE = 94;
  public static final int CLIENT_MACHINE_IDENTIFIER = 97;
  public static final int SUBNET_SELECTION = 118;
  public static final int DOMAIN_SEARCH = 119;
  public static final int CLASSLESS_STATIC_ROUTE = 121;
  public static final int TFTP_SERVER_ADDRESS = 150;
  public static final int IPXE_ENCAPSULATED = 175;

  public OptionCode {
    aliases = List.copyOf(aliases);
  }

  /** Every number has one: those nobody registered are called {@code option-222}. */
  public static OptionCode of(int number) {
    // Asked for each option of each packet.
    return number >= 0 && number < OptionRegistry.ALL.size()
        ? OptionRegistry.ALL.get(number)
        : nameless(number);
  }

  static OptionCode nameless(int number) {
    return new OptionCode(number, "option-" + number, List.of(), Shape.OPAQUE);
  }

  /**
   * By name, alias, {@code option-N} or bare number 1 to 254; any case, {@code _} counts as {@code
   * -}.
   */
  public static Optional<OptionCode> named(String text) {
    String name = normal(text);
    String digits = name.startsWith("option-") ? name.substring("option-".length()) : name;
    if (digits.matches("[0-9]{1,3}")) {
      int number = Integer.parseInt(digits);
      return number >= 1 && number <= 254 ? Optional.of(of(number)) : Optional.empty();
    }
    return Optional.ofNullable(OptionRegistry.BY_NAME.get(name));
  }

  /** The known name closest to a misspelt one; empty when none is close. */
  public static Optional<String> suggestion(String misspelt) {
    String wanted = normal(misspelt);
    return OptionRegistry.BY_NAME.keySet().stream()
        .map(name -> Map.entry(name, editDistance(wanted, name)))
        .filter(entry -> entry.getValue() <= Math.max(1, wanted.length() / 4))
        .min(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  /** All registered ones, by number. */
  public static List<OptionCode> known() {
    Collection<OptionCode> all = OptionRegistry.BY_NUMBER.values();
    return all.stream().sorted(Comparator.comparingInt(OptionCode::number)).toList();
  }

  private static String normal(String text) {
    return text.strip().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Levenshtein's: insertions, deletions and replacements that turn one into the other. */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
