package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dnsmasq's {@code dhcp-host=} lines, and the same without that word as a {@code dhcp-hostsfile}
 * has them. The order of the arguments does not matter: dnsmasq tells them by their shape.
 */
final class DnsmasqReader {
  private static final Pattern OPTION =
      Pattern.compile("\\s*(?:--)?([a-z0-9-]+)\\s*(?:=\\s*(.*))?", Pattern.DOTALL);

  /** A type of hardware may stand before it: {@code 06-00:20:e0:3b:13:af}; 1 is Ethernet. */
  private static final Pattern TYPED = Pattern.compile("([0-9A-Fa-f]{1,2})-(([^:]+:){5}[^:]+)");

  private static final Pattern WITH_WILDCARD =
      Pattern.compile("([0-9A-Fa-f]{1,2}-)?([0-9A-Fa-f]{1,2}|\\*)(:([0-9A-Fa-f]{1,2}|\\*)){5}");
  private static final Pattern LEASE_TIME = Pattern.compile("[0-9]+[smhdwSMHDW]?|infinite");
  private static final Pattern TAG = Pattern.compile("(set|tag|net|id):.*");
  private static final List<String> INCLUDES =
      List.of("conf-file", "conf-dir", "dhcp-hostsfile", "dhcp-hostsdir", "read-ethers");

  private final List<Entry> entries = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  private DnsmasqReader() {}

  /** Whether it means something else than a name where a name may stand. */
  static boolean isArgument(String name) {
    return LEASE_TIME.matcher(name).matches()
        || name.equals("ignore")
        || Mac.parse(name).isPresent();
  }

  static Reading read(String text) {
    DnsmasqReader reader = new DnsmasqReader();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String bare = uncommented(line);
      if (!bare.isEmpty()) {
        reader.line(number, bare);
      }
    }
    return Reading.of(Format.DNSMASQ, reader.entries, reader.remarks);
  }

  /** A comment begins a line or follows a blank, and not within quotes. */
  private static String uncommented(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '#' && !quoted && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return line.substring(0, i).strip();
      }
    }
    return line.strip();
  }

  private void line(int number, String line) {
    Matcher option = OPTION.matcher(line);
    boolean isOption = option.matches() && Mac.parse(line).isEmpty();
    if (isOption && INCLUDES.contains(option.group(1))) {
      remarks.add(Remark.refusal(number, "", Rule.INCLUDED_FILE, line));
    } else if (isOption && !option.group(1).equals("dhcp-host")) {
      remarks.add(Remark.note(number, "", Rule.STATEMENT_IGNORED, option.group(1)));
    } else {
      String value = isOption ? option.group(2) : line;
      host(number, value == null ? "" : value);
    }
  }

  private void host(int number, String value) {
    HostDraft host = new HostDraft(number);
    List<String> names = new ArrayList<>();
    boolean ignore = false;
    for (String argument : value.replace("\"", "").split(",", -1)) {
      String word = argument.strip();
      if (!word.isEmpty() && !isNoted(host, word) && !isMac(host, word)) {
        if (word.equals("ignore")) {
          ignore = true;
        } else if (Ipv4.parse(word).isPresent()) {
          host.address(word);
        } else {
          names.add(word);
        }
      }
    }
    if (ignore || !host.hasMac()) {
      Rule rule = ignore ? Rule.STATEMENT_IGNORED : Rule.HOST_WITHOUT_MAC;
      remarks.add(Remark.note(number, "", rule, value));
      return;
    }
    // "2h" is a lease time, "2" too; a name of digits alone cannot be told from one.
    names.stream()
        .filter(name -> LEASE_TIME.matcher(name).matches())
        .forEach(time -> host.note("", Rule.STATEMENT_IGNORED, time));
    List<String> real = names.stream().filter(name -> !LEASE_TIME.matcher(name).matches()).toList();
    real.stream().limit(1).forEach(host::name);
    real.stream().skip(1).forEach(name -> host.note("", Rule.STATEMENT_IGNORED, name));
    entries.add(host.entry());
  }

  /** Tags, client identifiers and IPv6 addresses, of which we take nothing. */
  private static boolean isNoted(HostDraft host, String word) {
    if (TAG.matcher(word).matches() || word.startsWith("[")) {
      host.note("", Rule.STATEMENT_IGNORED, word);
      return true;
    }
    return false;
  }

  private static boolean isMac(HostDraft host, String word) {
    Matcher typed = TYPED.matcher(word);
    boolean hasType = typed.matches();
    if (!WITH_WILDCARD.matcher(word).matches() && Mac.parse(word).isEmpty()) {
      return false;
    }
    boolean ethernet = !hasType || Integer.parseInt(typed.group(1), 16) == 1;
    Optional<Mac> mac = Mac.parse(hasType ? typed.group(2) : word);
    if (mac.isEmpty() || !ethernet) {
      host.note("mac", Rule.STATEMENT_IGNORED, word);
    } else if (host.hasMac()) {
      host.note("mac", Rule.MAC_FURTHER, word);
    } else {
      host.mac(hasType ? typed.group(2) : word);
    }
    return true;
  }
}
