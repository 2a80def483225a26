package io.arranque.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a file, before anybody has asked whether it may be so.
 *
 * @param format the one named or recognised; empty when it is neither
 * @param entries machines and rooms in the order of the file
 * @param remarks about lines that are no entries, and the file
 */
public record Reading(Optional<Format> format, List<Entry> entries, List<Remark> remarks) {
  /** Five megabytes: fifty times what a site of 2 000 machines needs. */
  public static final int MAX_BYTES = 5_000_000;

  public static final int MAX_ROWS = 10_000;

  /** Nobody reads more; a wrong file would bring one for each of its lines. */
  private static final int MAX_REMARKS = 200;

  public Reading {
    entries = List.copyOf(entries);
    remarks =
        remarks.size() <= MAX_REMARKS
            ? List.copyOf(remarks)
            : shortened(remarks, remarks.size() - MAX_REMARKS);
  }

  private static List<Remark> shortened(List<Remark> remarks, int left) {
    // What refuses counts, whether it is shown or not: it goes first.
    List<Remark> kept = new ArrayList<>();
    remarks.stream().filter(Remark::refuses).limit(MAX_REMARKS).forEach(kept::add);
    remarks.stream()
        .filter(remark -> !remark.refuses())
        .limit(MAX_REMARKS - kept.size())
        .forEach(kept::add);
    kept.add(Remark.note(0, "", Rule.REMARKS_MORE, "+" + left));
    return List.copyOf(kept);
  }

  /**
   * Reads a file; never throws, whatever stands in it.
   *
   * @param bytes the file, as it came
   * @param named its format; empty: by its content
   */
  public static Reading of(byte[] bytes, Optional<Format> named) {
    if (bytes.length > MAX_BYTES) {
      return failed(named, Rule.FILE_TOO_LARGE, bytes.length / 1000 + " kB");
    }
    if (Decoding.isBinary(bytes)) {
      return failed(named, Rule.FILE_NO_TEXT, "");
    }
    Decoding decoded = Decoding.of(bytes);
    Reading reading = ofText(decoded.text(), named);
    return decoded.guessed()
        ? reading.with(Remark.note(0, "", Rule.ENCODING_GUESSED, ""))
        : reading;
  }

  /** The same of a text that was pasted. */
  public static Reading ofText(String text, Optional<Format> named) {
    if (text.length() > MAX_BYTES) {
      return failed(named, Rule.FILE_TOO_LARGE, text.length() / 1000 + " kB");
    }
    if (text.isBlank()) {
      return failed(named, Rule.FILE_EMPTY, "");
    }
    Optional<Format> format = named.or(() -> Recognition.of(text));
    if (format.isEmpty()) {
      String known = String.join(", ", Arrays.stream(Format.values()).map(Format::label).toList());
      return failed(named, Rule.FORMAT_UNKNOWN, known);
    }
    Reading reading =
        switch (format.get()) {
          case CSV -> CsvReader.read(text);
          case YAML -> YamlReader.read(text);
          case DHCPD -> DhcpdReader.read(text, Format.DHCPD);
          case DHCPD_LEASES -> DhcpdReader.read(text, Format.DHCPD_LEASES);
          case DNSMASQ -> DnsmasqReader.read(text);
          case ETHERS -> TableReader.ethers(text);
          case ARP -> TableReader.neighbours(text);
          case DNSMASQ_LEASES -> TableReader.leases(text);
        };
    if (reading.entries.size() > MAX_ROWS) {
      return failed(format, Rule.ROWS_TOO_MANY, "");
    }
    return reading.entries.isEmpty() && !reading.isRefused()
        ? reading.with(Remark.refusal(0, "", Rule.FILE_EMPTY, ""))
        : reading;
  }

  /** Whether the file as a whole cannot be taken. */
  public boolean isRefused() {
    return remarks.stream().anyMatch(remark -> remark.refuses() && remark.line() == 0);
  }

  static Reading of(Format format, List<Entry> entries, List<Remark> remarks) {
    return new Reading(Optional.of(format), entries, remarks);
  }

  static Reading failed(Optional<Format> format, Rule rule, String detail) {
    return new Reading(format, List.of(), List.of(Remark.refusal(0, "", rule, detail)));
  }

  private Reading with(Remark remark) {
    List<Remark> all = new ArrayList<>(List.of(remark));
    all.addAll(remarks);
    return new Reading(format, entries, all);
  }
}
