package io.arranque.web.access;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.RoomMembers;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.site.Site;
import java.util.List;
import java.util.Optional;

/**
 * Whether somebody may make these changes: asked of what was decided, with the inventory locked, so
 * that no way to a change goes around it and no machine moves away in between. Pure.
 */
public final class Reach {
  private Reach() {}

  public static boolean covers(
      Grant grant, Site site, Inventory now, List<InventoryChange> changes) {
    return grant.operatesEverywhere()
        || (grant.level() != Level.VIEWER
            && changes.stream().allMatch(change -> covers(grant, site, now, change)));
  }

  private static boolean covers(Grant grant, Site site, Inventory now, InventoryChange change) {
    if (change instanceof InventoryChange.Assigned assigned) {
      Optional<Machine> old = now.machine(assigned.mac());
      Machine moved = old.orElseGet(() -> Machine.unknown(assigned.mac()));
      return (old.isEmpty() || grant.operatesIn(roomOf(site, old.get())))
          && grant.operatesIn(roomOf(site, moved.with(assigned.assignment())));
    }
    if (change instanceof InventoryChange.Forgotten forgotten) {
      return grant.operatesIn(roomOf(site, now, forgotten.mac()));
    }
    if (change instanceof InventoryChange.InstallationChanged changed) {
      return grant.operatesIn(roomOf(site, now, changed.mac()));
    }
    if (change instanceof InventoryChange.Provisioned provisioned) {
      return grant.operatesIn(roomOf(site, now, provisioned.mac()));
    }
    if (change instanceof InventoryChange.Audited audited) {
      return grant.operatesIn(roomOf(site, now, audited.mac()));
    }
    if (change instanceof InventoryChange.MacMerged merged) {
      return grant.operatesIn(roomOf(site, now, merged.mac()))
          && grant.operatesIn(roomOf(site, now, merged.machine()));
    }
    if (change instanceof InventoryChange.MacSplit split) {
      return grant.operatesIn(roomOf(site, now, split.machine()));
    }
    if (change instanceof InventoryChange.MacRefused refused) {
      return grant.operatesIn(roomOf(site, now, refused.mac()));
    }
    if (change instanceof InventoryChange.RoomSaved saved) {
      return grant.operatesIn(Optional.of(saved.room().name()));
    }
    if (change instanceof InventoryChange.RoomRemoved removed) {
      return grant.operatesIn(Optional.of(removed.name()));
    }
    if (change instanceof InventoryChange.RoomLocked locked) {
      return locked.lock().room().isPresent() && grant.operatesIn(locked.lock().room());
    }
    if (change instanceof InventoryChange.RoomUnlocked unlocked) {
      return unlocked.room().isPresent() && grant.operatesIn(unlocked.room());
    }
    // Whatever else there is or will be: only for those whose reach has no end.
    return false;
  }

  public static Optional<String> roomOf(Site site, Inventory now, Mac mac) {
    return now.machine(mac).flatMap(machine -> roomOf(site, machine));
  }

  /** Where people put it, else where its segment is, as in its boot plan. */
  public static Optional<String> roomOf(Site site, Machine machine) {
    return RoomMembers.roomOf(site, machine);
  }
}
