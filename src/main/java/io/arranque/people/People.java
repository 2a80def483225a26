package io.arranque.people;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everybody, at one moment. Immutable.
 *
 * @param users by name
 * @param tokens by id
 */
public record People(SortedMap<String, User> users, SortedMap<String, AccessToken> tokens) {
  public static final People NOBODY = new People(new TreeMap<>(), new TreeMap<>());

  public People {
    users = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(users));
    tokens = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
  }

  public Optional<User> user(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** What a user may do now; empty: nothing any more, not even look. */
  public Optional<Grant> grantOf(String name) {
    return user(name).filter(User::active).map(User::grant);
  }

  /** The token with this digest, if it is good at {@code now}. */
  public Optional<AccessToken> token(String digest, Instant now) {
    return tokens.values().stream()
        .filter(token -> token.digest().equals(digest) && !token.isExpired(now))
        .findFirst()
        .filter(token -> token.owner().map(owner -> grantOf(owner).isPresent()).orElse(true));
  }

  /** What a token may do now: never more than its owner. */
  public Optional<Grant> grantOf(AccessToken token) {
    return token.owner().isEmpty()
        ? Optional.of(token.grant())
        : grantOf(token.owner().get()).map(token.grant()::within);
  }

  /** These people after {@code changes}. */
  public People after(Collection<PeopleChange> changes) {
    Map<String, User> nextUsers = new TreeMap<>(users);
    Map<String, AccessToken> nextTokens = new TreeMap<>(tokens);
    for (PeopleChange change : changes) {
      if (change instanceof PeopleChange.UserSaved saved) {
        nextUsers.put(saved.user().name(), saved.user());
      } else if (change instanceof PeopleChange.UserRemoved removed) {
        nextUsers.remove(removed.name());
      } else if (change instanceof PeopleChange.TokenSaved saved) {
        nextTokens.put(saved.token().id(), saved.token());
      } else if (change instanceof PeopleChange.TokenRemoved removed) {
        nextTokens.remove(removed.id());
      } else {
        throw new AssertionError(change);
      }
    }
    return new People(new TreeMap<>(nextUsers), new TreeMap<>(nextTokens));
  }
}
