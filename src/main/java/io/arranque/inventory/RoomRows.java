package io.arranque.inventory;

import io.arranque.inventory.Layout.Front;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An order to lay a whole room out in rows. Pure.
 *
 * @param rows parallel to the teacher's desk
 * @param columns seats of a row
 * @param aisles after which seats of a row people walk through, counted from the teacher's left
 * @param fromLeft whether numbers begin at the teacher's left hand, in the row before the teacher
 * @param snake whether each second row is numbered the other way round
 * @param prefix before each number, e.g. {@code A}
 * @param first the first number
 * @param front the teacher's side of the picture
 */
public record RoomRows(
    int rows,
    int columns,
    List<Integer> aisles,
    boolean fromLeft,
    boolean snake,
    String prefix,
    int first,
    Front front) {
  private static final int MOST_ROWS = 40;

  public RoomRows {
    aisles = List.copyOf(aisles);
  }

  /** Why there can be no such room. */
  public Optional<Refusal> refusal() {
    boolean sensible =
        rows >= 1
            && columns >= 1
            && rows <= MOST_ROWS
            && columns <= MOST_ROWS
            && first >= 0
            && first <= 9_999
            && prefix.length() <= 20;
    if (!sensible || rows * columns > Layouts.MAX_SEATS) {
      return Optional.of(new Refusal(Refusal.Kind.SEATS_TOO_MANY, "rows", rows + " × " + columns));
    }
    return Optional.empty();
  }

  /** The room; to be asked only when nothing was {@link #refusal refused}. */
  public Layout layout() {
    List<Seat> seats = new ArrayList<>();
    int number = first;
    for (int row = 0; row < rows; row++) {
      boolean back = snake && row % 2 == 1;
      for (int i = 0; i < columns; i++) {
        // Whoever teaches looks at the room: their left hand is on the right of who looks at them.
        int fromTheirLeft = back == fromLeft ? columns - 1 - i : i;
        int across = columns - 1 - fromTheirLeft + walkways(fromTheirLeft);
        seats.add(new Seat(prefix + number++, across * Layout.SEAT_STEPS, row * depth()));
      }
    }
    return new Layout(front, turned(seats));
  }

  /**
   * How many walkways, each of a seat's width, lie between a seat and the left edge of the picture,
   * which is the teacher's right.
   */
  private int walkways(int fromTheirLeft) {
    return (int) walked().stream().filter(after -> after > fromTheirLeft).count();
  }

  private TreeSet<Integer> walked() {
    TreeSet<Integer> walked = new TreeSet<>();
    aisles.stream().filter(after -> after >= 1 && after < columns).forEach(walked::add);
    return walked;
  }

  /** A row and half a seat to walk behind it. */
  private static int depth() {
    return Layout.SEAT_STEPS + 1;
  }

  /** Made for a teacher at the top; a turn of the picture brings them to their side. */
  private List<Seat> turned(List<Seat> seats) {
    int width = seats.stream().mapToInt(Seat::x).max().orElse(0);
    int height = seats.stream().mapToInt(Seat::y).max().orElse(0);
    return seats.stream()
        .map(
            s ->
                switch (front) {
                  case TOP -> s;
                  case BOTTOM -> new Seat(s.name(), width - s.x(), height - s.y());
                  case RIGHT -> new Seat(s.name(), height - s.y(), s.x());
                  case LEFT -> new Seat(s.name(), s.y(), width - s.x());
                })
        .toList();
  }
}
