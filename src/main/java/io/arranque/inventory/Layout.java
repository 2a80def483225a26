package io.arranque.inventory;

import java.util.List;
import java.util.Optional;

/**
 * Where the seats of a room are, and on which side of the picture the teacher stands. It says
 * nothing of what a machine boots: no plan changes when a seat is moved.
 *
 * @param front the teacher's side
 * @param seats in seat order, which is the order in which walk mode fills them
 */
public record Layout(Front front, List<Seat> seats) {
  /** A tile is so many steps of the grid wide and high: rows can stand half a seat apart. */
  public static final int SEAT_STEPS = 2;

  /** A room of a hundred seats in a line fits. */
  public static final int MAX_STEPS = 200;

  /** Nobody has drawn the room yet. */
  public static final Layout NONE = new Layout(Front.TOP, List.of());

  public Layout {
    seats = List.copyOf(seats);
  }

  /** A side of the picture. */
  public enum Front {
    TOP("top"),
    RIGHT("right"),
    BOTTOM("bottom"),
    LEFT("left");

    private final String label;

    Front(String label) {
      this.label = label;
    }

    /** The word used in the API. */
    public String label() {
      return label;
    }

    /** By its label; empty when there is none such. */
    public static Optional<Front> named(String label) {
      for (Front front : values()) {
        if (front.label.equals(label)) {
          return Optional.of(front);
        }
      }
      return Optional.empty();
    }
  }

  /** The seat of that name. */
  public Optional<Seat> seat(String name) {
    return seats.stream().filter(seat -> seat.name().equals(name)).findFirst();
  }
}
