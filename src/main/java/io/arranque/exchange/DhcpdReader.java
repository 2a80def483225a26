package io.arranque.exchange;

import io.arranque.exchange.DhcpdTokenReader.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts of an ISC dhcpd.conf, wherever in its groups and subnets they stand, or the active
 * leases of its dhcpd.leases.
 */
final class DhcpdReader {
  private final Format format;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  /** Where each kind of statement that is not taken stood first, and how often it stood. */
  private final Map<String, int[]> ignored = new LinkedHashMap<>();

  /** The newest lease of each card: the file is a journal, what stands later is so now. */
  private final Map<String, Entry> leases = new LinkedHashMap<>();

  private final Deque<BlockDraft> open = new ArrayDeque<>();

  private DhcpdReader(Format format) {
    this.format = format;
  }

  /** A pair of braces, and the host or lease that it is about, if it is. */
  private static final class BlockDraft {
    final int line;
    final Optional<HostDraft> host;
    final boolean lease;
    Optional<String> label;
    Optional<String> hostname = Optional.empty();
    boolean gone;

    BlockDraft(int line, String kind, Optional<String> label) {
      this.line = line;
      this.lease = kind.equals("lease");
      this.label = label;
      this.host =
          lease || kind.equals("host") ? Optional.of(new HostDraft(line)) : Optional.empty();
    }
  }

  static Reading read(String text, Format format) {
    DhcpdReader reader = new DhcpdReader(format);
    reader.readAll(DhcpdTokenReader.tokens(text));
    reader.finish();
    return Reading.of(format, reader.entries, reader.remarks);
  }

  private void readAll(List<Token> tokens) {
    List<Token> words = new ArrayList<>();
    for (Token token : tokens) {
      if (token.is("{")) {
        open.push(
            new BlockDraft(
                words.isEmpty() ? token.line() : words.get(0).line(),
                word(words, 0),
                words.size() > 1 ? Optional.of(words.get(1).text()) : Optional.empty()));
        words.clear();
      } else if (token.is(";")) {
        statement(words);
        words.clear();
      } else if (token.is("}")) {
        if (!words.isEmpty()) {
          syntax(words.get(0).line(), words.get(0).text());
          words.clear();
        }
        if (open.isEmpty()) {
          syntax(token.line(), "}");
        } else {
          close(open.pop());
        }
      } else {
        words.add(token);
      }
    }
    if (!words.isEmpty()) {
      syntax(words.get(0).line(), words.get(0).text());
    }
  }

  private void finish() {
    open.forEach(block -> syntax(block.line, "{"));
    entries.addAll(leases.values());
    ignored.forEach(
        (what, place) ->
            remarks.add(
                Remark.note(
                    place[0],
                    "",
                    Rule.STATEMENT_IGNORED,
                    place[1] == 1 ? what : what + ", " + place[1] + "×")));
  }

  private void statement(List<Token> words) {
    if (words.isEmpty()) {
      return;
    }
    int line = words.get(0).line();
    if (word(words, 0).equals("include")) {
      remarks.add(Remark.refusal(line, "", Rule.INCLUDED_FILE, text(words, 1)));
      return;
    }
    BlockDraft block = open.peek();
    if (block == null || block.host.isEmpty() || !ofHost(block, block.host.get(), words)) {
      ignore(line, words);
    }
  }

  /** Whether the statement tells something of the host. */
  private static boolean ofHost(BlockDraft block, HostDraft host, List<Token> words) {
    String first = word(words, 0);
    String second = word(words, 1);
    if (first.equals("hardware") && second.equals("ethernet")) {
      host.mac(text(words, 2));
      return true;
    }
    if (first.equals("fixed-address") && !block.lease) {
      host.address(text(words, 1));
      if (words.size() > 2) {
        host.note(Entry.RESERVATION, Rule.ADDRESS_FURTHER, text(words, 3));
      }
      return true;
    }
    if (first.equals("client-hostname")) {
      block.hostname = Optional.of(text(words, 1));
      return true;
    }
    if (first.equals("option") && second.equals("host-name")) {
      block.hostname = Optional.of(text(words, 2));
      return true;
    }
    if (first.equals("deleted")
        || (block.lease && first.equals("binding") && !word(words, 2).equals("active"))) {
      block.gone = true;
    }
    return block.lease || first.equals("deleted") || first.equals("dynamic");
  }

  private void close(BlockDraft block) {
    if (block.host.isEmpty()) {
      return;
    }
    HostDraft host = block.host.get();
    if (block.lease) {
      closeLease(block, host);
    } else if (!host.hasMac()) {
      remarks.add(Remark.note(block.line, "", Rule.HOST_WITHOUT_MAC, block.label.orElse("")));
    } else if (!block.gone) {
      block.hostname.ifPresentOrElse(host::name, () -> block.label.ifPresent(host::labelled));
      entries.add(host.entry());
    }
  }

  private void closeLease(BlockDraft block, HostDraft lease) {
    if (!lease.hasMac()) {
      return;
    }
    if (block.gone) {
      // Only if it is this address that has ended: a PC may hold another by now.
      Entry known = leases.get(lease.mac());
      if (known != null
          && known
              .fields()
              .getOrDefault(Entry.SEEN_ADDRESS, Optional.empty())
              .equals(block.label)) {
        leases.remove(lease.mac());
      }
      return;
    }
    block.label.ifPresent(lease::seenAt);
    block.hostname.ifPresent(lease::called);
    leases.remove(lease.mac());
    leases.put(lease.mac(), lease.entry());
  }

  private void ignore(int line, List<Token> words) {
    if (format == Format.DHCPD_LEASES) {
      return;
    }
    String what = word(words, 0).equals("option") ? "option " + word(words, 1) : word(words, 0);
    ignored.computeIfAbsent(what, w -> new int[] {line, 0})[1]++;
  }

  private void syntax(int line, String near) {
    remarks.add(Remark.refusal(line, "", Rule.SYNTAX, near));
  }

  /** Keywords are read in any case. */
  private static String word(List<Token> words, int index) {
    return text(words, index).toLowerCase(Locale.ROOT);
  }

  private static String text(List<Token> words, int index) {
    return index < words.size() ? words.get(index).text() : "";
  }
}
