package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryChange.RoomSaved;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Site;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides how rooms may be drawn, and who is put on which seat. Pure; the same for page and API.
 */
public final class Layouts {
  /** The largest hall; each of its seats is a tile that a browser draws. */
  public static final int MAX_SEATS = 400;

  private static final int MAX_NAME = 63;

  private Layouts() {}

  /**
   * A room as somebody drew it.
   *
   * @param renamed seats that had another name before, new name to old: who sits there stays there
   * @param seated machines that were put on a seat; the empty text takes one off its seat
   * @param version of the room that was drawn on; empty: whatever is there is overwritten
   */
  public record Drawing(
      Layout layout,
      Map<String, String> renamed,
      Map<Mac, String> seated,
      Optional<String> version) {
    public Drawing {
      renamed = Map.copyOf(renamed);
      seated = Map.copyOf(seated);
    }
  }

  /** What is wrong with the layout itself. */
  public static List<Refusal> refusals(Layout layout) {
    List<Refusal> refusals = new ArrayList<>();
    List<Seat> seats = layout.seats();
    if (seats.size() > MAX_SEATS) {
      return List.of(new Refusal(Kind.SEATS_TOO_MANY, "seats", seats.size() + " > " + MAX_SEATS));
    }
    Set<String> names = new HashSet<>();
    for (Seat seat : seats) {
      String name = seat.name();
      if (!isName(name)) {
        refusals.add(new Refusal(Kind.SEAT_MALFORMED, "seats", shortened(name)));
      } else if (!names.add(name)) {
        refusals.add(new Refusal(Kind.SEAT_TWICE, "seats", name));
      }
      if (!isInside(seat)) {
        String where = shortened(name) + ": " + seat.x() + ", " + seat.y();
        refusals.add(new Refusal(Kind.SEAT_OUTSIDE, "seats", where));
      }
    }
    for (int i = 0; i < seats.size(); i++) {
      for (int j = i + 1; j < seats.size(); j++) {
        if (overlap(seats.get(i), seats.get(j))) {
          String both = shortened(seats.get(i).name()) + ", " + shortened(seats.get(j).name());
          refusals.add(new Refusal(Kind.SEATS_OVERLAP, "seats", both));
        }
      }
    }
    return List.copyOf(refusals);
  }

  /** Makes the room look like the drawing; creates it when it is new. */
  public static Decision draw(
      Site site, Inventory inventory, String name, Drawing drawing, String by) {
    Optional<Room> old = inventory.room(name);
    if (drawing.version().filter(v -> !v.equals(version(site, inventory, name))).isPresent()) {
      return refused(new Refusal(Kind.LAYOUT_CHANGED, "version", name));
    }
    List<Refusal> refusals = new ArrayList<>(refusals(drawing.layout()));
    Map<Mac, String> seated = seated(site, inventory, name, drawing, refusals);
    List<InventoryChange> changes = new ArrayList<>();
    Room room = old.orElseGet(() -> new Room(name, "", Map.of())).with(drawing.layout());
    add(changes, refusals, Assignments.saveRoom(site, room, by));
    seated.forEach(
        (mac, seat) -> {
          AssignmentEdit edit =
              new AssignmentEdit(
                  Optional.empty(),
                  Optional.of(name),
                  Optional.of(seat),
                  Optional.empty(),
                  Map.of());
          add(changes, refusals, Assignments.edit(site, inventory, mac, edit, by));
        });
    return refusals.isEmpty()
        ? new Decision.Accepted(List.copyOf(changes))
        : new Decision.Refused(List.copyOf(refusals));
  }

  /** A new room, without seats. */
  public static Decision create(
      Site site, Inventory inventory, String name, String description, String by) {
    return inventory.room(name).isPresent()
        ? refused(new Refusal(Kind.ROOM_TAKEN, "name", shortened(name)))
        : Assignments.saveRoom(site, new Room(name, description, Map.of()), by);
  }

  /** Says what people want to know of the room, and leaves all else as it is. */
  public static Decision describe(Inventory inventory, String name, String description, String by) {
    Room old = inventory.room(name).orElseGet(() -> new Room(name, "", Map.of()));
    Room room = new Room(name, description.strip(), old.vars(), old.options(), old.layout());
    if (room.description().length() > 200) {
      return refused(new Refusal(Kind.TEXT_TOO_LONG, "description", "1-200"));
    }
    if (!room.description().chars().noneMatch(Character::isISOControl)) {
      return refused(new Refusal(Kind.TEXT_UNPRINTABLE, "description", "description"));
    }
    return new Decision.Accepted(List.of(new RoomSaved(room, by)));
  }

  /**
   * Changes when the drawing of the room does, or when somebody takes another seat in it: whoever
   * saves on top of what they have not seen is told.
   */
  public static String version(Site site, Inventory inventory, String name) {
    StringBuilder text = new StringBuilder();
    Layout layout = inventory.room(name).map(Room::layout).orElse(Layout.NONE);
    text.append(layout.front().label());
    layout
        .seats()
        .forEach(s -> text.append('\n').append(s.x()).append(' ').append(s.y()).append(s.name()));
    inventory.machines().stream()
        .filter(m -> RoomMembers.roomOf(site, m).filter(name::equals).isPresent())
        .filter(m -> m.assignment().seat().isPresent())
        .forEach(m -> text.append('\r').append(m.mac()).append(m.assignment().seat().get()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Who sits elsewhere than before, and where: by order, or because the seat has another name. */
  private static Map<Mac, String> seated(
      Site site, Inventory inventory, String room, Drawing drawing, List<Refusal> refusals) {
    Map<String, String> newNames = new HashMap<>();
    drawing.renamed().forEach((now, before) -> newNames.put(before, now));
    Map<Mac, String> all = new LinkedHashMap<>();
    Map<Mac, String> moved = new LinkedHashMap<>();
    for (Machine machine : inventory.machines()) {
      if (RoomMembers.roomOf(site, machine).filter(room::equals).isEmpty()) {
        continue;
      }
      String before = machine.assignment().seat().orElse("");
      String now = newNames.getOrDefault(before, before);
      all.put(machine.mac(), now);
      if (!now.equals(before)) {
        moved.put(machine.mac(), now);
      }
    }
    Map<Mac, String> ordered = new LinkedHashMap<>();
    drawing.seated().forEach((mac, seat) -> ordered.put(inventory.key(mac), seat));
    ordered.forEach(
        (mac, seat) -> {
          if (inventory.machine(mac).isEmpty()) {
            refusals.add(new Refusal(Kind.MACHINE_UNKNOWN, "machines", mac.toString()));
          } else if (!seat.isEmpty() && drawing.layout().seat(seat).isEmpty()) {
            refusals.add(new Refusal(Kind.SEAT_UNKNOWN, "machines", shortened(seat)));
          }
          all.put(mac, seat);
          moved.put(mac, seat);
        });
    ordered.forEach(
        (mac, seat) ->
            all.forEach(
                (other, taken) -> {
                  if (!seat.isEmpty() && seat.equals(taken) && !other.equals(mac)) {
                    String who = seat + ": " + mac + ", " + other;
                    refusals.add(new Refusal(Kind.SEAT_TAKEN, "machines", who));
                  }
                }));
    return moved;
  }

  private static void add(
      List<InventoryChange> changes, List<Refusal> refusals, Decision decision) {
    if (decision instanceof Decision.Accepted accepted) {
      changes.addAll(accepted.changes());
    } else if (decision instanceof Decision.Refused refused) {
      refusals.addAll(refused.refusals());
    }
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.length() <= MAX_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isInside(Seat seat) {
    return seat.x() >= 0
        && seat.y() >= 0
        && seat.x() <= Layout.MAX_STEPS
        && seat.y() <= Layout.MAX_STEPS;
  }

  private static boolean overlap(Seat one, Seat other) {
    return Math.abs(one.x() - other.x()) < Layout.SEAT_STEPS
        && Math.abs(one.y() - other.y()) < Layout.SEAT_STEPS;
  }

  private static Decision refused(Refusal refusal) {
    return new Decision.Refused(List.of(refusal));
  }

  private static String shortened(String text) {
    return text.length() <= 70 ? text : text.substring(0, 70) + "…";
  }
}
