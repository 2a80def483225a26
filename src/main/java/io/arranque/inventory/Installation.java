package io.arranque.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a machine has come with what its boot policy wants once.
 *
 * @param role of which {@code finished} and {@code unreported} tell; of another role nothing is
 *     done yet; empty: of none
 * @param finished when it reported that it is installed; empty: not yet
 * @param unreported how many boots to install it ended, or are under way, without such a report
 * @param booted when it was booted the one time that {@code next-boot} allows; empty: not yet
 */
public record Installation(
    String role, Optional<Instant> finished, int unreported, Optional<Instant> booted) {
  public static final Installation NONE =
      new Installation("", Optional.empty(), 0, Optional.empty());

  /** What this says of a role. */
  public Installation of(String wanted) {
    return role.equals(wanted) ? this : new Installation(wanted, Optional.empty(), 0, booted);
  }

  /** One more boot of the role, to install it. */
  public Installation begun(String wanted) {
    Installation its = of(wanted);
    return new Installation(wanted, its.finished, its.unreported + 1, booted);
  }

  /** It reported that the role is installed. */
  public Installation done(String wanted, Instant at) {
    return new Installation(wanted, Optional.of(at), 0, booted);
  }

  /** It was booted once. */
  public Installation bootedOnce(Instant at) {
    return new Installation(role, finished, unreported, Optional.of(at));
  }

  /** It may be booted once more. */
  public Installation mayBootOnce() {
    return new Installation(role, finished, unreported, Optional.empty());
  }
}
