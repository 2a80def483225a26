package io.arranque.web.views;

import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.RoomLock;
import io.arranque.schedule.Locks;
import java.time.Instant;
import java.time.ZoneId;

/** What page and API show of locks. */
public final class LockViews {
  private LockViews() {}

  /**
   * A lock in force.
   *
   * @param room empty: all rooms
   * @param until as an instant; empty: until somebody lifts it
   * @param end the same for people: a time of day, with its date when that is another
   */
  public record LockView(
      String room, String since, String until, String end, String why, String by) {}

  public static LockView of(RoomLock lock, Instant now, ZoneId zone) {
    return new LockView(
        lock.room().orElse(""),
        Views.text(lock.since()),
        lock.until().map(Views::text).orElse(""),
        lock.until().map(end -> Locks.time(end, now, zone)).orElse(""),
        lock.why(),
        lock.by());
  }

  /** Whether another room is locked than before, or until another time. */
  public static boolean isOfLocks(InventoryChange change) {
    return change instanceof InventoryChange.RoomLocked
        || change instanceof InventoryChange.RoomUnlocked;
  }

  /** As one of the values of a boot plan. */
  static Views.ValueView value(RoomLock lock) {
    String until = lock.until().map(end -> " until " + Views.text(end)).orElse("");
    String why = lock.why().isEmpty() ? "" : ": " + lock.why();
    return new Views.ValueView(
        "locked",
        "by " + lock.by() + until + why,
        lock.room().map(room -> "room " + room).orElse("site"));
  }
}
