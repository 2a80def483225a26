package io.arranque.store;

import io.arranque.inventory.RoomLock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The locks of rooms; the one of all rooms stands under the empty name. */
final class LockRows {
  private LockRows() {}

  static List<RoomLock> load(Handle handle) {
    return handle
        .createQuery("select * from room_lock")
        .map(
            (row, context) ->
                new RoomLock(
                    Optional.of(row.getString("room")).filter(room -> !room.isEmpty()),
                    Columns.instant(row, "since"),
                    Columns.optionalInstant(row, "ends"),
                    row.getString("why"),
                    row.getString("locked_by")))
        .list();
  }

  static void write(Handle handle, String room, Optional<RoomLock> lock) {
    handle.execute("delete from room_lock where room = ?", room);
    lock.ifPresent(
        its ->
            handle.execute(
                "insert into room_lock (room, since, ends, why, locked_by) values (?, ?, ?, ?, ?)",
                room,
                Columns.micros(its.since()),
                Columns.nullableMicros(its.until()),
                Columns.clean(its.why()),
                Columns.clean(its.by())));
  }
}
