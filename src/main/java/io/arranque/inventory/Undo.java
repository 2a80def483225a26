package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.Forgotten;
import io.arranque.inventory.InventoryChange.InstallationChanged;
import io.arranque.inventory.InventoryChange.MacMerged;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.InventoryChange.Seen;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Takes back what was done to a machine: exactly that, and only where it is still as it was left.
 * Pure.
 */
public final class Undo {
  private static final String NOTE = "arming undone";

  private Undo() {}

  /**
   * What was done to one machine.
   *
   * @param after empty: it was forgotten
   * @param macs its further MACs, which are forgotten with it
   */
  public record Did(Machine before, Optional<Machine> after, Set<Mac> macs) {
    public Did {
      macs = Set.copyOf(macs);
    }

    /** Whether anything is different. */
    public boolean isChange() {
      return !after.equals(Optional.of(before));
    }
  }

  /** What these changes do to the machine. */
  public static Did did(Machine before, Set<Mac> macs, List<InventoryChange> changes) {
    Machine after = before;
    for (InventoryChange change : changes) {
      if (change instanceof Assigned assigned) {
        after = after.with(assigned.assignment());
      } else if (change instanceof InstallationChanged changed) {
        after = after.with(changed.installation());
      } else if (change instanceof Provisioned provisioned) {
        after = after.with(provisioned.provisioning());
      } else if (change instanceof Forgotten) {
        return new Did(before, Optional.empty(), macs);
      }
    }
    return new Did(before, Optional.of(after), macs);
  }

  /** What takes it back, as things are now. */
  public static Decision of(Inventory now, Did did, String by) {
    Optional<Machine> present = now.machine(did.before().mac());
    if (did.after().isEmpty()) {
      return remember(now, did, present, by);
    }
    return present.isEmpty()
        ? refused(Kind.MACHINE_UNKNOWN, did.before().mac().toString())
        : restore(did.before(), did.after().get(), present.get(), by);
  }

  /**
   * A forgotten one may have asked for something meanwhile; then it is known, but nothing of it.
   */
  private static Decision remember(Inventory now, Did did, Optional<Machine> present, String by) {
    Machine before = did.before();
    Mac mac = before.mac();
    if (present.filter(m -> !m.mac().equals(mac) || Identity.isEntered(m)).isPresent()) {
      return refused(Kind.CHANGED_SINCE, mac.toString());
    }
    Optional<Refusal> taken = taken(now, before);
    if (taken.isPresent()) {
      return new Decision.Refused(List.of(taken.get()));
    }
    List<InventoryChange> changes = new ArrayList<>();
    before.firstSeen().ifPresent(at -> changes.add(new Seen(sighting(before, at))));
    before.lastSeen().ifPresent(at -> changes.add(new Seen(sighting(before, at))));
    present
        .flatMap(Machine::lastSeen)
        .ifPresent(at -> changes.add(new Seen(sighting(present.get(), at))));
    changes.add(new Assigned(mac, before.assignment(), by));
    if (!before.installation().equals(Installation.NONE)) {
      changes.add(new InstallationChanged(mac, before.installation(), by));
    }
    if (!before.provisioning().equals(Provisioning.NONE)) {
      changes.add(new Provisioned(mac, before.provisioning(), by, ""));
    }
    did.macs().stream()
        .sorted()
        .filter(further -> now.machine(further).isEmpty())
        .forEach(further -> changes.add(new MacMerged(further, mac, by)));
    return new Decision.Accepted(List.copyOf(changes));
  }

  private static Optional<Refusal> taken(Inventory now, Machine before) {
    Mac mac = before.mac();
    Optional<String> name = before.assignment().hostname();
    if (name.isPresent()
        && now.machinesNamed(name.get()).stream().anyMatch(other -> !other.equals(mac))) {
      return Optional.of(new Refusal(Kind.HOSTNAME_TAKEN, "hostname", name.get()));
    }
    return before
        .assignment()
        .reservation()
        .filter(address -> now.reservedAt(address).filter(m -> !m.equals(mac)).isPresent())
        .map(address -> new Refusal(Kind.RESERVATION_TAKEN, "reservation", address.toString()));
  }

  private static Sighting sighting(Machine machine, Instant at) {
    return new Sighting(
        machine.mac(),
        machine.hardware(),
        machine.segment(),
        machine.address(),
        machine.switchPort(),
        at);
  }

  private static Decision restore(Machine before, Machine after, Machine present, String by) {
    Optional<Assignment> restored =
        assignment(before.assignment(), after.assignment(), present.assignment());
    boolean assignment = !before.assignment().equals(after.assignment());
    boolean installation = !before.installation().equals(after.installation());
    boolean window = !before.provisioning().window().equals(after.provisioning().window());
    boolean sameInstallation = present.installation().equals(after.installation());
    boolean sameWindow = present.provisioning().window().equals(after.provisioning().window());
    // Beside an assignment the others are only what followed from it: what the machine has made
    // of them meanwhile does not keep the assignment from being restored.
    if (restored.isEmpty()
        || (!assignment && installation && !sameInstallation)
        || (!assignment && !installation && window && !sameWindow)) {
      return refused(Kind.CHANGED_SINCE, present.hostname());
    }
    List<InventoryChange> changes = new ArrayList<>();
    Mac mac = present.mac();
    if (assignment) {
      changes.add(new Assigned(mac, restored.get(), by));
    }
    if (installation && sameInstallation) {
      changes.add(new InstallationChanged(mac, before.installation(), by));
    }
    if (window && sameWindow) {
      Provisioning closed = present.provisioning().with(before.provisioning().window());
      changes.add(new Provisioned(mac, closed, by, NOTE));
    }
    return new Decision.Accepted(List.copyOf(changes));
  }

  /** Empty when something that was changed has been changed again. */
  private static Optional<Assignment> assignment(
      Assignment before, Assignment after, Assignment present) {
    Set<String> names = new HashSet<>(before.vars().keySet());
    names.addAll(after.vars().keySet());
    Map<String, String> vars = new HashMap<>(present.vars());
    for (String name : names) {
      String old = before.vars().get(name);
      String done = after.vars().get(name);
      if (!Objects.equals(old, done)) {
        if (!Objects.equals(present.vars().get(name), done)) {
          return Optional.empty();
        }
        if (old == null) {
          vars.remove(name);
        } else {
          vars.put(name, old);
        }
      }
    }
    boolean role = !before.role().equals(after.role());
    boolean policy = !before.policy().equals(after.policy());
    if ((role && !present.role().equals(after.role()))
        || (policy && !present.policy().equals(after.policy()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Assignment(
            present.hostname(),
            present.room(),
            present.seat(),
            role ? before.role() : present.role(),
            vars,
            present.options(),
            present.reservation(),
            policy ? before.policy() : present.policy()));
  }

  private static Decision refused(Kind kind, String detail) {
    return new Decision.Refused(List.of(new Refusal(kind, "mac", detail)));
  }
}
