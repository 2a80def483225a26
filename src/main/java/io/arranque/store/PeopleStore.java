package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.AccessToken;
import io.arranque.people.AuditEntry;
import io.arranque.people.LoginSession;
import io.arranque.people.People;
import io.arranque.people.PeopleBook;
import io.arranque.people.PeopleChange;
import io.arranque.people.PeopleRules.Decision;
import io.arranque.people.User;
import io.arranque.people.Who;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** People in the database, and wholly in memory for readers. */
public final class PeopleStore implements PeopleBook {
  /** A token in a loop would else write to the disk with every request. */
  private static final Duration USED_GRANULARITY = Duration.ofMinutes(1);

  private final Database database;
  private final InstantSource clock;
  private final ReentrantLock committing = new ReentrantLock();
  private volatile People people;

  /** Loads everybody; {@code clock} dates the audit. */
  public PeopleStore(Database database, InstantSource clock) throws StoreFailure {
    this.database = database;
    this.clock = clock;
    this.people = database.read("read the users from", PeopleRows::load);
  }

  /** Held by whoever commits. */
  ReentrantLock committing() {
    return committing;
  }

  @Override
  public People view() {
    return people;
  }

  @Override
  public Decision commit(Who who, Function<People, Decision> decide) throws StoreFailure {
    committing.lock();
    try {
      Decision decision = decide.apply(people);
      if (decision instanceof Decision.Accepted accepted) {
        AuditEntry line = AuditEntry.done(clock.instant(), who, accepted.what(), accepted.detail());
        database.writeDurably(
            "write the users to",
            handle -> {
              accepted.changes().forEach(change -> PeopleRows.write(handle, change));
              AuditRows.insert(handle, line);
            });
        database.afterwards(() -> people = people.after(accepted.changes()));
      }
      return decision;
    } finally {
      committing.unlock();
    }
  }

  @Override
  public void loggedIn(String name, Instant at) throws StoreFailure {
    committing.lock();
    try {
      Optional<User> user = people.user(name).map(known -> known.loggedIn(at));
      if (user.isPresent()) {
        database.write("write the users to", handle -> PeopleRows.write(handle, user.get()));
        people = people.after(List.of(new PeopleChange.UserSaved(user.get())));
      }
    } finally {
      committing.unlock();
    }
  }

  @Override
  public void used(AccessToken token, Instant at, String address) throws StoreFailure {
    if (isTold(people.tokens().get(token.id()), at, address)) {
      return;
    }
    committing.lock();
    try {
      AccessToken known = people.tokens().get(token.id());
      if (known == null || isTold(known, at, address)) {
        return;
      }
      AccessToken used = known.used(at, address);
      // In memory even when the database fails: else each request would try again.
      people = people.after(List.of(new PeopleChange.TokenSaved(used)));
      database.write("write the tokens to", handle -> PeopleRows.write(handle, used));
    } finally {
      committing.unlock();
    }
  }

  private static boolean isTold(@Nullable AccessToken token, Instant at, String address) {
    return token != null
        && token.lastAddress().filter(address::equals).isPresent()
        && token.lastUsed().filter(last -> at.isBefore(last.plus(USED_GRANULARITY))).isPresent();
  }

  @Override
  public List<LoginSession> sessions() throws StoreFailure {
    return database.read("read the sessions from", PeopleRows::sessions);
  }

  @Override
  public void keep(LoginSession session) throws StoreFailure {
    database.write("write the sessions to", handle -> PeopleRows.write(handle, session));
  }

  @Override
  public void end(Collection<String> ids) throws StoreFailure {
    if (!ids.isEmpty()) {
      database.writeDurably(
          "write the sessions to",
          handle ->
              ids.forEach(id -> handle.execute("delete from login_session where id = ?", id)));
    }
  }
}
