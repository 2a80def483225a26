package io.arranque.people;

import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of the audit; newest first. What is empty does not matter.
 *
 * @param who a part of the name or the beginning of the address, in any case
 * @param what a part of the act, the detail, the room or the result, in any case
 * @param until without this moment
 * @param before only lines older than the one with this number
 * @param limit 1 to {@link #LIMIT_MAX}
 */
public record AuditQuery(
    Optional<String> who,
    Optional<String> what,
    Optional<Mac> machine,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Long> before,
    int limit) {
  public static final int LIMIT_MAX = 1_000;

  public AuditQuery {
    limit = Math.max(1, Math.min(LIMIT_MAX, limit));
  }

  public static AuditQuery newest(int limit) {
    return new AuditQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }
}
