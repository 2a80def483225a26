package io.arranque.plan;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.WithMachines;
import java.util.Optional;

/**
 * What somebody asks of a machine that is not so: "what would it get as a worker in room 5?" Also
 * of a machine that does not exist.
 *
 * @param role its role; {@code -} stands for none; empty: as it is
 * @param room its room; likewise
 * @param hostname its host name; empty: as it is
 */
public record Supposition(Optional<String> role, Optional<String> room, Optional<String> hostname) {
  public static final Supposition NOTHING =
      new Supposition(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String NONE = "-";

  /** The inventory as if it were so; the inventory itself stays as it is. */
  public Inventory about(Mac mac, Inventory inventory) {
    return equals(NOTHING) ? inventory : new WithMachines(inventory, supposed(mac, inventory));
  }

  private Machine supposed(Mac mac, Inventory inventory) {
    Machine machine = inventory.machine(mac).orElseGet(() -> Machine.unknown(mac));
    Assignment is = machine.assignment();
    return machine.with(
        new Assignment(
            hostname.or(is::hostname),
            changed(room, is.room()),
            is.seat(),
            changed(role, is.role()),
            is.vars(),
            is.options(),
            is.reservation(),
            is.policy()));
  }

  private static Optional<String> changed(Optional<String> supposed, Optional<String> is) {
    return supposed.isEmpty() ? is : supposed.filter(word -> !word.equals(NONE));
  }
}
