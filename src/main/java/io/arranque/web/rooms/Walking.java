package io.arranque.web.rooms;

import io.arranque.people.Grant;
import io.arranque.walk.Note;
import io.arranque.walk.Route;
import io.arranque.walk.Walk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A walk that is under way, as it stands at one moment.
 *
 * @param whole the way from its first seat, wherever the walk goes on
 * @param by who began it, for the audit
 * @param grant what they may do now
 * @param told what was told, newest first
 * @param number of the newest that was told: a page sounds what is new to it
 */
record Walking(
    Walk walk, Route whole, String by, Supplier<Grant> grant, List<Told> told, int number) {
  private static final int MOST_TOLD = 30;

  /**
   * @param detail for people: a refusal; empty mostly
   */
  record Told(int number, Instant at, Note note, String detail) {}

  Walking {
    told = List.copyOf(told);
  }

  static Walking begun(Walk walk, Route whole, String by, Supplier<Grant> grant) {
    return new Walking(walk, whole, by, grant, List.of(), 0);
  }

  Walking with(Walk changed) {
    return new Walking(changed, whole, by, grant, told, number);
  }

  Walking telling(Note note, String detail, Instant now) {
    List<Told> more = new ArrayList<>();
    more.add(new Told(number + 1, now, note, detail));
    more.addAll(told.subList(0, Math.min(told.size(), MOST_TOLD - 1)));
    return new Walking(walk, whole, by, grant, more, number + 1);
  }
}
