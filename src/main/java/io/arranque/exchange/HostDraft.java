package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A host as other programs' files name it, while it is being read. */
final class HostDraft {
  private final int line;
  private final Map<String, Optional<String>> fields = new TreeMap<>();
  private final List<Remark> remarks = new ArrayList<>();
  private String mac = "";

  HostDraft(int line) {
    this.line = line;
  }

  int line() {
    return line;
  }

  boolean hasMac() {
    return !mac.isEmpty();
  }

  String mac() {
    return Mac.parse(mac).map(Mac::toString).orElse(mac);
  }

  HostDraft mac(String text) {
    mac = text;
    return this;
  }

  /** A name that people gave: of a full name the first label. */
  HostDraft name(String text) {
    String label = text.split("\\.", 2)[0];
    if (!label.equals(text) && Assignments.isHostname(label)) {
      note(Entry.HOSTNAME, Rule.NAME_SHORTENED, text);
      return put(Entry.HOSTNAME, label);
    }
    return put(Entry.HOSTNAME, text);
  }

  /** A name that is only a label of the file's: what no host name may hold is made to fit. */
  HostDraft labelled(String text) {
    String fit = text.replace('_', '-');
    if (!fit.equals(text)) {
      note(Entry.HOSTNAME, Rule.NAME_REWRITTEN, text);
    }
    // That is how we write machines without a name.
    boolean madeUp = Mac.parse(mac).filter(m -> fit.equalsIgnoreCase("pc-" + m.bare())).isPresent();
    return madeUp ? this : name(fit);
  }

  /** A name that the machine gives itself, which is no more than a hint. */
  HostDraft called(String text) {
    String label = text.split("\\.", 2)[0];
    if (!Assignments.isHostname(label)) {
      note(Entry.HOSTNAME, Rule.NAME_DROPPED, text);
      return this;
    }
    return put(Entry.HOSTNAME, label);
  }

  HostDraft address(String text) {
    if (Ipv4.parse(text).isEmpty() && text.matches("[A-Za-z0-9._-]*[A-Za-z][A-Za-z0-9._-]*")) {
      note(Entry.RESERVATION, Rule.ADDRESS_IS_A_NAME, text);
      return this;
    }
    return put(Entry.RESERVATION, text);
  }

  HostDraft seenAt(String text) {
    return put(Entry.SEEN_ADDRESS, text);
  }

  HostDraft note(String field, Rule rule, String detail) {
    remarks.add(Remark.note(line, field, rule, detail));
    return this;
  }

  private HostDraft put(String field, String value) {
    fields.put(field, Optional.of(value));
    return this;
  }

  Entry entry() {
    return Entry.machine(line, mac, fields, remarks);
  }
}
