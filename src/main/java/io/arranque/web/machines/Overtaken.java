package io.arranque.web.machines;

import io.arranque.web.machines.Editions.Part;
import java.util.Set;

/** Somebody else changed what this request is about after whoever sent it had looked at it. */
public final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Set<Part> parts;
  private final String edition;

  /**
   * @param edition what is there now: who sends this knows of the change
   */
  Overtaken(Set<Part> parts, String edition) {
    super(
        "Somebody changed this meanwhile. Read it again, then send your change.",
        null,
        false,
        false);
    this.parts = parts;
    this.edition = edition;
  }

  Set<Part> parts() {
    return parts;
  }

  String edition() {
    return edition;
  }
}
