package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Installation;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.site.BootPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a list of changes comes to: the rows as they are afterwards, empty where one is removed. */
final class InventoryOutcome {
  private final Inventory before;
  private final Map<Mac, Optional<Machine>> machines = new LinkedHashMap<>();
  private final Map<String, Optional<Room>> rooms = new LinkedHashMap<>();
  private final Map<Mac, Optional<Boot>> boots = new LinkedHashMap<>();
  private final List<Audit> audit = new ArrayList<>();
  private final Set<Mac> provisionedMacs = new LinkedHashSet<>();
  private boolean onlySeen = true;

  /** One line of the audit: never a value of a variable, which may be a secret. */
  record Audit(String who, String what, Optional<Mac> mac) {}

  InventoryOutcome(Inventory before, List<InventoryChange> changes) {
    this.before = before;
    changes.forEach(this::add);
  }

  private void add(InventoryChange change) {
    if (change instanceof InventoryChange.Seen seen) {
      Mac mac = seen.sighting().mac();
      machines.put(mac, Optional.of(machine(mac).seen(seen.sighting())));
      return;
    }
    onlySeen = false;
    if (change instanceof InventoryChange.Assigned assigned) {
      Mac mac = assigned.mac();
      machines.put(mac, Optional.of(machine(mac).with(assigned.assignment())));
      note(assigned.by(), describe(assigned.assignment()), Optional.of(mac));
    } else if (change instanceof InventoryChange.Forgotten forgotten) {
      machines.put(forgotten.mac(), Optional.empty());
      boots.put(forgotten.mac(), Optional.empty());
      note(forgotten.by(), "machine forgotten", Optional.of(forgotten.mac()));
    } else if (change instanceof InventoryChange.Provisioned provisioned) {
      Mac mac = provisioned.mac();
      machines.put(mac, Optional.of(machine(mac).with(provisioned.provisioning())));
      provisionedMacs.add(mac);
      if (!provisioned.note().isEmpty()) {
        note(provisioned.by(), provisioned.note(), Optional.of(mac));
      }
    } else if (change instanceof InventoryChange.Audited audited) {
      note(audited.by(), audited.note(), Optional.of(audited.mac()));
    } else if (change instanceof InventoryChange.BootStarted started) {
      boots.put(started.boot().mac(), Optional.of(started.boot()));
    } else if (change instanceof InventoryChange.InstallationChanged changed) {
      Mac mac = changed.mac();
      machines.put(mac, Optional.of(machine(mac).with(changed.installation())));
      if (!changed.by().isEmpty()) {
        note(changed.by(), describe(changed.installation()), Optional.of(mac));
      }
    } else if (change instanceof InventoryChange.RoomSaved saved) {
      rooms.put(saved.room().name(), Optional.of(saved.room()));
      note(saved.by(), "room " + saved.room().name() + " saved", Optional.empty());
    } else if (change instanceof InventoryChange.RoomRemoved removed) {
      rooms.put(removed.name(), Optional.empty());
      note(removed.by(), "room " + removed.name() + " removed", Optional.empty());
    } else {
      throw new AssertionError(change);
    }
  }

  private Machine machine(Mac mac) {
    Optional<Machine> changed = machines.get(mac);
    Optional<Machine> present = changed == null ? before.machine(mac) : changed;
    return present.orElseGet(() -> Machine.unknown(mac));
  }

  private void note(String who, String what, Optional<Mac> mac) {
    audit.add(new Audit(who, what, mac));
  }

  private static String describe(Installation installation) {
    return installation.equals(Installation.NONE)
        ? "to be installed or booted anew"
        : "may be booted once more";
  }

  private static String describe(Machine.Assignment assignment) {
    String vars = assignment.vars().keySet().stream().sorted().collect(Collectors.joining(","));
    String options = String.join(",", assignment.options().texts().keySet());
    return "assigned hostname=%s room=%s seat=%s role=%s vars=%s options=%s reservation=%s policy=%s"
        .formatted(
            assignment.hostname().orElse("-"),
            assignment.room().orElse("-"),
            assignment.seat().orElse("-"),
            assignment.role().orElse("-"),
            vars.isEmpty() ? "-" : vars,
            options.isEmpty() ? "-" : options,
            assignment.reservation().map(Object::toString).orElse("-"),
            assignment.policy().map(BootPolicy::label).orElse("-"));
  }

  Map<Mac, Optional<Machine>> machines() {
    return machines;
  }

  /** The machines of which it changed whether they may be told secrets, as they are afterwards. */
  List<Machine> provisioned() {
    return provisionedMacs.stream()
        .map(machines::get)
        .filter(Objects::nonNull)
        .flatMap(Optional::stream)
        .toList();
  }

  Map<String, Optional<Room>> rooms() {
    return rooms;
  }

  Map<Mac, Optional<Boot>> boots() {
    return boots;
  }

  List<Audit> audit() {
    return audit;
  }

  /** Whether machines were merely seen, which people and documents do not depend on. */
  boolean onlySeen() {
    return onlySeen;
  }
}
