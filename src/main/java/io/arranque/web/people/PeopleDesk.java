package io.arranque.web.people;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.AccessToken;
import io.arranque.people.Grant;
import io.arranque.people.PasswordHash;
import io.arranque.people.People;
import io.arranque.people.PeopleBook;
import io.arranque.people.PeopleRefusal;
import io.arranque.people.PeopleRules;
import io.arranque.people.PeopleRules.Decision;
import io.arranque.people.User;
import io.arranque.people.Who;
import io.arranque.web.access.Secrets;
import io.arranque.web.base.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** What page, API and command line do with users and tokens. Decided in {@link PeopleRules}. */
public final class PeopleDesk {
  private static final int DAYS_MAX = 3_650;

  /** Each costs 19 MiB and a processor for a moment: guessers must not take all of either. */
  private static final int HASHES_AT_ONCE = 2;

  private static final int PATIENCE_SECONDS = 10;

  private final PeopleBook book;
  private final InstantSource clock;
  private final Secrets secrets = new Secrets();
  private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE, true);

  public PeopleDesk(PeopleBook book, InstantSource clock) {
    this.book = book;
    this.clock = clock;
  }

  /**
   * A token just made.
   *
   * @param text the token itself, which nobody can be shown again
   */
  record Made(String text, AccessToken token) {
    @Override
    public String toString() {
      return "Made " + token.id();
    }
  }

  People people() {
    return book.view();
  }

  /** The user with this password. Takes as long for a name that nobody has. */
  public Optional<User> check(String name, String password) {
    Optional<User> user = book.view().user(name);
    PasswordHash hash = user.map(User::password).orElse(PasswordHash.OF_NOBODY);
    boolean matches = oneOfFew(() -> hash.matches(password));
    return user.filter(User::active).filter(u -> matches);
  }

  /** The first account; an administrator's. */
  void setUp(Who who, String name, String password) throws StoreFailure {
    User user = user(name, Grant.ADMINISTRATOR, password);
    commit(who, people -> PeopleRules.setUp(people, user));
  }

  public void add(Who who, String name, Grant grant, String password) throws StoreFailure {
    User user = user(name, grant, password);
    commit(who, people -> PeopleRules.add(people, user));
  }

  public void changeGrant(Who who, String name, Grant grant) throws StoreFailure {
    commit(who, people -> PeopleRules.changeGrant(people, name, grant));
  }

  public void changeActive(Who who, String name, boolean active) throws StoreFailure {
    commit(who, people -> PeopleRules.changeActive(people, name, active));
  }

  /** All sessions of the user are over with it. */
  public void changePassword(Who who, String name, String password) throws StoreFailure {
    PasswordHash hash = hash(name, password);
    Instant now = clock.instant();
    commit(who, people -> PeopleRules.changePassword(people, name, hash, now));
  }

  public void remove(Who who, String name) throws StoreFailure {
    commit(who, people -> PeopleRules.remove(people, name));
  }

  /**
   * @param maker what whoever makes it may do: the token may not do more
   * @param owner whose it is; empty: nobody's
   * @param days empty: without end, for administrators
   */
  public Made addToken(
      Who who,
      Grant maker,
      Optional<String> owner,
      String name,
      Grant grant,
      Optional<Integer> days)
      throws StoreFailure {
    if (days.filter(d -> d < 1 || d > DAYS_MAX).isPresent()) {
      throw new PeopleRefused(PeopleRefusal.TOKEN_EXPIRY_MALFORMED);
    }
    Instant now = clock.instant();
    String text = AccessToken.PREFIX + secrets.fresh();
    byte[] digest = Secrets.sha256(text);
    AccessToken token =
        new AccessToken(
            secrets.id(),
            name.strip(),
            grant,
            owner,
            HexFormat.of().formatHex(digest),
            now,
            days.map(d -> now.plus(Duration.ofDays(d))),
            Optional.empty(),
            Optional.empty());
    commit(who, people -> PeopleRules.addToken(people, token, maker));
    return new Made(text, token);
  }

  /**
   * @param of only one of this user's
   */
  void revoke(Who who, String id, Optional<String> of) throws StoreFailure {
    commit(who, people -> PeopleRules.revoke(people, id, of));
  }

  /** As the command line needs it, on a state folder that no appliance uses. */
  public PeopleOffice office(Who who) {
    return new StateOffice(this, who);
  }

  private User user(String typed, Grant grant, String password) {
    String name = PeopleRules.name(typed);
    Instant now = clock.instant();
    return new User(name, grant, true, hash(name, password), now, now, Optional.empty());
  }

  private PasswordHash hash(String name, String password) {
    PeopleRules.password(name, password)
        .ifPresent(
            refusal -> {
              throw new PeopleRefused(refusal);
            });
    byte[] salt = secrets.octets(PasswordHash.SALT_BYTES);
    return oneOfFew(() -> PasswordHash.of(password, salt));
  }

  private <T> T oneOfFew(Supplier<T> work) {
    try {
      if (!hashing.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new Fault(503, "Too many are logging in at once; try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(503, "The appliance is being stopped.");
    }
    try {
      return work.get();
    } finally {
      hashing.release();
    }
  }

  private void commit(Who who, Function<People, Decision> decide) throws StoreFailure {
    if (book.commit(who, decide) instanceof Decision.Refused refused) {
      throw new PeopleRefused(refused.refusal());
    }
  }
}
