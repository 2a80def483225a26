package io.arranque.store;

import static io.arranque.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.InventoryChange.RoomRemoved;
import io.arranque.inventory.InventoryChange.RoomSaved;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Layout.Front;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomRows;
import io.arranque.inventory.Seat;
import io.arranque.inventory.StoreFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room that somebody drew looks the same after a restart. */
class LayoutStoreTest {
  @TempDir Path state;

  @Test
  void seats_their_order_and_the_teachers_side_are_the_same_after_a_restart() throws StoreFailure {
    Layout hall = new RoomRows(20, 20, List.of(5, 10), true, true, "Ñ-", 1, Front.LEFT).layout();
    Layout odd = new Layout(Front.RIGHT, List.of(new Seat("z", 3, 1), new Seat("<b>", 0, 200)));
    for (Layout layout : List.of(hall, odd, Layout.NONE, new Layout(Front.BOTTOM, List.of()))) {
      Room room = new Room("lab", "", Map.of("disk", "/dev/sda")).with(layout);
      try (Database database = Database.open(state, Optional.empty())) {
        new InventoryStore(database, InstantSource.fixed(NOON))
            .commit(view -> List.of(new RoomSaved(room, "test")));
      }
      try (Database database = Database.open(state, Optional.empty())) {
        InventoryStore inventory = new InventoryStore(database, InstantSource.fixed(NOON));
        assertThat(inventory.view().room("lab")).contains(room);
      }
    }
  }

  @Test
  void of_a_room_that_was_removed_no_seat_is_left_for_one_of_the_same_name() throws StoreFailure {
    Room drawn =
        new Room("lab", "", Map.of()).with(new Layout(Front.TOP, List.of(new Seat("1", 0, 0))));
    try (Database database = Database.open(state, Optional.empty())) {
      InventoryStore inventory = new InventoryStore(database, InstantSource.fixed(NOON));
      inventory.commit(view -> List.of(new RoomSaved(drawn, "test")));
      inventory.commit(view -> List.of(new RoomRemoved("lab", "test")));
      inventory.commit(view -> List.of(new RoomSaved(new Room("lab", "", Map.of()), "test")));
    }
    try (Database database = Database.open(state, Optional.empty())) {
      InventoryStore inventory = new InventoryStore(database, InstantSource.fixed(NOON));
      assertThat(inventory.view().room("lab").orElseThrow().layout()).isEqualTo(Layout.NONE);
    }
  }
}
