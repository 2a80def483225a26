package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Audited;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.BootPolicy;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides what an action comes to for one machine. Pure. */
public final class Actions {
  static final String WOKEN = "woken";

  private Actions() {}

  /**
   * @param inForce the machine's boot policy as its plan has it
   */
  public static Decision decide(
      Site site,
      Inventory inventory,
      Mac mac,
      Action action,
      Function<Mac, BootPolicy> inForce,
      String by,
      Instant now) {
    Optional<Machine> machine = inventory.machine(mac);
    if (machine.isEmpty()) {
      return refused(Kind.MACHINE_UNKNOWN, mac.toString());
    }
    Mac key = machine.get().mac();
    if (action instanceof Action.Role role) {
      return edit(site, inventory, key, AssignmentEdit.role(role.name()), by);
    } else if (action instanceof Action.Vars vars) {
      return edit(site, inventory, key, AssignmentEdit.NOTHING.withVars(vars.values()), by);
    } else if (action instanceof Action.Policy policy) {
      return edit(site, inventory, key, policy(policy.policy()), by);
    } else if (action instanceof Action.BootOnce) {
      return bootOnce(site, inventory, machine.get(), inForce, by);
    } else if (action instanceof Action.Reinstall) {
      return Installations.again(inventory, key, inForce.apply(key), by);
    } else if (action instanceof Action.Arm arm) {
      return Armings.arm(inventory, List.of(key), arm.time(), by, now);
    } else if (action instanceof Action.Forget) {
      return Assignments.forget(inventory, key, by);
    }
    return new Decision.Accepted(List.of(new Audited(key, by, WOKEN)));
  }

  /** One that may boot once and has not yet needs nothing. */
  private static Decision bootOnce(
      Site site,
      Inventory inventory,
      Machine machine,
      Function<Mac, BootPolicy> inForce,
      String by) {
    if (inForce.apply(machine.mac()) != BootPolicy.NEXT_BOOT) {
      return edit(site, inventory, machine.mac(), policy(Optional.of(BootPolicy.NEXT_BOOT)), by);
    }
    return machine.installation().booted().isEmpty()
        ? new Decision.Accepted(List.of())
        : Installations.again(inventory, machine.mac(), BootPolicy.NEXT_BOOT, by);
  }

  private static AssignmentEdit policy(Optional<BootPolicy> policy) {
    return AssignmentEdit.NOTHING.withPolicy(Optional.of(policy.map(BootPolicy::label).orElse("")));
  }

  /** One that is so already is not written, and not in the audit. */
  private static Decision edit(
      Site site, Inventory inventory, Mac mac, AssignmentEdit edit, String by) {
    Decision decision = Assignments.edit(site, inventory, mac, edit, by);
    boolean same =
        edit.role().isEmpty()
            && decision instanceof Decision.Accepted accepted
            && accepted.changes().size() == 1
            && accepted.changes().get(0) instanceof InventoryChange.Assigned assigned
            && inventory
                .machine(mac)
                .map(Machine::assignment)
                .equals(Optional.of(assigned.assignment()));
    // A role given again opens the window for secrets: it is a change.
    return same ? new Decision.Accepted(List.of()) : decision;
  }

  private static Decision refused(Kind kind, String detail) {
    return new Decision.Refused(List.of(new Refusal(kind, "mac", detail)));
  }
}
