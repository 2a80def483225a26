package io.arranque;

import io.arranque.people.AccessToken;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.AuditQuery;
import io.arranque.people.LoginSession;
import io.arranque.people.People;
import io.arranque.people.PeopleBook;
import io.arranque.people.PeopleChange;
import io.arranque.people.PeopleRules.Decision;
import io.arranque.people.Who;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * People and the audit in memory, for tests of who uses them. The search knows who and what only.
 */
public final class MemoryPeople implements PeopleBook, AuditLog {
  private final InstantSource clock;
  private final Map<String, LoginSession> sessions = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private volatile People people = People.NOBODY;

  public MemoryPeople(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public People view() {
    return people;
  }

  @Override
  public synchronized Decision commit(Who who, Function<People, Decision> decide) {
    Decision decision = decide.apply(people);
    if (decision instanceof Decision.Accepted accepted) {
      people = people.after(accepted.changes());
      record(AuditEntry.done(clock.instant(), who, accepted.what(), accepted.detail()));
    }
    return decision;
  }

  @Override
  public synchronized void loggedIn(String name, Instant at) {
    people.user(name).ifPresent(u -> change(new PeopleChange.UserSaved(u.loggedIn(at))));
  }

  @Override
  public synchronized void used(AccessToken token, Instant at, String address) {
    change(new PeopleChange.TokenSaved(token.used(at, address)));
  }

  private void change(PeopleChange change) {
    people = people.after(List.of(change));
  }

  @Override
  public synchronized List<LoginSession> sessions() {
    return List.copyOf(sessions.values());
  }

  @Override
  public synchronized void keep(LoginSession session) {
    sessions.put(session.id(), session);
  }

  @Override
  public synchronized void end(Collection<String> ids) {
    ids.forEach(sessions::remove);
  }

  @Override
  public synchronized void record(AuditEntry entry) {
    lines.add(0, new Line(lines.size() + 1L, entry));
  }

  @Override
  public synchronized List<Line> search(AuditQuery query) {
    return lines.stream()
        .filter(l -> query.who().map(w -> l.entry().who().text().contains(w)).orElse(true))
        .filter(l -> query.what().map(w -> l.entry().what().contains(w)).orElse(true))
        .filter(l -> query.before().map(b -> l.id() < b).orElse(true))
        .limit(query.limit())
        .toList();
  }

  /** All lines, the newest first, in words. */
  public synchronized List<String> told() {
    return lines.stream()
        .map(Line::entry)
        .map(
            e ->
                String.join(
                    " | ",
                    e.who().text(),
                    e.what(),
                    e.machine().map(Object::toString).orElse("-"),
                    e.room().orElse("-"),
                    e.detail(),
                    e.result()))
        .toList();
  }
}
