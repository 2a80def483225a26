package io.arranque.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Somebody wants a room left alone: nothing may be done to its machines that changes what they boot
 * or what is on their disks.
 *
 * @param room empty: all rooms, and machines that stand in none
 * @param since when it began, for people
 * @param until when it ends by itself; empty: when somebody lifts it
 * @param why in a few words, e.g. {@code exam}; may be empty
 * @param by who, for people
 */
public record RoomLock(
    Optional<String> room, Instant since, Optional<Instant> until, String why, String by) {
  /** The one that ends last is the last. */
  public static final Comparator<RoomLock> BY_END =
      Comparator.comparing(lock -> lock.until().orElse(Instant.MAX));

  /** The one in force over what stands in a room; of several the one that ends last. */
  public static Optional<RoomLock> over(
      Optional<String> room, Collection<RoomLock> locks, Instant now) {
    return locks.stream().filter(lock -> lock.covers(room) && lock.isInForce(now)).max(BY_END);
  }

  /** A clock that is set back must not open a room, so only the end counts. */
  public boolean isInForce(Instant now) {
    return until.map(now::isBefore).orElse(true);
  }

  /**
   * @param room of a machine; empty: it stands in none
   */
  public boolean covers(Optional<String> room) {
    return this.room.isEmpty() || this.room.equals(room);
  }
}
