package io.arranque.walk;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who sits where in one room. Where people put two machines on one seat, one of them.
 *
 * @param bySeat machines by the names of their seats
 */
public record Seating(Map<String, Mac> bySeat) {
  public Seating {
    bySeat = Map.copyOf(bySeat);
  }

  public static Seating of(Site site, Inventory inventory, String room) {
    Map<String, Mac> bySeat = new TreeMap<>();
    for (Machine machine : inventory.machines()) {
      machine
          .assignment()
          .seat()
          .filter(seat -> roomOf(site, machine).filter(room::equals).isPresent())
          .ifPresent(seat -> bySeat.putIfAbsent(seat, machine.mac()));
    }
    return new Seating(bySeat);
  }

  /** Where people put it, else where its segment is, as in its boot plan. */
  public static Optional<String> roomOf(Site site, Machine machine) {
    return machine.assignment().room().or(() -> roomOfSegment(site, machine));
  }

  private static Optional<String> roomOfSegment(Site site, Machine machine) {
    return machine
        .segment()
        .flatMap(name -> Optional.ofNullable(site.segments().get(name)))
        .flatMap(Segment::room);
  }

  public Set<String> taken() {
    return bySeat.keySet();
  }

  public Optional<Mac> at(String seat) {
    return Optional.ofNullable(bySeat.get(seat));
  }

  public Optional<String> seatOf(Mac mac) {
    return bySeat.entrySet().stream()
        .filter(entry -> entry.getValue().equals(mac))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
