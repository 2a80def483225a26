package io.arranque.people;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody with a password.
 *
 * @param name small letters, digits and {@code . _ -}
 * @param active false: may not log in, and their sessions and tokens are of no use
 * @param lastLogin empty: never
 */
public record User(
    String name,
    Grant grant,
    boolean active,
    PasswordHash password,
    Instant created,
    Instant passwordSince,
    Optional<Instant> lastLogin) {
  /** Whether this one alone could still let others in. */
  boolean isActiveAdministrator() {
    return active && grant.isAdministrator();
  }

  User with(Grant changed) {
    return new User(name, changed, active, password, created, passwordSince, lastLogin);
  }

  User withActive(boolean changed) {
    return new User(name, grant, changed, password, created, passwordSince, lastLogin);
  }

  User with(PasswordHash changed, Instant now) {
    return new User(name, grant, active, changed, created, now, lastLogin);
  }

  public User loggedIn(Instant now) {
    return new User(name, grant, active, password, created, passwordSince, Optional.of(now));
  }
}
