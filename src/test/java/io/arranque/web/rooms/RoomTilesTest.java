package io.arranque.web.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.web.World;
import io.arranque.web.rooms.RoomTiles.Made;
import io.arranque.web.rooms.RoomViews.TileView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever says what he has is told what is different, all of it and nothing else. */
class RoomTilesTest {
  private static final Optional<String> ROOM = Optional.of("sala5");

  private final Set<TileBox> boxes = new HashSet<>();
  private final Set<Mac> doubted = new HashSet<>();
  private final RoomTiles tiles = new RoomTiles(boxes, new ObjectMapper());

  private static TileView tile(Mac mac, String room, String seat, String state) {
    return new TileView(
        mac.hyphenated(), mac.toString(), "pc", room, seat, state, "", "", -1, "", "", "");
  }

  private static TileView pc1(String state) {
    return tile(World.PC1, "sala5", "1", state);
  }

  private static TileView pc2(String state) {
    return tile(World.PC2, "sala5", "2", state);
  }

  private void is(TileView tile) {
    tiles.set(Mac.of(tile.mac()), Optional.of(tile));
  }

  private String page(TileView... shown) {
    return tiles.shown(tiles.changes(), ROOM, List.of(shown), doubted::add);
  }

  private TileBox opened(Optional<String> room, String token) {
    TileBox box = new TileBox(room, tiles.change(Optional.of(token)));
    boxes.add(box);
    tiles.serve();
    return box;
  }

  private static TileBox.Batch next(TileBox box) throws InterruptedException {
    return box.next().orElseThrow();
  }

  private static List<TileView> views(TileBox.Batch batch) {
    return batch.tiles().stream().map(Made::view).toList();
  }

  @Test
  void a_page_that_has_it_all_is_sent_no_tile() throws Exception {
    is(pc1("off"));
    TileBox.Batch first = next(opened(ROOM, page(pc1("off"), pc2("up"))));
    assertThat(first.tiles()).isEmpty();
    assertThat(first.redrawn()).isEmpty();
    assertThat(first.locks()).isTrue();
  }

  @Test
  void what_moved_between_page_and_stream_is_sent_and_nothing_else() throws Exception {
    String token = page(pc1("off"), pc2("off"));
    is(pc2("up"));
    is(tile(new Mac(World.PC1.bits() + 2), "sala6", "1", "up"));
    TileBox box = opened(ROOM, token);
    assertThat(views(next(box))).containsExactly(pc2("up"));
    is(pc1("up"));
    tiles.serve();
    TileBox.Batch second = next(box);
    assertThat(views(second)).containsExactly(pc1("up"));
    assertThat(second.redrawn()).isEmpty();
  }

  @Test
  void who_comes_back_is_sent_what_moved_since_the_last_batch() throws Exception {
    TileBox box = opened(ROOM, page(pc1("off"), pc2("off")));
    is(pc1("loading"));
    tiles.serve();
    String last = tiles.token(next(box).upTo());
    boxes.clear();
    is(pc2("loading"));
    is(pc1("up"));
    is(pc1("loading"));
    assertThat(views(next(opened(ROOM, last))))
        .containsExactlyInAnyOrder(pc1("loading"), pc2("loading"));
  }

  @Test
  void what_was_not_yet_put_into_a_batch_does_not_count_as_told() throws Exception {
    TileBox box = opened(ROOM, page(pc1("off"), pc2("off")));
    is(pc1("up"));
    // Not served: the rest of what happened at the same time is still being looked at.
    String last = tiles.token(next(box).upTo());
    assertThat(views(next(opened(ROOM, last)))).containsExactly(pc1("up"));
  }

  @Test
  void a_state_that_only_the_page_saw_is_taken_back_on_it() throws Exception {
    is(pc1("off"));
    // Nobody looked meanwhile; the page is the first that sees it up, and then it is off again.
    String token = page(pc1("up"));
    assertThat(doubted).containsExactly(World.PC1);
    is(pc1("off"));
    assertThat(views(next(opened(ROOM, token)))).containsExactly(pc1("off"));
  }

  @Test
  void who_leaves_or_changes_the_seat_makes_the_room_be_asked_for_anew() throws Exception {
    String token = page(pc1("off"), pc2("off"));
    tiles.set(World.PC1, Optional.empty());
    assertThat(next(opened(ROOM, token)).redrawn()).containsExactly("sala5");
    token = page(pc2("off"));
    is(tile(World.PC2, "sala5", "3", "off"));
    assertThat(next(opened(ROOM, token)).redrawn()).containsExactly("sala5");
    token = page(tile(World.PC2, "sala5", "3", "off"));
    is(tile(World.PC2, "sala6", "3", "off"));
    TileBox.Batch moved = next(opened(Optional.empty(), token));
    assertThat(moved.redrawn()).containsExactlyInAnyOrder("sala5", "sala6");
    assertThat(moved.tiles()).hasSize(1);
  }

  @Test
  void a_machine_that_the_page_no_longer_shows_is_nobody_s_any_more() throws Exception {
    is(pc1("off"));
    is(pc2("off"));
    String token = page(pc1("off"));
    assertThat(doubted).containsExactly(World.PC2);
    assertThat(next(opened(ROOM, token)).redrawn()).isEmpty();
    assertThat(tiles.all()).containsOnlyKeys(World.PC1);
  }

  @Test
  void a_room_that_was_drawn_while_its_page_was_made_is_told_again() throws Exception {
    long before = tiles.changes();
    tiles.redraw("sala5");
    String token = tiles.shown(before, ROOM, List.of(pc1("off")), doubted::add);
    assertThat(next(opened(ROOM, token)).redrawn()).containsExactly("sala5");
    assertThat(next(opened(ROOM, page(pc1("off")))).redrawn()).isEmpty();
  }

  @Test
  void what_another_life_told_is_worth_nothing() throws Exception {
    String token = new RoomTiles(boxes, new ObjectMapper()).token(0);
    is(pc1("off"));
    for (String foreign : List.of(token, "", "1", tiles.token(0) + "x")) {
      assertThat(tiles.change(Optional.of(foreign))).isEmpty();
      TileBox.Batch first = next(opened(ROOM, foreign));
      assertThat(first.redrawn()).containsExactly("sala5");
      // It asks for the whole; to be sent it as well would be once too often.
      assertThat(first.tiles()).isEmpty();
    }
    assertThat(tiles.change(Optional.empty())).isEmpty();
    assertThat(tiles.change(Optional.of(tiles.token(7)))).isEqualTo(OptionalLong.of(7));
  }
}
