package io.arranque.store;

import static io.arranque.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.InventoryChange.RoomRemoved;
import io.arranque.inventory.InventoryChange.RoomSaved;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Layout.Front;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomRename;
import io.arranque.inventory.RoomRows;
import io.arranque.inventory.Seat;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.Site;
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

  @Test
  void a_renamed_room_is_whole_after_a_restart_and_the_old_one_is_gone(@TempDir Path folder)
      throws Exception {
    Mac mac = Mac.of("52:54:00:00:00:01");
    Room old =
        new Room("lab", "Lab", Map.of("disk", "/dev/sda"))
            .with(new Layout(Front.LEFT, List.of(new Seat("1", 0, 0))));
    Assignment sits =
        new Assignment(
            Optional.of("pc1"),
            Optional.of("lab"),
            Optional.of("1"),
            Optional.empty(),
            Map.of("debug", "true"));
    Site site = ExampleSite.in(folder);
    try (Database database = Database.open(state, Optional.empty())) {
      InventoryStore inventory = new InventoryStore(database, InstantSource.fixed(NOON));
      inventory.commit(
          view -> List.of(new RoomSaved(old, "test"), new Assigned(mac, sits, "test")));
      inventory.commit(
          view ->
              ((Decision.Accepted) RoomRename.decide(site, view, "lab", "hall", "test")).changes());
    }
    try (Database database = Database.open(state, Optional.empty())) {
      Inventory after = new InventoryStore(database, InstantSource.fixed(NOON)).view();
      assertThat(after.rooms()).extracting(Room::name).containsExactly("hall");
      Room hall = after.room("hall").orElseThrow();
      assertThat(hall.layout()).isEqualTo(old.layout());
      assertThat(hall.vars()).isEqualTo(old.vars());
      Assignment now = after.machine(mac).orElseThrow().assignment();
      assertThat(now.room()).contains("hall");
      assertThat(now.seat()).contains("1");
      assertThat(now.vars()).isEqualTo(sits.vars());
    }
  }
}
