package io.arranque.web.access;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.WithMachines;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.plan.WhatIf;
import io.arranque.web.base.Parts;
import java.util.ArrayList;
import java.util.List;

/** Whether a machine's system can be told the values that people give it. */
public final class Sayable {
  private final Parts parts;

  public Sayable(Parts parts) {
    this.parts = parts;
  }

  /** The decision, refused if it brings a value that could not be told and was not there before. */
  public Decision vet(Inventory now, Mac mac, Decision decision) {
    if (!(decision instanceof Decision.Accepted accepted)) {
      return decision;
    }
    List<Refusal> refusals = new ArrayList<>();
    for (InventoryChange change : accepted.changes()) {
      if (change instanceof InventoryChange.Assigned assigned && assigned.mac().equals(mac)) {
        Machine machine = now.machine(mac).orElseGet(() -> Machine.unknown(mac));
        List<Trouble> before = refused(now, mac);
        refused(new WithMachines(now, machine.with(assigned.assignment())), mac).stream()
            .filter(trouble -> !before.contains(trouble))
            .map(trouble -> new Refusal(Refusal.Kind.VALUE_REFUSED, "vars", trouble.detail()))
            .forEach(refusals::add);
      }
    }
    return refusals.isEmpty() ? decision : new Decision.Refused(List.copyOf(refusals));
  }

  private List<Trouble> refused(Inventory inventory, Mac mac) {
    return parts
        .planner()
        .refusedValues(
            parts
                .planner()
                .plan(
                    WhatIf.AS_IT_IS.about(
                        mac, parts.site().get(), inventory, parts.serverAddress())));
  }
}
