package io.arranque.walk;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a walk does, as somebody chose at its beginning.
 *
 * @param room the room's name
 * @param seats from where it begins, in the order of the walk; empty: seats are counted
 * @param countFrom the first number, where seats are counted
 * @param role what each PC gets; empty: roles stay as they are
 * @param arm whether each PC is armed as well
 */
public record Route(
    String room,
    List<String> seats,
    int countFrom,
    Hostnames hostnames,
    Optional<String> role,
    boolean arm) {
  /** So many seats are counted at most: a room, and no slip of the keyboard. */
  public static final int MOST_COUNTED = 9_999;

  public Route {
    seats = List.copyOf(seats);
  }

  /** Through the seats of a room that is drawn, from {@code begin} on. */
  public static Route through(
      String room,
      List<String> ordered,
      String begin,
      Hostnames hostnames,
      Optional<String> role,
      boolean arm) {
    int at = Math.max(0, ordered.indexOf(begin));
    return new Route(room, ordered.subList(at, ordered.size()), 0, hostnames, role, arm);
  }

  public boolean isCounting() {
    return seats.isEmpty();
  }

  /** The first seat of the way that is none of these; empty at its end. */
  public Optional<String> firstBut(Set<String> gone) {
    if (!isCounting()) {
      return seats.stream().filter(seat -> !gone.contains(seat)).findFirst();
    }
    for (int number = countFrom; number <= MOST_COUNTED; number++) {
      if (!gone.contains(Integer.toString(number))) {
        return Optional.of(Integer.toString(number));
      }
    }
    return Optional.empty();
  }

  /** The same way, going on at another seat. */
  Route from(String seat) {
    if (isCounting()) {
      return new Route(room, seats, Integer.parseInt(seat), hostnames, role, arm);
    }
    return through(room, seats, seat, hostnames, role, arm);
  }
}
