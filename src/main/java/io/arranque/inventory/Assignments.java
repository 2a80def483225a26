package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.Forgotten;
import io.arranque.inventory.InventoryChange.RoomRemoved;
import io.arranque.inventory.InventoryChange.RoomSaved;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Declared;
import io.arranque.site.Role;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides what people may change about machines and rooms. Pure; the same for page and API. */
public final class Assignments {
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final Pattern ROOM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
  private static final int MAX_SEAT = 63;
  private static final int MAX_TEXT = 200;

  /** A variable may hold a key or a certificate, but not a file system. */
  private static final int MAX_VALUE = 8_192;

  private Assignments() {}

  /** What was decided. */
  public sealed interface Decision {
    record Accepted(List<InventoryChange> changes) implements Decision {}

    /** Nothing changes; at least one refusal. */
    record Refused(List<Refusal> refusals) implements Decision {}
  }

  /** Changes what {@code edit} names and keeps the rest; creates the machine when it is new. */
  public static Decision edit(
      Site site, Inventory inventory, Mac any, AssignmentEdit edit, String by) {
    Mac mac = inventory.key(any);
    return decide(site, inventory, mac, edit, edit.applyTo(presentAssignment(inventory, mac)), by);
  }

  /** Makes the assignment exactly {@code edit}; creates the machine when it is new. */
  public static Decision replace(
      Site site, Inventory inventory, Mac mac, AssignmentEdit edit, String by) {
    return decide(site, inventory, inventory.key(mac), edit, edit.applyTo(Assignment.NONE), by);
  }

  /**
   * Gives known machines a role, all of them or none.
   *
   * @param role the empty text takes the role away
   */
  public static Decision assignRole(
      Site site, Inventory inventory, Collection<Mac> macs, String role, String by) {
    List<InventoryChange> changes = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (Mac mac : macs) {
      if (inventory.machine(mac).isEmpty()) {
        refusals.add(new Refusal(Kind.MACHINE_UNKNOWN, "macs", mac.toString()));
        continue;
      }
      Decision one = edit(site, inventory, mac, AssignmentEdit.role(role), by);
      if (one instanceof Decision.Accepted accepted) {
        changes.addAll(accepted.changes());
      } else if (one instanceof Decision.Refused refused) {
        refusals.addAll(refused.refusals());
      }
    }
    return decision(changes, refusals.stream().distinct().toList());
  }

  /** Removes the machine; it comes back, without role, when it next asks for anything. */
  public static Decision forget(Inventory inventory, Mac mac, String by) {
    return inventory.machine(mac).isPresent()
        ? new Decision.Accepted(List.of(new Forgotten(inventory.key(mac), by)))
        : refused(new Refusal(Kind.MACHINE_UNKNOWN, "mac", mac.toString()));
  }

  /** Creates the room or replaces what is known of it. */
  public static Decision saveRoom(Site site, Room room, String by) {
    List<Refusal> refusals = new ArrayList<>();
    checkDeclared(site, room.vars(), refusals);
    return saveRoom(room, by, refusals);
  }

  static Decision saveRoom(Room room, String by, List<Refusal> refusals) {
    if (!ROOM.matcher(room.name()).matches()) {
      refusals.add(new Refusal(Kind.ROOM_MALFORMED, "name", shortened(room.name())));
    }
    checkText("description", room.description(), MAX_TEXT, refusals);
    checkVariables(room.vars(), Optional.empty(), refusals);
    refusals.addAll(room.options().refusals());
    return decision(List.of(new RoomSaved(room, by)), refusals);
  }

  /** Changes the DHCP options that {@code edits} names; creates the room when it is new. */
  public static Decision editRoomOptions(
      Inventory inventory, String name, Map<String, String> edits, String by) {
    Room room = inventory.room(name).orElseGet(() -> new Room(name, "", Map.of()));
    OptionLines options = room.options().edited(edits);
    // Values that a changed role made wrong may stay while options are edited.
    Room edited = room.with(options);
    return saveRoom(edited, by, new ArrayList<>());
  }

  /** Removes a room in which no machine was put. */
  public static Decision removeRoom(Inventory inventory, String name, String by) {
    if (inventory.room(name).isEmpty()) {
      return refused(new Refusal(Kind.ROOM_UNKNOWN, "name", shortened(name)));
    }
    long inside =
        inventory.machines().stream()
            .filter(m -> m.assignment().room().filter(name::equals).isPresent())
            .count();
    return inside == 0
        ? new Decision.Accepted(List.of(new RoomRemoved(name, by)))
        : refused(new Refusal(Kind.ROOM_IN_USE, "name", name + ": " + inside));
  }

  /** Whether a text can be a host name: one DNS label. */
  public static boolean isHostname(String text) {
    return LABEL.matcher(text).matches();
  }

  private static Decision decide(
      Site site, Inventory inventory, Mac mac, AssignmentEdit edit, Assignment wanted, String by) {
    List<Refusal> refusals = new ArrayList<>();
    if (mac.isMulticast()) {
      refusals.add(new Refusal(Kind.MAC_IS_GROUP, "mac", mac.toString()));
    }
    wanted.hostname().ifPresent(name -> checkHostname(inventory, mac, name, refusals));
    wanted
        .room()
        .filter(room -> !ROOM.matcher(room).matches())
        .ifPresent(r -> refusals.add(new Refusal(Kind.ROOM_MALFORMED, "room", shortened(r))));
    wanted.seat().ifPresent(seat -> checkText("seat", seat, MAX_SEAT, refusals));
    Optional<Role> role = wanted.role().flatMap(r -> Optional.ofNullable(site.roles().get(r)));
    // A role whose folder has gone may stay on the machine while other things are edited.
    if (edit.role().filter(r -> !r.isBlank()).isPresent() && role.isEmpty()) {
      refusals.add(new Refusal(Kind.ROLE_UNKNOWN, "role", shortened(edit.role().get())));
    }
    checkVariables(wanted.vars(), role, refusals);
    refusals.addAll(wanted.options().refusals());
    if (edit.hasMalformedReservation()) {
      String given = shortened(edit.reservation().orElse(""));
      refusals.add(new Refusal(Kind.RESERVATION_MALFORMED, "reservation", given));
    }
    if (edit.hasUnknownPolicy()) {
      String given = shortened(edit.policy().orElse(""));
      refusals.add(new Refusal(Kind.POLICY_UNKNOWN, "policy", given));
    }
    // One that a changed site file made wrong may stay while other things are edited.
    if (!wanted.reservation().equals(presentAssignment(inventory, mac).reservation())) {
      wanted
          .reservation()
          .ifPresent(a -> refusals.addAll(Reservations.misplaced(site, inventory, mac, a)));
    }
    List<InventoryChange> changes = new ArrayList<>();
    changes.add(new Assigned(mac, wanted, by));
    Installations.afterEdit(inventory, mac, wanted, by).ifPresent(changes::add);
    return decision(changes, refusals);
  }

  private static void checkHostname(
      Inventory inventory, Mac mac, String name, List<Refusal> refusals) {
    if (!isHostname(name)) {
      refusals.add(new Refusal(Kind.HOSTNAME_MALFORMED, "hostname", shortened(name)));
      return;
    }
    // RFC 4343: names that differ in case only are the same name. Made-up names count as well.
    inventory.machinesNamed(name).stream()
        .filter(other -> !other.equals(mac))
        .sorted()
        .findFirst()
        .ifPresent(
            other ->
                refusals.add(new Refusal(Kind.HOSTNAME_TAKEN, "hostname", name + ", " + other)));
  }

  /** Variables that the role does not declare are text for the templates and may be anything. */
  private static void checkVariables(
      Map<String, String> vars, Optional<Role> role, List<Refusal> refusals) {
    vars.forEach(
        (name, value) -> {
          if (!VARIABLE.matcher(name).matches()) {
            refusals.add(new Refusal(Kind.VARIABLE_MALFORMED, "vars", shortened(name)));
            return;
          }
          if (value.length() > MAX_VALUE) {
            refusals.add(new Refusal(Kind.TEXT_TOO_LONG, "vars." + name, name));
          }
          role.flatMap(r -> Optional.ofNullable(r.vars().get(name)))
              .filter(var -> var.type().accept(value).isEmpty())
              .ifPresent(
                  var ->
                      refusals.add(
                          new Refusal(
                              Kind.VARIABLE_INVALID,
                              "vars." + name,
                              name + ": " + var.type().wanted())));
        });
  }

  /** A room's values are for machines of any role: what none that declares them takes is a slip. */
  private static void checkDeclared(Site site, Map<String, String> vars, List<Refusal> refusals) {
    vars.forEach(
        (name, value) ->
            Declared.misfit(site.roles().values(), name, value)
                .filter(misfit -> !misfit.others())
                .ifPresent(
                    misfit ->
                        refusals.add(
                            new Refusal(
                                Kind.VARIABLE_INVALID,
                                "vars." + name,
                                name + ": " + misfit.wanted()))));
  }

  private static void checkText(String field, String text, int max, List<Refusal> refusals) {
    if (text.length() > max) {
      refusals.add(new Refusal(Kind.TEXT_TOO_LONG, field, "1-" + max));
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      refusals.add(new Refusal(Kind.TEXT_UNPRINTABLE, field, field));
    }
  }

  private static Assignment presentAssignment(Inventory inventory, Mac mac) {
    return inventory.machine(mac).map(Machine::assignment).orElse(Assignment.NONE);
  }

  private static Decision decision(List<InventoryChange> changes, List<Refusal> refusals) {
    return refusals.isEmpty()
        ? new Decision.Accepted(List.copyOf(changes))
        : new Decision.Refused(List.copyOf(refusals));
  }

  private static Decision refused(Refusal refusal) {
    return new Decision.Refused(List.of(refusal));
  }

  private static String shortened(String text) {
    return text.length() <= 70 ? text : text.substring(0, 70) + "…";
  }
}
