package io.arranque.walk;

import io.arranque.address.Mac;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Provisioning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing done on a walk, and what takes it back.
 *
 * @param at when; for a PC, when it was heard
 * @param mac the PC that got the seat; empty: the seat was skipped
 * @param undo the machines that it changed
 */
public record Step(Instant at, Optional<Mac> mac, String seat, List<Undo> undo) {
  public Step {
    undo = List.copyOf(undo);
  }

  /**
   * @param was before
   * @param became what the walk made it; what others have changed since is left alone
   * @param had whether it might be told secrets before
   */
  public record Undo(Mac mac, Assignment was, Assignment became, Provisioning had) {}

  public boolean isSkip() {
    return mac.isEmpty();
  }

  Step with(List<Undo> undo) {
    return new Step(at, mac, seat, undo);
  }
}
