package io.arranque.web.access;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.plan.BootPlan.Trouble;
import io.arranque.plan.WhatIf;
import io.arranque.web.base.Parts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
        refused(new After(now, machine.with(assigned.assignment())), mac).stream()
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

  /** The inventory as it would be. */
  private record After(Inventory now, Machine changed) implements Inventory {
    @Override
    public Optional<Machine> machine(Mac mac) {
      return mac.equals(changed.mac()) ? Optional.of(changed) : now.machine(mac);
    }

    @Override
    public Collection<Machine> machines() {
      return now.machines();
    }

    @Override
    public Optional<Room> room(String name) {
      return now.room(name);
    }

    @Override
    public Collection<Room> rooms() {
      return now.rooms();
    }

    @Override
    public Collection<RoomLock> locks() {
      return now.locks();
    }

    @Override
    public Optional<Boot> boot(Mac mac) {
      return now.boot(mac);
    }

    @Override
    public Optional<Boot> bootAt(Ipv4 address) {
      return now.bootAt(address);
    }
  }
}
