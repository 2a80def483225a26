package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.InstallationChanged;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.Provisioning.Cause;
import io.arranque.inventory.Provisioning.Pairing;
import io.arranque.inventory.Provisioning.Window;
import io.arranque.inventory.Refusal.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Decides what people may do about machines' secrets. Pure; the same for page and API. */
public final class Armings {
  /** How long a boot may take to come once its code was confirmed: it is waiting for that. */
  private static final Duration PAIRED = Duration.ofMinutes(5);

  private static final String PAIRED_NOTE = "paired";

  private Armings() {}

  /** Whether this is the change of a code that was right. */
  public static boolean isPaired(Provisioned change) {
    return change.note().equals(PAIRED_NOTE);
  }

  /**
   * Lets machines have secrets for some time, all of them or none.
   *
   * @param time zero ends it
   */
  public static Decision arm(
      Inventory inventory, Collection<Mac> macs, Duration time, String by, Instant now) {
    List<InventoryChange> changes = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Mac mac : macs) {
      Optional<Machine> machine = inventory.machine(mac);
      if (machine.isEmpty()) {
        refusals.add(new Refusal(Kind.MACHINE_UNKNOWN, "mac", mac.toString()));
      } else if (machine.get().provisioning().isQuarantined() && !time.isZero()) {
        refusals.add(new Refusal(Kind.MACHINE_QUARANTINED, "mac", mac.toString()));
      } else {
        Optional<Window> window =
            time.isZero()
                ? Optional.empty()
                : Optional.of(new Window(now.plus(time), by, Cause.OPERATOR));
        String note = time.isZero() ? "disarmed" : "armed for " + time.toMinutes() + " min";
        changes.add(new Provisioned(mac, machine.get().provisioning().with(window), by, note));
      }
    }
    return decision(changes, refusals);
  }

  /** Somebody has looked at the alarm. */
  public static Decision clear(Inventory inventory, Mac mac, String by) {
    Optional<Machine> machine = inventory.machine(mac);
    if (machine.isEmpty()) {
      return decision(List.of(), List.of(new Refusal(Kind.MACHINE_UNKNOWN, "mac", mac.toString())));
    }
    Provisioning its = machine.get().provisioning();
    if (its.alarm().isEmpty()) {
      return decision(List.of(), List.of(new Refusal(Kind.NO_ALARM, "mac", mac.toString())));
    }
    String note = "alarm " + its.alarm().get().reason() + " cleared; " + its.toldText();
    return decision(List.of(new Provisioned(mac, its.cleared(), by, note)), List.of());
  }

  /**
   * Somebody read the code on the machine's screen.
   *
   * @return the change, also for a wrong one, of which only a few may be tried; empty: it shows
   *     none
   */
  public static Optional<Provisioned> pair(Machine machine, String code, String by, Instant now) {
    Provisioning its = machine.provisioning();
    Optional<Pairing> shown = its.pairing().filter(one -> one.isGood(now));
    if (shown.isEmpty() || its.isQuarantined()) {
      return Optional.empty();
    }
    if (shown.get().isCode(code)) {
      Window window = new Window(now.plus(PAIRED), by, Cause.PAIRED);
      return Optional.of(
          new Provisioned(machine.mac(), its.with(Optional.of(window)), by, PAIRED_NOTE));
    }
    Pairing tried = shown.get().triedWrong();
    Provisioning then = tried.isGood(now) ? its.with(tried) : its.withoutPairing();
    return Optional.of(new Provisioned(machine.mac(), then, by, "wrong pairing code"));
  }

  /**
   * What giving a role, or ordering an installation, means for secrets: the next boot was asked
   * for.
   *
   * @param changes what was decided
   * @param anyway also for machines that have this role already
   */
  public static List<InventoryChange> asked(
      Inventory before, List<InventoryChange> changes, boolean anyway, Instant now) {
    List<InventoryChange> all = new ArrayList<>(changes);
    for (InventoryChange change : changes) {
      if (change instanceof Assigned assigned && assigned.assignment().role().isPresent()) {
        Optional<Machine> machine = before.machine(assigned.mac());
        Optional<String> role = machine.flatMap(known -> known.assignment().role());
        if (anyway || !role.equals(assigned.assignment().role())) {
          all.add(asked(machine, assigned.mac(), assigned.by(), now));
        }
      } else if (change instanceof InstallationChanged again && !again.by().isEmpty()) {
        // By people it is always "once more"; what a machine reports names nobody.
        all.add(asked(before.machine(again.mac()), again.mac(), again.by(), now));
      }
    }
    return List.copyOf(all);
  }

  /** The change that lets the machine's next boot have its secrets. */
  public static InventoryChange asked(Optional<Machine> machine, Mac mac, String by, Instant now) {
    Provisioning its = machine.map(Machine::provisioning).orElse(Provisioning.NONE);
    Instant until = now.plus(Provisioning.ASKED_FOR);
    // What somebody opened by hand for longer stays.
    boolean longer = its.window().filter(open -> open.until().isAfter(until)).isPresent();
    Window window = new Window(until, by, Cause.ASKED);
    return new Provisioned(mac, longer ? its : its.with(Optional.of(window)), by, "");
  }

  /** A line for each alarm that nobody has cleared. */
  public static List<String> alarms(Inventory inventory) {
    return inventory.machines().stream()
        .filter(machine -> machine.provisioning().alarm().isPresent())
        .map(
            machine -> {
              Provisioning.Alarm alarm = machine.provisioning().alarm().get();
              return "ALARM %s %s: %s %s (%s)"
                  .formatted(
                      machine.hostname(),
                      machine.mac(),
                      alarm.reason().sentence(),
                      alarm.quarantined() ? "Quarantined." : "",
                      alarm.detail());
            })
        .toList();
  }

  private static Decision decision(List<InventoryChange> changes, List<Refusal> refusals) {
    return refusals.isEmpty()
        ? new Decision.Accepted(List.copyOf(changes))
        : new Decision.Refused(List.copyOf(refusals));
  }
}
