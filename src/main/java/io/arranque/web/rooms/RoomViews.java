package io.arranque.web.rooms;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;

/** What page and API show of rooms, their seats and who sits there. */
final class RoomViews {
  private RoomViews() {}

  /**
   * A machine in the picture. Without words of any language, so that it is made once for all open
   * pages.
   *
   * @param seat the seat people gave it; empty: none
   * @param state one of {@link io.arranque.timeline.Tile.State}
   * @param stage how far its boot has come
   * @param reason why; {@code OK} and the empty text need no explanation
   * @param percent of what it loads; -1: it does not load, or nobody knows
   * @param sign {@code quarantine}, {@code alarm}, {@code pending} or empty
   * @param elsewhere the room in which it was heard, where that is not the one it belongs to
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record TileView(
      String id,
      String mac,
      String name,
      String room,
      String seat,
      String state,
      String stage,
      String reason,
      int percent,
      String heard,
      String sign,
      String elsewhere) {
    /** Whether it looks urgent, by the order of the states. */
    int urgency() {
      return sign.isEmpty() || sign.equals("pending") ? RoomDesk.order(state) : 0;
    }
  }

  /** A seat with who sits there; {@code tile} is null on an empty one. */
  record SeatView(String name, int x, int y, @org.jspecify.annotations.Nullable TileView tile) {}

  /** How many machines stand so. */
  record CountView(String state, int count) {}

  /**
   * A sign in the picture as it is seen from afar.
   *
   * @param id the machine's; empty: nobody sits there
   */
  record MiniView(String id, String state, int x, int y) {}

  /**
   * A room at a glance.
   *
   * @param name empty for the machines that stand nowhere yet
   * @param width of the picture in steps, {@code height} likewise
   * @param seats as drawn; machines without a seat are in {@code tray}
   * @param urgent the machine to go to first; empty list: none
   */
  record CardView(
      String name,
      String description,
      int machines,
      int width,
      int height,
      String front,
      List<SeatView> seats,
      List<TileView> tray,
      List<MiniView> minis,
      List<CountView> counts,
      List<TileView> urgent) {}

  /** A room, for programs. */
  record RoomDetail(
      String name,
      String description,
      SortedMap<String, String> vars,
      SortedMap<String, String> options,
      long machines,
      String version,
      LayoutView layout,
      List<CountView> counts,
      List<TileView> tiles) {}

  record PlaceView(String name, int x, int y) {}

  record LayoutView(String front, List<PlaceView> seats) {}
}
