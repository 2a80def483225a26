package io.arranque.schedule;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Something that is done at a time of day on certain days.
 *
 * @param id short, unique in the schedule
 * @param room empty: all rooms
 * @param days on which days
 * @param at when, as the clock on the wall shows it
 * @param end when a lock ends; not after {@code at}: the next day. Empty for what has no length
 * @param why for people, e.g. {@code exam}
 * @param by whose entry it is, for people
 * @param since when it was last changed: what was due before was not meant
 * @param active whether it is done at all
 * @param run the last time that it was due
 */
public record Entry(
    String id,
    Optional<String> room,
    Act act,
    Days days,
    LocalTime at,
    Optional<LocalTime> end,
    String why,
    String by,
    Instant since,
    boolean active,
    Optional<Run> run) {

  /** What is done. */
  public enum Act {
    WAKE("wake"),
    LOCK("lock");

    private final String label;

    Act(String label) {
      this.label = label;
    }

    /** The word in the API. */
    public String label() {
      return label;
    }

    public static Optional<Act> named(String label) {
      for (Act act : values()) {
        if (act.label.equals(label)) {
          return Optional.of(act);
        }
      }
      return Optional.empty();
    }
  }

  /** What came of it. */
  public enum Result {
    DONE,
    /** The appliance was not there, or the clock was wrong, but not for long. */
    LATE,
    /** It was too late for that. */
    MISSED,
    /** It was tried. */
    FAILED
  }

  /**
   * One time that it was due.
   *
   * @param start when it should have been done
   * @param at when it was
   * @param count how many machines it concerned
   */
  public record Run(Instant start, Instant at, Result result, int count) {}

  public Entry with(Run run) {
    return new Entry(id, room, act, days, at, end, why, by, since, active, Optional.of(run));
  }

  public Entry with(boolean active, Instant since) {
    return new Entry(id, room, act, days, at, end, why, by, since, active, run);
  }

  Entry withRoom(String name) {
    return new Entry(id, Optional.of(name), act, days, at, end, why, by, since, active, run);
  }

  /** What is done where, and when, in a few words for the audit. */
  public String describe() {
    String when =
        days.onlyDate()
            .map(Object::toString)
            .orElseGet(
                () ->
                    Weekdays.text(days.weekly())
                        + days.first().map(d -> " from " + d).orElse("")
                        + days.last().map(d -> " to " + d).orElse(""));
    return act.label()
        + " "
        + room.orElse("all rooms")
        + " "
        + when
        + " "
        + at
        + end.map(e -> "-" + e).orElse("")
        + (why.isEmpty() ? "" : ": " + why);
  }
}
