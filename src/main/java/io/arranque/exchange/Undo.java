package io.arranque.exchange;

import io.arranque.address.Mac;
import io.arranque.exchange.Proposal.FieldChange;
import io.arranque.exchange.Proposal.State;
import io.arranque.exchange.YamlWriter.Block;
import io.arranque.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes what takes an import back: of each thing that it changes, how it was before. */
final class Undo {
  private final Masks masks;
  private final Inventory before;

  Undo(Masks masks, Inventory before) {
    this.masks = masks;
    this.before = before;
  }

  String of(List<Proposal> proposals) {
    List<Block> rooms = new ArrayList<>();
    List<Block> machines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("What was before an import: import it again"));
    for (Proposal proposal : proposals) {
      if (proposal.state() != State.REFUSED && proposal.state() != State.UNCHANGED) {
        (proposal.kind().equals("room") ? rooms : machines).add(block(proposal));
        proposal.changes().stream()
            .filter(change -> masks.hides(change.field()) && change.from().isPresent())
            .forEach(
                change ->
                    heading.add(
                        "A secret does not come back: " + change.field() + " " + proposal.key()));
      }
    }
    return rooms.isEmpty() && machines.isEmpty() ? "" : YamlWriter.write(heading, rooms, machines);
  }

  private Block block(Proposal proposal) {
    if (proposal.state() == State.NEW && stoodIn(proposal)) {
      // Rooms in which machines stand cannot go; what the import wrote there can.
      SortedMap<String, Optional<String>> cleared = new TreeMap<>();
      proposal.changes().forEach(change -> cleared.put(change.field(), Optional.empty()));
      return new Block(proposal.key(), false, cleared);
    }
    if (proposal.state() == State.NEW) {
      return new Block(proposal.key(), true, new TreeMap<>());
    }
    if (proposal.state() == State.FORGOTTEN) {
      return Block.of(proposal.key(), masks.masked(all(proposal)));
    }
    SortedMap<String, Optional<String>> fields = new TreeMap<>();
    for (FieldChange change : proposal.changes()) {
      fields.put(change.field(), change.from());
    }
    return new Block(proposal.key(), false, fields);
  }

  private boolean stoodIn(Proposal proposal) {
    return proposal.kind().equals("room")
        && before.machines().stream()
            .anyMatch(m -> m.assignment().room().equals(Optional.of(proposal.key())));
  }

  private SortedMap<String, String> all(Proposal proposal) {
    return proposal.kind().equals("room")
        ? before.room(proposal.key()).map(MachineFields::of).orElseGet(TreeMap::new)
        : Mac.parse(proposal.key())
            .flatMap(before::machine)
            .map(machine -> MachineFields.of(machine).fields())
            .orElseGet(TreeMap::new);
  }
}
