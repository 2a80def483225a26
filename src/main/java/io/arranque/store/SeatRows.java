package io.arranque.store;

import io.arranque.inventory.Layout;
import io.arranque.inventory.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The seats of rooms. */
final class SeatRows {
  private SeatRows() {}

  /** By room, in seat order. */
  static Map<String, List<Seat>> load(Handle handle) {
    Map<String, List<Seat>> seats = new HashMap<>();
    handle
        .createQuery("select room, name, x, y from seat order by room, place")
        .map(
            (row, context) ->
                seats
                    .computeIfAbsent(row.getString("room"), room -> new ArrayList<>())
                    .add(new Seat(row.getString("name"), row.getInt("x"), row.getInt("y"))))
        .forEach(added -> {});
    return seats;
  }

  /** Of a room that has none in the table. */
  static void insert(Handle handle, String room, Layout layout) {
    if (layout.seats().isEmpty()) {
      return;
    }
    String sql = "insert into seat (room, name, place, x, y) values (?, ?, ?, ?, ?)";
    try (PreparedBatch batch = handle.prepareBatch(sql)) {
      int place = 0;
      for (Seat seat : layout.seats()) {
        batch.add(room, seat.name(), place++, seat.x(), seat.y());
      }
      batch.execute();
    }
  }
}
