package io.arranque.people;

import java.time.Instant;
import java.util.Optional;

/**
 * What a program shows instead of a password.
 *
 * @param id to speak of it; tells nothing of the token
 * @param owner the user who has it and above whose grant it cannot rise; empty: nobody's, made by
 *     the administrator's token or on the command line
 * @param digest SHA-256 of the token in hex; the token itself is kept nowhere. Plain SHA-256 is
 *     enough for 192 random bits
 * @param expires empty: never
 * @param lastAddress from where it was last used
 */
public record AccessToken(
    String id,
    String name,
    Grant grant,
    Optional<String> owner,
    String digest,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> lastUsed,
    Optional<String> lastAddress) {
  /** So that scanners for secrets left in repositories can tell what it is. */
  public static final String PREFIX = "arranque_";

  AccessToken with(Grant changed) {
    return new AccessToken(
        id, name, changed, owner, digest, created, expires, lastUsed, lastAddress);
  }

  public boolean isExpired(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }

  public AccessToken used(Instant now, String address) {
    return new AccessToken(
        id, name, grant, owner, digest, created, expires, Optional.of(now), Optional.of(address));
  }
}
