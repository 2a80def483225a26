package io.arranque.exchange;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which format a text is in, by what only that format has. */
final class Recognition {
  private static final int LOOKED_AT = 400;
  private static final int LONGEST = 2_000;

  private static final Pattern YAML = Pattern.compile("(arranque|machines|rooms):.*");
  private static final Pattern LEASE_BLOCK =
      Pattern.compile("\\s*lease\\s+[0-9.]+\\s*\\{?.*", Pattern.DOTALL);
  private static final Pattern DHCPD =
      Pattern.compile(
          "\\s*(host\\s+\\S+\\s*\\{?|hardware\\s+ethernet\\s|subnet\\s+[0-9.]+\\s+netmask"
              + "|group\\s*\\S*\\s*\\{|(class|shared-network)\\s+\\S+\\s*\\{).*");
  private static final Pattern DNSMASQ = Pattern.compile("\\s*(--)?dhcp-host\\s*=.*");
  private static final String MAC =
      "([0-9A-Fa-f]{1,2}[:-]){5}[0-9A-Fa-f]{1,2}|([0-9A-Fa-f]{4}\\.){2}[0-9A-Fa-f]{4}";
  private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
  private static final Pattern HOSTS_FILE = Pattern.compile("\\s*(" + MAC + ")\\s*,.*");
  private static final Pattern DNSMASQ_LEASE =
      Pattern.compile("[0-9]+\\s+(" + MAC + ")\\s+" + ADDRESS + "\\s+\\S+(\\s+\\S+)?\\s*");
  private static final Pattern NEIGHBOUR =
      Pattern.compile(
          "\\s*(\\S+\\s+)?\\(?("
              + ADDRESS
              + ")\\)?\\s.*(\\s|^)("
              + MAC
              + "|<?incomplete>?|\\(incomplete\\)|FAILED)(\\s.*)?");
  private static final Pattern ETHERS = Pattern.compile("\\s*(" + MAC + ")\\s+[^\\s,;]+\\s*(#.*)?");

  private Recognition() {}

  static Optional<Format> of(String text) {
    List<String> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
            .filter(line -> line.length() <= LONGEST)
            .limit(LOOKED_AT)
            .toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    // A CSV is known by its first line alone: its cells may hold anything.
    if (CsvReader.hasHeader(text)) {
      return Optional.of(Format.CSV);
    }
    return any(lines, DNSMASQ, Format.DNSMASQ)
        .or(() -> any(lines, LEASE_BLOCK, Format.DHCPD_LEASES))
        .or(() -> any(lines, DHCPD, Format.DHCPD))
        .or(() -> any(lines, YAML, Format.YAML))
        .or(() -> any(lines, DNSMASQ_LEASE, Format.DNSMASQ_LEASES))
        .or(() -> any(lines, HOSTS_FILE, Format.DNSMASQ))
        .or(() -> any(lines, ETHERS, Format.ETHERS))
        .or(() -> any(lines, NEIGHBOUR, Format.ARP));
  }

  private static Optional<Format> any(List<String> lines, Pattern pattern, Format format) {
    return lines.stream().anyMatch(line -> pattern.matcher(line).matches())
        ? Optional.of(format)
        : Optional.empty();
  }
}
