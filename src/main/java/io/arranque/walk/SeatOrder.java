package io.arranque.walk;

import io.arranque.inventory.Layout;
import io.arranque.inventory.Seat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** In which order somebody walks through a room. */
public enum SeatOrder {
  /** As the seats of the layout are listed. */
  SEATS("seats"),
  /** Row by row, each from left to right. */
  ROWS("rows"),
  /** Row by row, each second one backwards: nobody walks back empty-handed. */
  SNAKE("snake"),
  /** Column by column. */
  COLUMNS("columns");

  private final String label;

  SeatOrder(String label) {
    this.label = label;
  }

  /** The word used on the page and in the API. */
  public String label() {
    return label;
  }

  /** By its label; empty when there is none such. */
  public static Optional<SeatOrder> named(String label) {
    for (SeatOrder order : values()) {
      if (order.label.equals(label)) {
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }

  /**
   * The names of the seats in this order.
   *
   * @param fromFront begin at the teacher's side, and take left and right as seen with that side on
   *     top; else the picture is taken as it is drawn
   */
  public List<String> of(Layout layout, boolean fromFront) {
    if (this == SEATS) {
      return layout.seats().stream().map(Seat::name).toList();
    }
    List<Seat> turned =
        layout.seats().stream()
            .map(seat -> fromFront ? turned(seat, layout.front()) : seat)
            .map(seat -> this == COLUMNS ? new Seat(seat.name(), seat.y(), seat.x()) : seat)
            .sorted(Comparator.comparingInt(Seat::y).thenComparingInt(Seat::x))
            .toList();
    List<String> names = new ArrayList<>();
    boolean backwards = false;
    for (List<Seat> row : rows(turned)) {
      if (backwards && this == SNAKE) {
        Collections.reverse(row);
      }
      backwards = !backwards;
      row.forEach(seat -> names.add(seat.name()));
    }
    return List.copyOf(names);
  }

  /** Seats that stand half a step apart are in one row; a whole seat further begins the next. */
  private static List<List<Seat>> rows(List<Seat> fromTheTop) {
    List<List<Seat>> rows = new ArrayList<>();
    int top = 0;
    for (Seat seat : fromTheTop) {
      if (rows.isEmpty() || seat.y() - top >= Layout.SEAT_STEPS) {
        rows.add(new ArrayList<>());
        top = seat.y();
      }
      rows.get(rows.size() - 1).add(seat);
    }
    rows.forEach(row -> row.sort(Comparator.comparingInt(Seat::x).thenComparingInt(Seat::y)));
    return rows;
  }

  private static Seat turned(Seat seat, Layout.Front front) {
    return switch (front) {
      case TOP -> seat;
      case RIGHT -> new Seat(seat.name(), seat.y(), -seat.x());
      case BOTTOM -> new Seat(seat.name(), -seat.x(), -seat.y());
      case LEFT -> new Seat(seat.name(), -seat.y(), seat.x());
    };
  }
}
