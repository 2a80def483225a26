package io.arranque.schedule;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.RoomMembers;
import io.arranque.people.Who;
import io.arranque.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may lock what, and what is refused meanwhile. Pure; the same for page, API and schedule. */
public final class Locks {
  /** So that nobody forgets one: a double lesson, and an exam with its preparations. */
  public static final Duration USUAL = Duration.ofHours(4);

  /** A lock that is to last for years is a typing error. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final int MAX_WHY = 100;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Locks() {}

  /**
   * Locks a room, or all; a lock that is there already is replaced, also by a shorter one.
   *
   * @param room empty: all
   * @param until empty: until somebody lifts it
   */
  public static Decision lock(
      Inventory inventory,
      Optional<String> room,
      Optional<Instant> until,
      String why,
      String by,
      Instant now) {
    List<Refusal> refusals = new ArrayList<>();
    if (until.filter(u -> !u.isAfter(now) || u.isAfter(now.plus(LONGEST))).isPresent()) {
      refusals.add(new Refusal(Kind.LOCK_END_MALFORMED, "until", ""));
    }
    checkWhy(why, refusals);
    if (!refusals.isEmpty()) {
      return new Decision.Refused(List.copyOf(refusals));
    }
    // Whoever makes it longer does not begin it.
    Instant since = own(inventory, room, now).map(RoomLock::since).orElse(now);
    RoomLock lock = new RoomLock(room, since, until, why.strip(), Who.parse(by).name());
    return new Decision.Accepted(List.of(new InventoryChange.RoomLocked(lock, by)));
  }

  /** What the schedule locks; nothing changes where somebody has locked for longer. */
  public static Decision scheduled(Inventory inventory, RoomLock lock, String by, Instant now) {
    boolean longer =
        own(inventory, lock.room(), now)
            .filter(there -> RoomLock.BY_END.compare(there, lock) >= 0)
            .isPresent();
    return new Decision.Accepted(
        longer ? List.of() : List.of(new InventoryChange.RoomLocked(lock, by)));
  }

  /** Lifts the lock of a room, or the one of all rooms: neither lifts the other. */
  public static Decision unlock(
      Inventory inventory, Optional<String> room, String by, Instant now) {
    return own(inventory, room, now).isPresent()
        ? new Decision.Accepted(List.of(new InventoryChange.RoomUnlocked(room, by)))
        : new Decision.Refused(
            List.of(new Refusal(Kind.NOT_LOCKED, "room", room.orElse(""), List.of())));
  }

  /** The one in force over just this, not one that is over it too. */
  public static Optional<RoomLock> own(Inventory inventory, Optional<String> room, Instant now) {
    return inventory.locks().stream()
        .filter(lock -> lock.room().equals(room) && lock.isInForce(now))
        .findFirst();
  }

  /** The locks in force, those of all rooms first. */
  public static List<RoomLock> inForce(Inventory inventory, Instant now) {
    return inventory.locks().stream()
        .filter(lock -> lock.isInForce(now))
        .sorted((a, b) -> a.room().orElse("").compareTo(b.room().orElse("")))
        .toList();
  }

  static void checkWhy(String why, List<Refusal> refusals) {
    if (why.length() > MAX_WHY) {
      refusals.add(new Refusal(Kind.TEXT_TOO_LONG, "why", ""));
    } else if (why.chars().anyMatch(Character::isISOControl)) {
      refusals.add(new Refusal(Kind.TEXT_UNPRINTABLE, "why", ""));
    }
  }

  /**
   * What speaks against these changes because rooms are locked: one refusal to a machine or room.
   *
   * @param zone for the times in the refusals
   */
  public static List<Refusal> refusals(
      Site site, Inventory inventory, List<InventoryChange> changes, Instant now, ZoneId zone) {
    if (inForce(inventory, now).isEmpty()) {
      return List.of();
    }
    Set<Refusal> refusals = new LinkedHashSet<>();
    for (InventoryChange change : changes) {
      for (Mac mac : disturbed(inventory, change)) {
        refusal(site, inventory, mac, now, zone).ifPresent(refusals::add);
      }
      disturbedRoom(inventory, change)
          .flatMap(room -> refusal(inventory, room, now, zone))
          .ifPresent(refusals::add);
    }
    return List.copyOf(refusals);
  }

  /** Why this machine may not be disturbed now, by whatever act; empty: it may. */
  public static Optional<Refusal> refusal(
      Site site, Inventory inventory, Mac mac, Instant now, ZoneId zone) {
    return inventory
        .machine(mac)
        .flatMap(
            machine ->
                inventory
                    .lock(RoomMembers.roomOf(site, machine), now)
                    .map(lock -> told(machine.hostname(), lock, now, zone)));
  }

  /** Why what belongs to this room may not be changed now; empty: it may. */
  public static Optional<Refusal> refusal(
      Inventory inventory, String room, Instant now, ZoneId zone) {
    return inventory.lock(Optional.of(room), now).map(lock -> told(room, lock, now, zone));
  }

  private static Refusal told(String whom, RoomLock lock, Instant now, ZoneId zone) {
    String until = lock.until().map(end -> time(end, now, zone)).orElse("");
    return refusal(List.of(whom, lock.by(), until, lock.why()));
  }

  /** The same, said of all machines that this lock keeps out. */
  public static Refusal ofMany(Refusal locked) {
    List<String> facts = new ArrayList<>(locked.facts());
    facts.set(0, "");
    return refusal(List.copyOf(facts));
  }

  private static Refusal refusal(List<String> facts) {
    String detail =
        (facts.get(0).isEmpty() ? "" : facts.get(0) + ": ")
            + "locked by "
            + facts.get(1)
            + (facts.get(2).isEmpty() ? " until somebody lifts it" : " until " + facts.get(2))
            + (facts.get(3).isEmpty() ? "" : ", " + facts.get(3));
    return new Refusal(Kind.ROOM_LOCKED, "mac", detail, facts);
  }

  /** The time of day, with the date when that is not today's. */
  public static String time(Instant at, Instant now, ZoneId zone) {
    boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TIME : DAY).format(at.atZone(zone));
  }

  /** When the clock on the wall next shows this time. */
  public static Instant next(LocalTime time, Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    Instant then = WallClock.at(today, time, zone);
    return then.isAfter(now) ? then : WallClock.at(today.plusDays(1), time, zone);
  }

  /** The machines that would be, or may be, told something else when they next boot. */
  private static List<Mac> disturbed(Inventory inventory, InventoryChange change) {
    if (change instanceof InventoryChange.Assigned assigned) {
      Assignment before =
          inventory.machine(assigned.mac()).map(Machine::assignment).orElse(Assignment.NONE);
      return isSeatOnly(before, assigned.assignment()) ? List.of() : List.of(assigned.mac());
    }
    if (change instanceof InventoryChange.Forgotten forgotten) {
      return List.of(forgotten.mac());
    }
    if (change instanceof InventoryChange.InstallationChanged changed) {
      // What a machine reports of itself names nobody.
      return changed.by().isEmpty() ? List.of() : List.of(changed.mac());
    }
    if (change instanceof InventoryChange.MacMerged merged) {
      return List.of(merged.mac(), merged.machine());
    }
    if (change instanceof InventoryChange.MacSplit split) {
      return List.of(split.machine());
    }
    return change instanceof InventoryChange.MacRefused refused
        ? List.of(refused.mac())
        : List.of();
  }

  private static boolean isSeatOnly(Assignment before, Assignment after) {
    return before.equals(
        new Assignment(
            after.hostname(),
            after.room(),
            before.seat(),
            after.role(),
            after.vars(),
            after.options(),
            after.reservation(),
            after.policy()));
  }

  /** A room's description and picture concern no boot; its values and options concern each. */
  private static Optional<String> disturbedRoom(Inventory inventory, InventoryChange change) {
    if (change instanceof InventoryChange.RoomSaved saved) {
      Room after = saved.room();
      Room before =
          inventory.room(after.name()).orElseGet(() -> new Room(after.name(), "", Map.of()));
      boolean same = before.vars().equals(after.vars()) && before.options().equals(after.options());
      return same ? Optional.empty() : Optional.of(after.name());
    }
    return change instanceof InventoryChange.RoomRemoved removed
        ? Optional.of(removed.name())
        : Optional.empty();
  }
}
