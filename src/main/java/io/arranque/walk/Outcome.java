package io.arranque.walk;

import java.util.List;
import java.util.Optional;

/**
 * What follows from something that happened.
 *
 * @param walk how it stands once what follows is committed; until then it stands as before
 * @param sits who is to get which seat, as one commit
 * @param undo the step that is to be taken back
 * @param note what to tell
 */
public record Outcome(Walk walk, List<Sit> sits, Optional<Step> undo, Optional<Note> note) {
  static Outcome of(Walk walk, Note note) {
    return new Outcome(walk, List.of(), Optional.empty(), Optional.of(note));
  }

  static Outcome nothing(Walk walk) {
    return new Outcome(walk, List.of(), Optional.empty(), Optional.empty());
  }
}
