package io.arranque.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a machine has come with what its boot policy wants once.
 *
 * @param finished when what was to be booted once was; empty: not yet
 * @param unreported how many boots since then ended without a report
 */
public record Installation(Optional<Instant> finished, int unreported) {
  public static final Installation NONE = new Installation(Optional.empty(), 0);
}
