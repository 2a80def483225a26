package io.arranque.people;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody may do, and where.
 *
 * @param rooms the only rooms whose machines an operator may change; empty: all. Viewers see every
 *     room, and administrators change every room, whatever stands here
 */
public record Grant(Level level, Optional<Set<String>> rooms) {
  /** In place of rooms: all of them, and machines that stand in none. */
  public static final String ALL = "*";

  public static final Grant ADMINISTRATOR = new Grant(Level.ADMINISTRATOR, Optional.empty());
  public static final Grant VIEWER = new Grant(Level.VIEWER, Optional.empty());

  public Grant {
    rooms = level == Level.OPERATOR ? rooms.map(Set::copyOf) : Optional.empty();
  }

  /**
   * By words as people write them.
   *
   * @param level {@code operator} or {@code operate}, …
   * @param rooms separated by commas or blanks; {@code *} for all. Only operators need any
   * @return empty when there is no such level, or an operator has no rooms
   */
  public static Optional<Grant> parse(String level, String rooms) {
    Set<String> named =
        Arrays.stream(rooms.split("[,\\s]+", -1))
            .filter(room -> !room.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    return Level.parse(level.strip())
        .filter(l -> l != Level.OPERATOR || !named.isEmpty())
        .map(l -> new Grant(l, named.contains(ALL) ? Optional.empty() : Optional.of(named)));
  }

  public boolean isAdministrator() {
    return level == Level.ADMINISTRATOR;
  }

  /** Whether it may change machines in every room, those of no room among them. */
  public boolean operatesEverywhere() {
    return level != Level.VIEWER && rooms.isEmpty();
  }

  /**
   * @param room empty: in no room, which belongs to those who operate everywhere
   */
  public boolean operatesIn(Optional<String> room) {
    return operatesEverywhere()
        || (level == Level.OPERATOR
            && room.filter(r -> rooms.orElse(Set.of()).contains(r)).isPresent());
  }

  /** As much of this as {@code upper} has too: a token never does more than its owner. */
  public Grant within(Grant upper) {
    Level lower = level.compareTo(upper.level) <= 0 ? level : upper.level;
    if (rooms.isEmpty() || upper.rooms.isEmpty()) {
      return new Grant(lower, rooms.or(upper::rooms));
    }
    Set<String> both = new TreeSet<>(rooms.get());
    both.retainAll(upper.rooms.get());
    return new Grant(lower, Optional.of(both));
  }

  boolean names(String room) {
    return rooms.filter(names -> names.contains(room)).isPresent();
  }

  Grant renamed(String from, String to) {
    Set<String> names = new TreeSet<>(rooms.orElse(Set.of()));
    names.remove(from);
    names.add(to);
    return new Grant(level, Optional.of(names));
  }

  /** The rooms with commas between them, or {@link #ALL}. */
  public String roomsText() {
    return rooms.map(names -> String.join(",", new TreeSet<>(names))).orElse(ALL);
  }

  @Override
  public String toString() {
    return level == Level.OPERATOR ? level.word() + " of " + roomsText() : level.word();
  }
}
