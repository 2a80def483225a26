package io.arranque.inventory;

import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.RoomRemoved;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Rule;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/** Decides how a room gets another name. Pure; the same for page and API. */
public final class RoomRename {
  private RoomRename() {}

  /**
   * Its description, values, options and picture go with it, and each machine that stands there, by
   * its segment only too: none is to lose the room's values, locks or operators.
   */
  public static Decision decide(Site site, Inventory inventory, String from, String to, String by) {
    NavigableSet<String> rooms = RoomMembers.rooms(site, inventory);
    if (!rooms.contains(from)) {
      return refused(Kind.ROOM_UNKNOWN, from);
    }
    if (rooms.contains(to)) {
      return refused(Kind.ROOM_TAKEN, to);
    }
    Optional<Room> old = inventory.room(from);
    Room room =
        old.map(r -> new Room(to, r.description(), r.vars(), r.options(), r.layout()))
            .orElseGet(() -> new Room(to, "", Map.of()));
    // Values that a changed role made wrong may stay: only the name is new.
    if (Assignments.saveRoom(room, by, new ArrayList<>()) instanceof Decision.Refused refused) {
      return refused;
    }
    List<InventoryChange> changes = new ArrayList<>();
    changes.add(new InventoryChange.RoomSaved(room, by));
    RoomMembers.in(site, inventory, Optional.of(from)).stream()
        .forEach(m -> changes.add(new Assigned(m.mac(), in(to, m.assignment()), by)));
    old.ifPresent(r -> changes.add(new RoomRemoved(from, by)));
    return new Decision.Accepted(List.copyOf(changes));
  }

  private static Assignment in(String room, Assignment a) {
    return new Assignment(
        a.hostname(),
        Optional.of(room),
        a.seat(),
        a.role(),
        a.vars(),
        a.options(),
        a.reservation(),
        a.policy());
  }

  private static Decision refused(Kind kind, String name) {
    String brief = name.length() <= 63 ? name : name.substring(0, 63) + "…";
    return new Decision.Refused(List.of(new Refusal(kind, "name", brief)));
  }

  /**
   * The site's files that speak of the room: they are people's, and no renaming changes them. New
   * machines of such a segment stand in a room of the old name, and such a role is given to nobody.
   */
  public static List<String> staying(Site site, String room) {
    // A pattern that takes other names as well is not of this name alone.
    String other = room + "-renamed";
    List<String> files = new ArrayList<>();
    site.segments().values().stream()
        .filter(segment -> segment.room().filter(room::equals).isPresent())
        .forEach(segment -> files.add("dhcp/" + segment.name() + ".yaml"));
    site.roles().values().stream()
        .filter(
            role ->
                role.match().stream().anyMatch(rule -> names(rule, room) && !names(rule, other)))
        .forEach(role -> files.add("cloud-init/" + role.name() + "/role.yaml"));
    return List.copyOf(files);
  }

  private static boolean names(Rule rule, String room) {
    return rule.condition(Rule.Property.ROOM).filter(c -> c.matches(room)).isPresent();
  }
}
