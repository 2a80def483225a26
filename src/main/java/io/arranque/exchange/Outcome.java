package io.arranque.exchange;

import io.arranque.inventory.InventoryChange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an import would do, row by row, and what is to be committed for it.
 *
 * @param remarks about the file as a whole and lines that are no rows
 * @param proposals in the order of the file
 * @param changes of the rows that may be taken; empty when nothing may
 * @param undo our own format, with which those changes are taken back; empty when there are none
 */
public record Outcome(
    Optional<Format> format,
    List<Remark> remarks,
    List<Proposal> proposals,
    List<InventoryChange> changes,
    String undo) {
  public Outcome {
    remarks = List.copyOf(remarks);
    proposals = List.copyOf(proposals);
    changes = List.copyOf(changes);
  }

  /** Whether nothing is taken because of what is wrong with the file or some of its rows. */
  public boolean isRefused() {
    return changes.isEmpty() && !refusals().isEmpty();
  }

  /** Everything that is wrong, in the order of the file. */
  public List<Remark> refusals() {
    List<Remark> all = new ArrayList<>(remarks);
    proposals.forEach(proposal -> all.addAll(proposal.remarks()));
    return all.stream().filter(Remark::refuses).toList();
  }

  /** How many rows there are of each state. */
  public Map<Proposal.State, Integer> counts() {
    Map<Proposal.State, Integer> counts = new EnumMap<>(Proposal.State.class);
    for (Proposal.State state : Proposal.State.values()) {
      counts.put(state, 0);
    }
    proposals.forEach(proposal -> counts.merge(proposal.state(), 1, Integer::sum));
    return counts;
  }

  /**
   * The same text for the same effect: who applies what he saw is told when something else would be
   * done by now.
   */
  public String effect() {
    StringBuilder effect = new StringBuilder();
    for (Proposal proposal : proposals) {
      effect
          .append(proposal.key())
          .append(' ')
          .append(proposal.state())
          .append(' ')
          .append(proposal.changes())
          .append('\n');
    }
    return effect.toString();
  }
}
