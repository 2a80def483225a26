package io.arranque.walk;

import io.arranque.address.Mac;
import io.arranque.inventory.AssignmentEdit;
import io.arranque.inventory.Assignments;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.WithMachines;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a walk's outcome changes in the inventory; judged by the rules of {@link Assignments}. */
public final class Placement {
  private Placement() {}

  /**
   * Puts machines on their seats, all of them or none.
   *
   * @param named whether they get the walk's host names too
   */
  public static Decision place(
      Site site, Inventory now, Route route, List<Sit> sits, boolean named, String by) {
    Map<Mac, AssignmentEdit> edits = new LinkedHashMap<>();
    for (Sit sit : sits) {
      Assignment present = assignment(now, sit.mac());
      edits.put(
          now.key(sit.mac()),
          sit.seat().isEmpty() ? leaves(route, present) : sits(route, sit, named));
    }
    return decide(site, now, edits, by);
  }

  private static AssignmentEdit sits(Route route, Sit sit, boolean named) {
    return new AssignmentEdit(
        named ? route.hostnames().at(sit.seat()) : Optional.empty(),
        Optional.of(route.room()),
        Optional.of(sit.seat()),
        route.role(),
        Map.of());
  }

  /** A name that says where a machine sits must not stay with one that sits there no more. */
  private static AssignmentEdit leaves(Route route, Assignment present) {
    boolean seatsName =
        present.hostname().isPresent()
            && present.hostname().equals(present.seat().flatMap(route.hostnames()::at));
    return new AssignmentEdit(
        seatsName ? Optional.of("") : Optional.empty(),
        Optional.empty(),
        Optional.of(""),
        Optional.empty(),
        Map.of());
  }

  /** What was remembered of these changes, to take them back one day. */
  public static List<Step.Undo> undo(Inventory before, List<InventoryChange> changes) {
    List<Step.Undo> undo = new ArrayList<>();
    for (InventoryChange change : changes) {
      if (change instanceof Assigned assigned) {
        undo.add(
            new Step.Undo(
                assigned.mac(),
                assignment(before, assigned.mac()),
                assigned.assignment(),
                provisioning(before, assigned.mac())));
      }
    }
    return List.copyOf(undo);
  }

  /** Takes a step back: what it set and nobody has changed since is as before it. */
  public static Decision takeBack(Site site, Inventory now, Step step, String by) {
    Map<Mac, AssignmentEdit> edits = new LinkedHashMap<>();
    List<InventoryChange> windows = new ArrayList<>();
    for (Step.Undo undo : step.undo()) {
      if (now.machine(undo.mac()).isEmpty()) {
        continue; // forgotten meanwhile
      }
      Assignment present = assignment(now, undo.mac());
      edits.put(
          now.key(undo.mac()),
          new AssignmentEdit(
              asBefore(undo.was().hostname(), undo.became().hostname(), present.hostname()),
              asBefore(undo.was().room(), undo.became().room(), present.room()),
              asBefore(undo.was().seat(), undo.became().seat(), present.seat()),
              asBefore(undo.was().role(), undo.became().role(), present.role()),
              Map.of()));
      Provisioning its = provisioning(now, undo.mac());
      if (!its.window().equals(undo.had().window())) {
        windows.add(new Provisioned(undo.mac(), its.with(undo.had().window()), by, ""));
      }
    }
    Decision decision = decide(site, now, edits, by);
    if (decision instanceof Decision.Accepted accepted) {
      windows.addAll(0, accepted.changes());
      return new Decision.Accepted(List.copyOf(windows));
    }
    return decision;
  }

  private static Optional<String> asBefore(
      Optional<String> was, Optional<String> became, Optional<String> present) {
    return was.equals(became) || !present.equals(became)
        ? Optional.empty()
        : Optional.of(was.orElse(""));
  }

  private static Decision decide(
      Site site, Inventory now, Map<Mac, AssignmentEdit> edits, String by) {
    Map<Mac, Machine> otherwise = new HashMap<>();
    edits.forEach(
        (mac, edit) ->
            now.machine(mac)
                .filter(m -> edit.hostname().isPresent())
                .ifPresent(m -> otherwise.put(mac, nameless(m))));
    List<InventoryChange> changes = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    edits.forEach(
        (mac, edit) -> {
          Decision one = Assignments.edit(site, asIf(now, otherwise, mac), mac, edit, by);
          if (one instanceof Decision.Accepted accepted) {
            changes.addAll(accepted.changes());
            accepted.changes().stream()
                .filter(change -> change instanceof Assigned)
                .map(change -> ((Assigned) change).assignment())
                .forEach(a -> otherwise.put(mac, known(now, mac).with(a)));
          } else if (one instanceof Decision.Refused refused) {
            refusals.addAll(refused.refusals());
          }
        });
    return refusals.isEmpty()
        ? new Decision.Accepted(List.copyOf(changes))
        : new Decision.Refused(refusals.stream().distinct().toList());
  }

  /** Of the machine itself, what it really is: its edit is applied to that. */
  private static Inventory asIf(Inventory now, Map<Mac, Machine> otherwise, Mac mac) {
    Map<Mac, Machine> others = new HashMap<>(otherwise);
    others.remove(mac);
    return new WithMachines(now, others.values().toArray(Machine[]::new));
  }

  private static Machine nameless(Machine machine) {
    Assignment a = machine.assignment();
    return machine.with(
        new Assignment(
            Optional.empty(),
            a.room(),
            a.seat(),
            a.role(),
            a.vars(),
            a.options(),
            a.reservation(),
            a.policy()));
  }

  private static Machine known(Inventory now, Mac mac) {
    return now.machine(mac).orElseGet(() -> Machine.unknown(mac));
  }

  private static Assignment assignment(Inventory now, Mac mac) {
    return known(now, mac).assignment();
  }

  private static Provisioning provisioning(Inventory now, Mac mac) {
    return known(now, mac).provisioning();
  }
}
