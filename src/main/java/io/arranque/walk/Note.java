package io.arranque.walk;

import io.arranque.address.Mac;
import java.util.Optional;

/**
 * What is told to whoever walks.
 *
 * @param mac whom it is about, if anybody
 * @param seat which seat; empty: none
 * @param other the other room, or the other's seat; empty where there is none
 */
public record Note(Kind kind, Optional<Mac> mac, String seat, String other) {
  /** Each has a sentence on the page, and a tone. */
  public enum Kind {
    /** The PC has the seat. */
    SEATED(Tone.GOOD),
    /** The PC has had this seat before. */
    ALREADY(Tone.KNOWN),
    /** Two PCs began at once: which is where? */
    TOGETHER(Tone.ASK),
    /** It sits in another room: is it here now? */
    ELSEWHERE(Tone.ASK),
    /** Heard while a question is open. */
    QUEUED(Tone.KNOWN),
    IGNORED(Tone.QUIET),
    SKIPPED(Tone.QUIET),
    TAKEN_BACK(Tone.QUIET),
    UNSKIPPED(Tone.QUIET),
    SWAPPED(Tone.GOOD),
    PAUSED(Tone.QUIET),
    RESUMED(Tone.QUIET),
    /** Heard while paused: it has no seat. */
    WHILE_PAUSED(Tone.KNOWN),
    GONE_TO(Tone.QUIET),
    /** No seat is left for it. */
    NO_SEAT(Tone.PROBLEM),
    /** It has the seat, but another machine has the host name. */
    NAME_TAKEN(Tone.PROBLEM),
    /** It could not be written down. */
    FAILED(Tone.PROBLEM),
    /** Nothing to take back. */
    NOTHING_DONE(Tone.QUIET);

    private final Tone tone;

    Kind(Tone tone) {
      this.tone = tone;
    }

    public Tone tone() {
      return tone;
    }
  }

  /** What is heard with it. */
  public enum Tone {
    GOOD,
    KNOWN,
    ASK,
    PROBLEM,
    QUIET
  }

  static Note of(Kind kind, Mac mac, String seat) {
    return new Note(kind, Optional.of(mac), seat, "");
  }

  static Note of(Kind kind, String seat) {
    return new Note(kind, Optional.empty(), seat, "");
  }

  public Note as(Kind other) {
    return new Note(other, mac, seat, this.other);
  }
}
