package io.arranque.people;

import io.arranque.people.PeopleChange.TokenRemoved;
import io.arranque.people.PeopleChange.TokenSaved;
import io.arranque.people.PeopleChange.UserRemoved;
import io.arranque.people.PeopleChange.UserSaved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Decides what may become of users and tokens. Pure; the same for page, API and command line. */
public final class PeopleRules {
  static final int PASSWORD_MIN = 10;
  static final int PASSWORD_MAX = 200;
  private static final int DIFFERENT_MIN = 5;
  private static final int USERS_MAX = 1_000;
  private static final int TOKENS_MAX = 1_000;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,31}");
  private static final Pattern TOKEN_NAME = Pattern.compile("\\P{Cntrl}{1,60}");

  private PeopleRules() {}

  /** What was decided. */
  public sealed interface Decision {
    /**
     * @param what for the audit, in a few words
     * @param detail old → new, never a password or token
     */
    record Accepted(List<PeopleChange> changes, String what, String detail) implements Decision {}

    record Refused(PeopleRefusal refusal) implements Decision {}
  }

  /** As people type it: nobody means two people by {@code Ana} and {@code ana}. */
  public static String name(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT);
  }

  /** What is wrong with a password, if anything; asked before the costly hash is made. */
  public static Optional<PeopleRefusal> password(String name, String password) {
    if (password.codePointCount(0, password.length()) < PASSWORD_MIN) {
      return Optional.of(PeopleRefusal.PASSWORD_SHORT);
    }
    if (password.length() > PASSWORD_MAX) {
      return Optional.of(PeopleRefusal.PASSWORD_LONG);
    }
    String folded = password.toLowerCase(Locale.ROOT);
    boolean isName = !name.isEmpty() && folded.replace(name, "").length() < DIFFERENT_MIN;
    return isName || folded.chars().distinct().count() < DIFFERENT_MIN
        ? Optional.of(PeopleRefusal.PASSWORD_EASY)
        : Optional.empty();
  }

  /** The first account of all, which is an administrator's. */
  public static Decision setUp(People people, User user) {
    return people.users().isEmpty()
        ? add(people, user)
        : new Decision.Refused(PeopleRefusal.ALREADY_SET_UP);
  }

  public static Decision add(People people, User user) {
    if (!NAME.matcher(user.name()).matches()) {
      return new Decision.Refused(PeopleRefusal.NAME_MALFORMED);
    }
    if (people.user(user.name()).isPresent()) {
      return new Decision.Refused(PeopleRefusal.NAME_TAKEN);
    }
    if (people.users().size() >= USERS_MAX) {
      return new Decision.Refused(PeopleRefusal.TOO_MANY);
    }
    return accepted(new UserSaved(user), "user added", user.name() + ": " + user.grant());
  }

  public static Decision changeGrant(People people, String name, Grant grant) {
    return edit(
        people,
        name,
        user -> user.with(grant),
        "role changed",
        old -> name + ": " + old.grant() + " → " + grant);
  }

  public static Decision changeActive(People people, String name, boolean active) {
    String what = active ? "user activated" : "user deactivated";
    return edit(people, name, user -> user.withActive(active), what, old -> name);
  }

  public static Decision changePassword(
      People people, String name, PasswordHash password, Instant now) {
    return edit(people, name, user -> user.with(password, now), "password changed", old -> name);
  }

  /** Whoever may operate a room that is called otherwise now still may. */
  public static Decision renameRoom(People people, String from, String to) {
    List<PeopleChange> changes = new ArrayList<>();
    people.users().values().stream()
        .filter(user -> user.grant().names(from))
        .forEach(user -> changes.add(new UserSaved(user.with(user.grant().renamed(from, to)))));
    people.tokens().values().stream()
        .filter(token -> token.grant().names(from))
        .forEach(t -> changes.add(new TokenSaved(t.with(t.grant().renamed(from, to)))));
    return new Decision.Accepted(
        List.copyOf(changes), "role changed", "room " + from + " is " + to + ": " + changes.size());
  }

  /** With all tokens of this user. */
  public static Decision remove(People people, String name) {
    Optional<User> user = people.user(name);
    if (user.isEmpty()) {
      return new Decision.Refused(PeopleRefusal.USER_UNKNOWN);
    }
    List<PeopleChange> changes = new ArrayList<>();
    people.tokens().values().stream()
        .filter(token -> token.owner().filter(name::equals).isPresent())
        .forEach(token -> changes.add(new TokenRemoved(token.id())));
    changes.add(new UserRemoved(name));
    return losesLastAdministrator(people, people.after(changes))
        ? new Decision.Refused(PeopleRefusal.LAST_ADMINISTRATOR)
        : new Decision.Accepted(changes, "user removed", name + ": " + user.get().grant());
  }

  /**
   * @param maker what whoever makes the token may do
   */
  public static Decision addToken(People people, AccessToken token, Grant maker) {
    if (!TOKEN_NAME.matcher(token.name()).matches()) {
      return new Decision.Refused(PeopleRefusal.TOKEN_NAME_MALFORMED);
    }
    if (!token.grant().within(maker).equals(token.grant())) {
      return new Decision.Refused(PeopleRefusal.SCOPE_EXCEEDS);
    }
    if (token.expires().isEmpty() && !maker.isAdministrator()) {
      return new Decision.Refused(PeopleRefusal.TOKEN_EXPIRY_MALFORMED);
    }
    if (people.tokens().size() >= TOKENS_MAX) {
      return new Decision.Refused(PeopleRefusal.TOO_MANY);
    }
    return accepted(new TokenSaved(token), "token made", described(token));
  }

  /**
   * @param of only one that belongs to this user; empty: anybody's
   */
  public static Decision revoke(People people, String id, Optional<String> of) {
    AccessToken token = people.tokens().get(id);
    if (token == null || (of.isPresent() && !token.owner().equals(of))) {
      return new Decision.Refused(PeopleRefusal.TOKEN_UNKNOWN);
    }
    return accepted(new TokenRemoved(id), "token revoked", described(token));
  }

  private static String described(AccessToken token) {
    return "%s %s, %s%s"
        .formatted(
            token.id(),
            token.name(),
            token.grant(),
            token
                .expires()
                .map(end -> ", until " + end.truncatedTo(ChronoUnit.SECONDS))
                .orElse(", without end"));
  }

  private static Decision edit(
      People people,
      String name,
      Function<User, User> change,
      String what,
      Function<User, String> detail) {
    Optional<User> user = people.user(name);
    if (user.isEmpty()) {
      return new Decision.Refused(PeopleRefusal.USER_UNKNOWN);
    }
    List<PeopleChange> changes = List.of(new UserSaved(change.apply(user.get())));
    return losesLastAdministrator(people, people.after(changes))
        ? new Decision.Refused(PeopleRefusal.LAST_ADMINISTRATOR)
        : new Decision.Accepted(changes, what, detail.apply(user.get()));
  }

  private static boolean losesLastAdministrator(People before, People after) {
    return before.users().values().stream().anyMatch(User::isActiveAdministrator)
        && after.users().values().stream().noneMatch(User::isActiveAdministrator);
  }

  private static Decision accepted(PeopleChange change, String what, String detail) {
    return new Decision.Accepted(List.of(change), what, detail);
  }
}
