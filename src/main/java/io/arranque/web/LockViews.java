package io.arranque.web;

import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.RoomLock;
import io.arranque.schedule.Locks;
import java.time.Instant;
import java.time.ZoneId;

/** What page and API show of locks. */
final class LockViews {
  private LockViews() {}

  /**
   * A lock in force.
   *
   * @param room empty: all rooms
   * @param until as an instant; empty: until somebody lifts it
   * @param end the same for people: a time of day, with its date when that is another
   */
  record LockView(String room, String since, String until, String end, String why, String by) {}

  static LockView of(RoomLock lock, Instant now, ZoneId zone) {
    return new LockView(
        lock.room().orElse(""),
        Views.text(lock.since()),
        lock.until().map(Views::text).orElse(""),
        lock.until().map(end -> Locks.time(end, now, zone)).orElse(""),
        lock.why(),
        lock.by());
  }

  /** Whether another room is locked than before, or until another time. */
  static boolean isOfLocks(InventoryChange change) {
    return change instanceof InventoryChange.RoomLocked
        || change instanceof InventoryChange.RoomUnlocked;
  }

  /**
   * What a page puts beside the room's name.
   *
   * @param text in its language, until when
   */
  record MarkView(String room, String until, String text, String why) {}

  static MarkView mark(LockView lock, Messages messages) {
    String text =
        lock.end().isEmpty()
            ? messages.get("lock.locked-open")
            : messages.get("lock.locked-until", lock.end());
    return new MarkView(lock.room(), lock.until(), text, lock.why());
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
