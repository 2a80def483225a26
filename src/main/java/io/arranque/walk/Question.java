package io.arranque.walk;

import io.arranque.address.Mac;
import java.util.Locale;
import java.util.Optional;

/**
 * What the walk waits to be told.
 *
 * @param about the PC that has no seat yet
 * @param seat the seat that it would get
 * @param other the PC that was heard just before it, on {@code otherSeat}; empty: none
 * @param otherSeat that one's seat, or the seat in {@code otherRoom}
 * @param otherRoom where people put it; empty: here
 */
public record Question(
    Heard about, String seat, Optional<Mac> other, String otherSeat, String otherRoom) {

  /** The ways to answer. */
  public enum Answer {
    /** The PC gets the seat. */
    TAKE,
    /** The PC gets the other's seat, and the other this one. */
    SWAP,
    /** Nothing changes: the PC is none of these. */
    IGNORE;

    public static Optional<Answer> named(String word) {
      for (Answer answer : values()) {
        if (answer.name().equals(word.toUpperCase(Locale.ROOT))) {
          return Optional.of(answer);
        }
      }
      return Optional.empty();
    }
  }

  public boolean isTogether() {
    return other.isPresent();
  }
}
