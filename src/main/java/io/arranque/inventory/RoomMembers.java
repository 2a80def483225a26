package io.arranque.inventory;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Which machines stand in a room: where people put them, else where their segment is. */
public final class RoomMembers {
  private RoomMembers() {}

  /** As in its boot plan. */
  public static Optional<String> roomOf(Site site, Machine machine) {
    return machine
        .assignment()
        .room()
        .or(
            () ->
                machine
                    .segment()
                    .flatMap(name -> Optional.ofNullable(site.segments().get(name)))
                    .flatMap(Segment::room));
  }

  /** The names of all rooms: those people described, and those that segments and machines name. */
  public static NavigableSet<String> rooms(Site site, Inventory inventory) {
    NavigableSet<String> rooms = new TreeSet<>();
    inventory.rooms().forEach(room -> rooms.add(room.name()));
    site.segments().values().forEach(segment -> segment.room().ifPresent(rooms::add));
    inventory.machines().forEach(machine -> machine.assignment().room().ifPresent(rooms::add));
    return rooms;
  }

  /**
   * @param room empty: every machine
   */
  public static List<Machine> in(Site site, Inventory inventory, Optional<String> room) {
    return inventory.machines().stream()
        .filter(machine -> room.isEmpty() || roomOf(site, machine).equals(room))
        .toList();
  }
}
