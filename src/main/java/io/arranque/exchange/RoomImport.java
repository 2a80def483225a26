package io.arranque.exchange;

import io.arranque.address.Mac;
import io.arranque.exchange.Proposal.FieldChange;
import io.arranque.exchange.Proposal.State;
import io.arranque.inventory.Assignments;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryView;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Room;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rooms of a file, after its machines: a room may go when its machines have moved. */
final class RoomImport {
  private final Site site;
  private final Inventory inventory;
  private final Masks masks;
  private final Terms terms;
  private final Set<String> seen = new HashSet<>();
  private final List<InventoryChange> made = new ArrayList<>();

  RoomImport(Site site, Inventory inventory, Masks masks, Terms terms) {
    this.site = site;
    this.inventory = inventory;
    this.masks = masks;
    this.terms = terms;
  }

  /** What the last proposal would commit. */
  Optional<InventoryChange> lastChange() {
    return made.isEmpty() ? Optional.empty() : Optional.of(made.get(0));
  }

  /**
   * @param sofar what the rows about machines would commit
   */
  Proposal propose(Entry entry, List<InventoryChange> sofar) {
    made.clear();
    String name = entry.key();
    Optional<Room> present = inventory.room(name);
    List<Remark> notes = new ArrayList<>(entry.remarks());
    if (!seen.add(name)) {
      notes.add(Remark.refusal(entry.line(), "name", Rule.ROOM_TWICE, name));
    }
    List<FieldChange> changes = entry.removed() ? List.of() : changes(entry, present, notes);
    boolean effective =
        entry.removed() ? present.isPresent() : present.isEmpty() || !changes.isEmpty();
    if (effective && notes.stream().noneMatch(Remark::refuses)) {
      Decision decision =
          entry.removed()
              ? Assignments.removeRoom(afterwards(sofar), name, terms.by())
              : Assignments.saveRoom(site, edited(name, present, changes), terms.by());
      if (decision instanceof Decision.Accepted accepted) {
        made.addAll(accepted.changes());
      } else if (decision instanceof Decision.Refused refused) {
        for (Refusal refusal : refused.refusals()) {
          notes.add(Remark.of(entry.line(), refusal, ""));
        }
      }
    }
    State state =
        notes.stream().anyMatch(Remark::refuses)
            ? State.REFUSED
            : !effective
                ? State.UNCHANGED
                : entry.removed() ? State.FORGOTTEN : present.isEmpty() ? State.NEW : State.CHANGED;
    return new Proposal(
        entry.line(),
        "room",
        name,
        name,
        state,
        changes.stream().map(change -> Import.shown(masks, change)).toList(),
        notes);
  }

  private static List<FieldChange> changes(
      Entry entry, Optional<Room> present, List<Remark> notes) {
    SortedMap<String, String> now =
        present.map(MachineFields::of).orElseGet(() -> new TreeMap<>(Map.of()));
    List<FieldChange> changes = new ArrayList<>();
    for (Map.Entry<String, Optional<String>> field : entry.fields().entrySet()) {
      String name = field.getKey();
      Optional<String> from = Optional.ofNullable(now.get(name));
      Optional<String> to = field.getValue();
      if (name.equals(Entry.DESCRIPTION)) {
        // A room always has one, be it empty.
        from = from.or(() -> Optional.of(""));
        to = to.or(() -> Optional.of(""));
      }
      if (Masks.isMask(field)) {
        if (from.isEmpty()) {
          notes.add(Remark.note(entry.line(), name, Rule.SECRET_MISSING, name));
        }
      } else if (!from.equals(to)) {
        changes.add(new FieldChange(name, from, to));
      }
    }
    return changes;
  }

  private static Room edited(String name, Optional<Room> present, List<FieldChange> changes) {
    SortedMap<String, String> fields =
        present.map(MachineFields::of).orElseGet(() -> new TreeMap<>(Map.of()));
    for (FieldChange change : changes) {
      change
          .to()
          .ifPresentOrElse(
              to -> fields.put(change.field(), to), () -> fields.remove(change.field()));
    }
    return new Room(
        name,
        fields.getOrDefault(Entry.DESCRIPTION, ""),
        MachineFields.under(Entry.VARS, fields),
        OptionLines.of(MachineFields.under(Entry.OPTIONS, fields)),
        present.map(Room::layout).orElse(Layout.NONE));
  }

  private Inventory afterwards(List<InventoryChange> sofar) {
    Map<Mac, Machine> machines = new HashMap<>();
    inventory.machines().forEach(machine -> machines.put(machine.mac(), machine));
    for (InventoryChange change : sofar) {
      if (change instanceof InventoryChange.Assigned assigned) {
        machines.put(assigned.mac(), Machine.unknown(assigned.mac()).with(assigned.assignment()));
      } else if (change instanceof InventoryChange.Forgotten forgotten) {
        machines.remove(forgotten.mac());
      }
    }
    Collection<Machine> all = List.copyOf(machines.values());
    return new InventoryView(inventory) {
      @Override
      public Collection<Machine> machines() {
        return all;
      }
    };
  }
}
