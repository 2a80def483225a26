package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files and outputs with a machine in each line: {@code /etc/ethers}, dnsmasq's leases, and tables
 * of neighbours as Linux, BSD, macOS and Windows show them. In the latter a line is told by what it
 * holds, an address and a MAC, whatever the words between are called in whose language.
 */
final class TableReader {
  private static final Set<String> INCOMPLETE =
      Set.of("<incomplete>", "(incomplete)", "FAILED", "INCOMPLETE", "00:00:00:00:00:00");

  private final List<Entry> entries = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final Set<Mac> seen = new HashSet<>();

  private TableReader() {}

  private interface LineReader {
    void read(int number, String line, List<String> words);
  }

  private Reading read(Format format, String text, LineReader lines) {
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String bare = line.strip();
      if (!bare.isEmpty() && !bare.startsWith("#")) {
        lines.read(number, bare, List.of(bare.split("\\s+", -1)));
      }
    }
    return Reading.of(format, entries, remarks);
  }

  /** {@code MAC NAME} or {@code MAC ADDRESS}. */
  static Reading ethers(String text) {
    TableReader reader = new TableReader();
    return reader.read(
        Format.ETHERS,
        text,
        (number, line, words) -> {
          if (words.size() < 2 || words.get(1).startsWith("#")) {
            reader.ignored(number, line);
            return;
          }
          HostDraft host = new HostDraft(number).mac(words.get(0));
          boolean isAddress = Ipv4.parse(words.get(1)).isPresent();
          reader.entries.add(
              (isAddress ? host.address(words.get(1)) : host.labelled(words.get(1))).entry());
        });
  }

  /** {@code EXPIRY MAC ADDRESS NAME CLIENT-ID}; the name is {@code *} where there is none. */
  static Reading leases(String text) {
    TableReader reader = new TableReader();
    return reader.read(
        Format.DNSMASQ_LEASES,
        text,
        (number, line, words) -> {
          Optional<Mac> mac = words.size() < 4 ? Optional.empty() : Mac.parse(words.get(1));
          if (mac.isEmpty() || Ipv4.parse(words.get(2)).isEmpty()) {
            reader.ignored(number, line);
            return;
          }
          HostDraft host = new HostDraft(number).mac(words.get(1)).seenAt(words.get(2));
          reader.add(mac.get(), words.get(3).equals("*") ? host : host.called(words.get(3)));
        });
  }

  static Reading neighbours(String text) {
    TableReader reader = new TableReader();
    return reader.read(Format.ARP, text, reader::neighbour);
  }

  private void neighbour(int number, String line, List<String> words) {
    Optional<String> address =
        words.stream()
            .map(word -> word.replaceAll("^\\(|\\)$", ""))
            .filter(word -> Ipv4.parse(word).isPresent())
            .findFirst();
    Optional<Mac> mac = words.stream().map(Mac::parse).flatMap(Optional::stream).findFirst();
    if (address.isEmpty()) {
      // The heading, an IPv6 neighbour, the name of the card.
      if (mac.isPresent()) {
        ignored(number, line);
      }
      return;
    }
    if (mac.isEmpty() || words.stream().anyMatch(INCOMPLETE::contains)) {
      if (words.stream().anyMatch(INCOMPLETE::contains)) {
        remarks.add(Remark.note(number, "", Rule.MAC_INCOMPLETE, address.get()));
      }
      return;
    }
    // Windows lists the groups of the card among its neighbours, and broadcast.
    if (mac.get().isMulticast()) {
      ignored(number, line);
      return;
    }
    HostDraft host = new HostDraft(number).mac(mac.get().toString()).seenAt(address.get());
    String first = words.get(0);
    boolean named =
        first.matches("[A-Za-z0-9._-]+") && words.size() > 1 && words.get(1).startsWith("(");
    add(mac.get(), named ? host.called(first) : host);
  }

  /** A card with two addresses stands there twice: the first counts. */
  private void add(Mac mac, HostDraft host) {
    if (seen.add(mac)) {
      entries.add(host.entry());
    } else {
      remarks.add(
          Remark.note(host.line(), Entry.SEEN_ADDRESS, Rule.ADDRESS_FURTHER, mac.toString()));
    }
  }

  private void ignored(int number, String line) {
    remarks.add(Remark.note(number, "", Rule.LINE_IGNORED, line));
  }
}
