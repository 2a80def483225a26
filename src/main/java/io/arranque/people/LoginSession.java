package io.arranque.people;

import java.time.Instant;
import java.util.Optional;

/**
 * A browser that is logged in.
 *
 * @param id SHA-256 of what its cookie holds, in hex: whoever reads the database cannot log in by
 *     it
 * @param user empty: by the administrator's token or by a login link
 * @param by the user's name, {@link Who#ADMIN_TOKEN} or {@link Who#LOGIN_LINK}
 * @param agent what the browser calls itself, shortened
 * @param used when it last asked for anything
 */
public record LoginSession(
    String id,
    Optional<String> user,
    String by,
    String address,
    String agent,
    Instant since,
    Instant used) {
  public LoginSession usedAt(Instant now) {
    return new LoginSession(id, user, by, address, agent, since, now);
  }
}
