package io.arranque.web.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomRows;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.World;
import io.arranque.web.rooms.RoomViews.CardView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2 000 machines in 40 rooms. */
class RoomsAtScaleTest {
  private static final int ROOMS = 40;
  private static final int SEATS = 50;

  @Test
  void a_look_at_all_rooms_is_quick_and_asks_for_no_event_twice(@TempDir Path folder) {
    World world = new World(folder);
    for (int room = 0; room < ROOMS; room++) {
      RoomRows rows = new RoomRows(5, 10, List.of(5), true, false, "", 1, Layout.Front.TOP);
      world.book.with(new Room("room" + room, "", Map.of()).with(rows.layout()));
      for (int seat = 1; seat <= SEATS; seat++) {
        Mac mac = new Mac(World.PC1.bits() + room * 256L + seat);
        world.book.with(
            Machine.unknown(mac)
                .with(
                    new Machine.Assignment(
                        Optional.of("r" + room + "-" + seat),
                        Optional.of("room" + room),
                        Optional.of(Integer.toString(seat)),
                        Optional.of("worker"),
                        Map.of())));
        world.event(mac, Duration.ofMinutes(2), Stage.UP, Reason.MACHINE_REPORTED, "");
      }
    }
    RoomDesk desk = new RoomDesk(world.parts(), new Standings(world.timeline));
    long began = System.nanoTime();
    List<CardView> cards = desk.cards();
    long first = System.nanoTime() - began;
    for (int i = 0; i < 20; i++) {
      desk.cards();
    }
    began = System.nanoTime();
    desk.cards();
    long again = System.nanoTime() - began;
    System.out.printf("all rooms: first %d ms, then %d ms%n", first / 1_000_000, again / 1_000_000);
    assertThat(cards).hasSize(ROOMS + 1);
    assertThat(cards).extracting(CardView::machines).contains(SEATS);
    // Each event that is read costs the timeline of this test a walk over all of them.
    assertThat(again).isLessThan(Duration.ofSeconds(2).toNanos());
  }
}
