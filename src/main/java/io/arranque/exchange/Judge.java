package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.Assignments;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Reservations;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the rules of the inventory about each row, as if all the others were done. A row that is
 * refused is not done, so those that counted on it, for its name or its address, are asked about
 * again; each row is refused at most once, so that ends.
 */
final class Judge {
  private final Site site;
  private final Inventory inventory;
  private final Reservations.Wire wire;
  private final Terms terms;
  private final Claims claims;
  private final Map<Mac, Candidate> candidates = new LinkedHashMap<>();
  private final Map<Mac, List<Remark>> refused = new LinkedHashMap<>();
  private final Map<Mac, List<InventoryChange>> accepted = new LinkedHashMap<>();
  private final Map<List<String>, Set<Mac>> presentSeats = new HashMap<>();

  Judge(Site site, Inventory inventory, Reservations.Wire wire, Terms terms) {
    this.site = site;
    this.inventory = inventory;
    this.wire = wire;
    this.terms = terms;
    this.claims = new Claims(inventory);
  }

  void add(Candidate candidate) {
    candidates.put(candidate.mac(), candidate);
    claims.move(candidate.mac(), claims.present(candidate.mac()), candidate.claim());
  }

  void judgeAll() {
    Map<List<String>, Set<Mac>> seats = seats();
    Set<Candidate> unjudged = new LinkedHashSet<>(candidates.values());
    while (!unjudged.isEmpty()) {
      // All before any is withdrawn: of two that want the same name neither gets it.
      Set<Mac> bad = new LinkedHashSet<>();
      for (Candidate candidate : unjudged) {
        if (candidate.isEffective() && !refused.containsKey(candidate.mac())) {
          List<Remark> remarks = new ArrayList<>(judge(candidate));
          remarks.addAll(seatTwins(candidate, seats));
          if (!remarks.isEmpty()) {
            refused.put(candidate.mac(), List.copyOf(remarks));
            bad.add(candidate.mac());
          }
        }
      }
      unjudged.clear();
      bad.forEach(mac -> claims.move(mac, claimOf(mac), claims.present(mac)));
      bad.forEach(
          mac ->
              claims.rivals(claims.present(mac)).stream()
                  .map(candidates::get)
                  .filter(rival -> rival != null)
                  .forEach(unjudged::add));
    }
  }

  private Claims.Claim claimOf(Mac mac) {
    Candidate candidate = candidates.get(mac);
    return candidate == null ? Claims.Claim.NOTHING : candidate.claim();
  }

  private List<Remark> judge(Candidate candidate) {
    Mac mac = candidate.mac();
    Inventory others = claims.seenBy(mac);
    if (candidate.removed()) {
      return remarks(candidate, Assignments.forget(inventory, mac, terms.by()), List.of());
    }
    AssignmentEdit edit = candidate.edit(terms);
    return remarks(
        candidate,
        Assignments.edit(site, others, mac, edit, terms.by()),
        Reservations.onTheWire(site, inventory, mac, edit, wire));
  }

  private List<Remark> remarks(Candidate candidate, Decision decision, List<Refusal> more) {
    List<Refusal> all = new ArrayList<>();
    if (decision instanceof Decision.Refused no) {
      all.addAll(no.refusals());
    } else if (decision instanceof Decision.Accepted yes) {
      accepted.put(candidate.mac(), yes.changes());
    }
    all.addAll(more);
    return all.stream()
        .map(refusal -> Remark.of(candidate.line(), refusal, otherLine(candidate, refusal)))
        .toList();
  }

  /** Where in the file the machine stands that has the name or the address. */
  private String otherLine(Candidate candidate, Refusal refusal) {
    Set<Mac> rivals =
        switch (refusal.kind()) {
          case HOSTNAME_TAKEN -> candidate.claim().name().map(claims::named).orElse(Set.of());
          case RESERVATION_TAKEN -> candidate.claim().address().map(claims::at).orElse(Set.of());
          default -> Set.of();
        };
    return rivals.stream()
        .filter(mac -> !mac.equals(candidate.mac()))
        .sorted()
        .map(candidates::get)
        .filter(rival -> rival != null)
        .map(rival -> ", line " + rival.line())
        .findFirst()
        .orElse("");
  }

  private Map<List<String>, Set<Mac>> seats() {
    Map<List<String>, Set<Mac>> seats = new LinkedHashMap<>();
    candidates
        .values()
        .forEach(
            candidate ->
                seat(candidate)
                    .ifPresent(
                        seat ->
                            seats
                                .computeIfAbsent(seat, s -> new LinkedHashSet<>())
                                .add(candidate.mac())));
    return seats;
  }

  private static Optional<List<String>> seat(Candidate candidate) {
    return candidate.removed()
        ? Optional.empty()
        : candidate
            .afterwards(Entry.SEAT)
            .map(seat -> List.of(candidate.afterwards(Entry.ROOM).orElse(""), seat));
  }

  /** The page lets two machines share a seat, so two that do so already may stay there. */
  private List<Remark> seatTwins(Candidate candidate, Map<List<String>, Set<Mac>> seats) {
    if (!candidate.changes(Entry.SEAT) && !candidate.changes(Entry.ROOM)) {
      return List.of();
    }
    return seat(candidate).map(seats::get).orElse(Set.of()).stream()
        .filter(mac -> !mac.equals(candidate.mac()))
        .limit(1)
        .map(
            mac ->
                Remark.refusal(
                    candidate.line(),
                    Entry.SEAT,
                    Rule.SEAT_TWICE,
                    candidate.afterwards(Entry.SEAT).orElse("") + ", line " + lineOf(mac)))
        .toList();
  }

  /** Machines of which the file says nothing and that sit where one is to be put. */
  List<Remark> seatNotes(Candidate candidate) {
    if (!candidate.changes(Entry.SEAT) && !candidate.changes(Entry.ROOM)) {
      return List.of();
    }
    return seat(candidate)
        .map(seat -> presentSeats().getOrDefault(seat, Set.of()))
        .orElse(Set.of())
        .stream()
        .filter(mac -> !candidates.containsKey(mac))
        .limit(1)
        .map(mac -> Remark.note(candidate.line(), Entry.SEAT, Rule.SEAT_TAKEN, mac.toString()))
        .toList();
  }

  private Map<List<String>, Set<Mac>> presentSeats() {
    if (presentSeats.isEmpty()) {
      for (Machine machine : inventory.machines()) {
        Machine.Assignment at = machine.assignment();
        at.seat()
            .ifPresent(
                seat ->
                    presentSeats
                        .computeIfAbsent(
                            List.of(at.room().orElse(""), seat), s -> new LinkedHashSet<>())
                        .add(machine.mac()));
      }
    }
    return presentSeats;
  }

  private int lineOf(Mac mac) {
    Candidate candidate = candidates.get(mac);
    return candidate == null ? 0 : candidate.line();
  }

  List<Remark> refusals(Mac mac) {
    return refused.getOrDefault(mac, List.of());
  }

  List<InventoryChange> changes(Mac mac) {
    return accepted.getOrDefault(mac, List.of());
  }

  /** Whether the address is no machine's but the way out: neighbour tables always have it. */
  static boolean isRouter(Site site, Entry entry) {
    return entry
        .fields()
        .getOrDefault(Entry.SEEN_ADDRESS, Optional.empty())
        .flatMap(Ipv4::parse)
        .filter(
            address ->
                site.segmentOf(address).flatMap(s -> s.router()).equals(Optional.of(address)))
        .isPresent();
  }
}
