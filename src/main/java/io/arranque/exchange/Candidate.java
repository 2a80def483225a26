package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.exchange.Claims.Claim;
import io.arranque.exchange.Proposal.FieldChange;
import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row about a machine with a sound MAC: what it would change.
 *
 * @param present the machine as it is; empty when it is new
 * @param changes only what is not so already; secrets are in the clear
 * @param notes about what was left out
 */
record Candidate(
    int line,
    Mac mac,
    Optional<Machine> present,
    boolean removed,
    List<FieldChange> changes,
    List<Remark> notes) {

  static Candidate of(Entry entry, Mac mac, Inventory inventory, Terms terms) {
    Optional<Machine> present = inventory.machine(mac);
    SortedMap<String, String> now =
        MachineFields.of(present.orElseGet(() -> Machine.unknown(mac))).fields();
    List<Remark> notes = new ArrayList<>(entry.remarks());
    List<FieldChange> changes = new ArrayList<>();
    if (!entry.removed()) {
      wanted(entry, terms)
          .forEach(
              (field, value) -> {
                Optional<String> from = Optional.ofNullable(now.get(field));
                Optional<String> to =
                    value.map(text -> plain(field, text)).filter(t -> !t.isEmpty());
                if (Masks.isMask(Map.entry(field, value))) {
                  if (from.isEmpty()) {
                    notes.add(Remark.note(entry.line(), field, Rule.SECRET_MISSING, field));
                  }
                } else if (!from.equals(to)) {
                  changes.add(new FieldChange(field, from, to));
                }
              });
    }
    return new Candidate(
        entry.line(), mac, present, entry.removed(), List.copyOf(changes), List.copyOf(notes));
  }

  private static SortedMap<String, Optional<String>> wanted(Entry entry, Terms terms) {
    SortedMap<String, Optional<String>> wanted = new TreeMap<>(entry.fields());
    Optional<String> seen = wanted.getOrDefault(Entry.SEEN_ADDRESS, Optional.empty());
    wanted.remove(Entry.SEEN_ADDRESS);
    if (terms.reserve() && seen.isPresent()) {
      wanted.putIfAbsent(Entry.RESERVATION, seen);
    }
    terms.room().ifPresent(room -> wanted.putIfAbsent(Entry.ROOM, Optional.of(room)));
    return wanted;
  }

  /** As it would be stored; a variable is kept to the letter. */
  private static String plain(String field, String text) {
    if (field.startsWith(Entry.VARS)) {
      return text;
    }
    String stripped = text.strip();
    return field.equals(Entry.RESERVATION)
        ? Ipv4.parse(stripped).map(Ipv4::toString).orElse(stripped)
        : stripped;
  }

  boolean isEffective() {
    return removed ? present.isPresent() : present.isEmpty() || !changes.isEmpty();
  }

  /** What the rules are asked about: only what changes, so that what is so already may stay. */
  AssignmentEdit edit(Terms terms) {
    return new AssignmentEdit(
        wanted(Entry.HOSTNAME),
        wanted(Entry.ROOM),
        wanted(Entry.SEAT),
        wanted(Entry.ROLE),
        wantedUnder(Entry.VARS),
        wantedUnder(Entry.OPTIONS),
        wanted(Entry.RESERVATION),
        terms.evenIfLeased(),
        wanted(Entry.POLICY));
  }

  private Optional<String> wanted(String field) {
    return changes.stream()
        .filter(change -> change.field().equals(field))
        .map(change -> change.to().orElse(""))
        .findFirst();
  }

  private Map<String, String> wantedUnder(String prefix) {
    Map<String, String> values = new HashMap<>();
    changes.forEach(change -> values.put(change.field(), change.to().orElse("")));
    return MachineFields.under(prefix, values);
  }

  boolean changes(String field) {
    return wanted(field).isPresent();
  }

  /** The value afterwards. */
  Optional<String> afterwards(String field) {
    Optional<String> wanted = wanted(field);
    return wanted.isPresent()
        ? wanted.filter(text -> !text.isEmpty())
        : present.flatMap(m -> Optional.ofNullable(MachineFields.of(m).fields().get(field)));
  }

  /** What it would hold that others cannot hold too. */
  Claim claim() {
    if (removed) {
      return Claim.NOTHING;
    }
    Machine machine = present.orElseGet(() -> Machine.unknown(mac));
    return new Claim(
        Optional.of(
            wanted(Entry.HOSTNAME)
                .map(text -> text.isEmpty() ? Machine.unknown(mac).hostname() : text)
                .orElseGet(machine::hostname)),
        changes(Entry.RESERVATION)
            ? wanted(Entry.RESERVATION).flatMap(Ipv4::parse)
            : machine.assignment().reservation());
  }
}
