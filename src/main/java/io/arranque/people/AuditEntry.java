package io.arranque.people;

import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the audit.
 *
 * @param what the act in a few words, or {@code METHOD /route}
 * @param room the machine's room at the time, or the room that was changed
 * @param detail old → new; never a password, a token or the value of a variable. May be empty
 * @param result {@code done}, or why not
 */
public record AuditEntry(
    Instant at,
    Who who,
    String what,
    Optional<Mac> machine,
    Optional<String> room,
    String detail,
    String result) {
  public static final String DONE = "done";

  /** Something that was done and concerns no machine. */
  public static AuditEntry done(Instant at, Who who, String what, String detail) {
    return new AuditEntry(at, who, what, Optional.empty(), Optional.empty(), detail, DONE);
  }
}
