package io.arranque.exchange;

import io.arranque.address.Mac;
import io.arranque.exchange.Entry.Subject;
import io.arranque.exchange.Proposal.FieldChange;
import io.arranque.exchange.Proposal.State;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Reservations;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From what stands in a file to what it would do. All or nothing, unless the terms say that bad
 * rows are skipped; a file that as a whole cannot be read does nothing in either case.
 */
public final class Import {
  private final Site site;
  private final Inventory inventory;
  private final Terms terms;
  private final Masks masks;
  private final Judge judge;
  private final Map<Entry, Candidate> candidates = new LinkedHashMap<>();
  private final Map<Entry, Proposal> proposals = new LinkedHashMap<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final List<InventoryChange> changes = new ArrayList<>();

  private Import(Site site, Inventory inventory, Reservations.Wire wire, Terms terms) {
    this.site = site;
    this.inventory = inventory;
    this.terms = terms;
    this.masks = Masks.of(site);
    this.judge = new Judge(site, inventory, wire, terms);
  }

  public static Outcome decide(
      Reading reading, Site site, Inventory inventory, Reservations.Wire wire, Terms terms) {
    return new Import(site, inventory, wire, terms).decide(reading);
  }

  private Outcome decide(Reading reading) {
    remarks.addAll(reading.remarks());
    if (reading.isRefused()) {
      return new Outcome(reading.format(), remarks, List.of(), List.of(), "");
    }
    List<Entry> machines = of(reading, Subject.MACHINE);
    Map<Mac, Integer> firstLines = new HashMap<>();
    Set<Mac> twice = new HashSet<>();
    machines.forEach(
        entry ->
            Mac.parse(entry.key())
                .filter(mac -> firstLines.putIfAbsent(mac, entry.line()) != null)
                .ifPresent(twice::add));
    machines.forEach(entry -> consider(entry, firstLines, twice));
    judge.judgeAll();
    candidates.forEach((entry, candidate) -> proposals.put(entry, proposal(candidate)));
    Undo undo = new Undo(masks, inventory);
    RoomImport rooms = new RoomImport(site, inventory, masks, terms);
    of(reading, Subject.ROOM)
        .forEach(
            entry -> {
              proposals.put(entry, rooms.propose(entry, changes));
              rooms.lastChange().ifPresent(changes::add);
            });
    List<Proposal> inOrder =
        reading.entries().stream().map(proposals::get).filter(p -> p != null).toList();
    Outcome all = new Outcome(reading.format(), remarks, inOrder, changes, "");
    if (!all.refusals().isEmpty() && !terms.skipBad()) {
      return new Outcome(reading.format(), remarks, inOrder, List.of(), "");
    }
    return new Outcome(reading.format(), remarks, inOrder, changes, undo.of(inOrder));
  }

  private static List<Entry> of(Reading reading, Subject subject) {
    return reading.entries().stream().filter(entry -> entry.subject() == subject).toList();
  }

  /** A row with a sound MAC of its own becomes a candidate; the others are refused as they are. */
  private void consider(Entry entry, Map<Mac, Integer> firstLines, Set<Mac> twice) {
    List<Remark> bad = new ArrayList<>(entry.remarks());
    Optional<Mac> mac = Mac.parse(entry.key());
    if (entry.key().isEmpty()) {
      bad.add(Remark.refusal(entry.line(), "mac", Rule.MAC_MISSING, ""));
    } else if (mac.isEmpty()) {
      bad.add(Remark.refusal(entry.line(), "mac", Rule.MAC_MALFORMED, entry.key()));
    } else if (twice.contains(mac.get())) {
      String first = mac.get() + ", line " + firstLines.get(mac.get());
      bad.add(Remark.refusal(entry.line(), "mac", Rule.MAC_TWICE, first));
    }
    if (bad.stream().anyMatch(Remark::refuses)) {
      String name = entry.fields().getOrDefault(Entry.HOSTNAME, Optional.empty()).orElse("");
      proposals.put(
          entry,
          new Proposal(entry.line(), "machine", entry.key(), name, State.REFUSED, List.of(), bad));
    } else if (Judge.isRouter(site, entry)) {
      remarks.add(Remark.note(entry.line(), "mac", Rule.IS_THE_ROUTER, entry.key()));
    } else {
      if (entry.fields().containsKey(Entry.SEEN_ADDRESS) && !terms.reserve()) {
        addOnce(Remark.note(0, "", Rule.ADDRESS_NOT_RESERVED, ""));
      }
      Candidate candidate = Candidate.of(entry, mac.orElseThrow(), inventory, terms);
      candidates.put(entry, candidate);
      judge.add(candidate);
    }
  }

  private void addOnce(Remark remark) {
    if (!remarks.contains(remark)) {
      remarks.add(remark);
    }
  }

  private Proposal proposal(Candidate candidate) {
    List<Remark> all = new ArrayList<>(candidate.notes());
    List<Remark> refusals = judge.refusals(candidate.mac());
    all.addAll(refusals);
    all.addAll(judge.seatNotes(candidate));
    if (refusals.isEmpty()) {
      changes.addAll(judge.changes(candidate.mac()));
    }
    return new Proposal(
        candidate.line(),
        "machine",
        candidate.mac().toString(),
        candidate.claim().name().orElse(""),
        refusals.isEmpty() ? state(candidate) : State.REFUSED,
        candidate.changes().stream().map(change -> shown(masks, change)).toList(),
        all);
  }

  private static State state(Candidate candidate) {
    if (!candidate.isEffective()) {
      return State.UNCHANGED;
    }
    if (candidate.removed()) {
      return State.FORGOTTEN;
    }
    return candidate.present().isEmpty() ? State.NEW : State.CHANGED;
  }

  static FieldChange shown(Masks masks, FieldChange change) {
    return new FieldChange(
        change.field(),
        masks.shown(change.field(), change.from()),
        masks.shown(change.field(), change.to()));
  }
}
