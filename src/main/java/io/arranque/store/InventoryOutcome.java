package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Installation;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a list of changes comes to: the rows as they are afterwards, empty where one is removed. */
final class InventoryOutcome {
  private final Inventory before;
  private final Map<Mac, Optional<Machine>> machines = new LinkedHashMap<>();
  private final Map<String, Optional<Room>> rooms = new LinkedHashMap<>();
  private final Map<Mac, Optional<Boot>> boots = new LinkedHashMap<>();
  private final Map<String, Optional<RoomLock>> locks = new LinkedHashMap<>();
  private final List<MacTable.Link> links = new ArrayList<>();
  private final List<Audit> audit = new ArrayList<>();
  private final Set<Mac> provisionedMacs = new LinkedHashSet<>();
  private boolean onlySeen = true;

  /** One line of the audit: never a value of a variable, which may be a secret. */
  record Audit(String who, String what, Optional<Mac> mac, Optional<String> room, String detail) {}

  InventoryOutcome(Inventory before, List<InventoryChange> changes) {
    this.before = before;
    changes.forEach(this::add);
  }

  private void add(InventoryChange change) {
    if (change instanceof InventoryChange.Seen seen) {
      Mac mac = key(seen.sighting().mac());
      machines.put(mac, Optional.of(machine(mac).seen(seen.sighting())));
      return;
    }
    onlySeen = false;
    if (change instanceof InventoryChange.Assigned assigned) {
      Mac mac = key(assigned.mac());
      String detail = AssignmentDiff.of(machine(mac).assignment(), assigned.assignment());
      machines.put(mac, Optional.of(machine(mac).with(assigned.assignment())));
      audit.add(
          new Audit(
              assigned.by(),
              "machine edited",
              Optional.of(mac),
              assigned.assignment().room(),
              detail));
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
      Mac mac = key(changed.mac());
      machines.put(mac, Optional.of(machine(mac).with(changed.installation())));
      if (!changed.by().isEmpty()) {
        note(changed.by(), describe(changed.installation()), Optional.of(mac));
      }
    } else if (!MacTable.of(change).isEmpty()) {
      link(change);
    } else if (change instanceof InventoryChange.RoomSaved saved) {
      String name = saved.room().name();
      String detail =
          AssignmentDiff.of(
              before.room(name).orElseGet(() -> new Room(name, "", Map.of())), saved.room());
      rooms.put(name, Optional.of(saved.room()));
      audit.add(new Audit(saved.by(), "room saved", Optional.empty(), Optional.of(name), detail));
    } else if (change instanceof InventoryChange.RoomRemoved removed) {
      rooms.put(removed.name(), Optional.empty());
      audit.add(
          new Audit(
              removed.by(), "room removed", Optional.empty(), Optional.of(removed.name()), ""));
    } else if (change instanceof InventoryChange.RoomLocked locked) {
      RoomLock lock = locked.lock();
      locks.put(lock.room().orElse(""), Optional.of(lock));
      audit.add(
          new Audit(
              locked.by(),
              lock.room().isPresent() ? "room locked" : "all rooms locked",
              Optional.empty(),
              lock.room(),
              "until "
                  + lock.until().map(Object::toString).orElse("unlocked")
                  + (lock.why().isEmpty() ? "" : ": " + lock.why())));
    } else if (change instanceof InventoryChange.RoomUnlocked unlocked) {
      locks.put(unlocked.room().orElse(""), Optional.empty());
      audit.add(
          new Audit(
              unlocked.by(),
              unlocked.room().isPresent() ? "room unlocked" : "all rooms unlocked",
              Optional.empty(),
              unlocked.room(),
              lockOf(unlocked.room())));
    } else {
      throw new AssertionError(change);
    }
  }

  private void link(InventoryChange change) {
    MacTable.Link link = MacTable.of(change).get(0);
    links.add(link);
    if (link.merged()) {
      // Now the machine's, with all that the card will tell.
      machines.put(link.mac(), Optional.empty());
      boots.put(link.mac(), Optional.empty());
    }
    String who =
        change instanceof InventoryChange.MacMerged merged
            ? merged.by()
            : change instanceof InventoryChange.MacSplit split
                ? split.by()
                : ((InventoryChange.MacRefused) change).by();
    note(
        who,
        (link.merged() ? "further MAC " : "not its MAC: ") + link.mac(),
        Optional.of(link.machine()));
  }

  /** The key of the machine with this MAC, as the changes so far have it. */
  private Mac key(Mac mac) {
    for (int i = links.size() - 1; i >= 0; i--) {
      MacTable.Link link = links.get(i);
      if (link.mac().equals(mac)) {
        return link.merged() ? link.machine() : mac;
      }
    }
    return before.key(mac);
  }

  /** Whose lock is lifted, as it may be another's. */
  private String lockOf(Optional<String> room) {
    return before.locks().stream()
        .filter(lock -> lock.room().equals(room))
        .map(lock -> "was locked by " + lock.by())
        .findFirst()
        .orElse("");
  }

  /** By room, the empty text for all rooms; empty where it was lifted. */
  Map<String, Optional<RoomLock>> locks() {
    return locks;
  }

  List<MacTable.Link> links() {
    return links;
  }

  private Machine machine(Mac mac) {
    Optional<Machine> changed = machines.get(mac);
    Optional<Machine> present =
        changed == null ? before.machine(mac).filter(m -> m.mac().equals(mac)) : changed;
    return present.orElseGet(() -> Machine.unknown(mac));
  }

  private void note(String who, String what, Optional<Mac> mac) {
    Optional<String> room = mac.flatMap(before::machine).flatMap(m -> m.assignment().room());
    audit.add(new Audit(who, what, mac, room, ""));
  }

  private static String describe(Installation installation) {
    return installation.equals(Installation.NONE)
        ? "to be installed or booted anew"
        : "may be booted once more";
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
