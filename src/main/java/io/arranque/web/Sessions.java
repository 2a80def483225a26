package io.arranque.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Who is logged in at the page, in memory: a restart logs everybody out. Thread-safe.
 *
 * <p>Everything is bounded, for the login form can be reached by anybody.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration ABSOLUTE = Duration.ofDays(7);
  static final Duration LINK = Duration.ofHours(1);
  static final Duration WINDOW = Duration.ofMinutes(1);
  static final int ATTEMPTS = 5;
  private static final int MAX_SESSIONS = 500;
  private static final int MAX_ADDRESSES = 10_000;

  private final InstantSource clock;
  private final Secrets secrets = new Secrets();
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<String, Instant> links = new HashMap<>();
  private final Map<String, Attempts> attempts = new HashMap<>();

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A login.
   *
   * @param id what the cookie holds
   * @param csrf what each changing request must carry
   */
  record Session(String id, String csrf, Instant since, Instant used) {
    @Override
    public String toString() {
      return "Session since " + since;
    }
  }

  private record Attempts(Instant since, int count) {}

  synchronized Session open() {
    Instant now = clock.instant();
    sessions.values().removeIf(s -> isOver(s, now));
    if (sessions.size() >= MAX_SESSIONS) {
      sessions.values().stream()
          .min(java.util.Comparator.comparing(Session::used))
          .ifPresent(oldest -> sessions.remove(oldest.id()));
    }
    Session session = new Session(secrets.fresh(), secrets.fresh(), now, now);
    sessions.put(session.id(), session);
    return session;
  }

  /** The session of this cookie, which counts as used now. */
  synchronized Optional<Session> use(String id) {
    Optional<Session> session = find(id);
    return session.map(
        s -> {
          Session used = new Session(s.id(), s.csrf(), s.since(), clock.instant());
          sessions.put(id, used);
          return used;
        });
  }

  /** Whether the session still is; open live streams ask, which is no use of it. */
  synchronized boolean isOpen(String id) {
    return find(id).isPresent();
  }

  synchronized void close(String id) {
    sessions.remove(id);
  }

  /** A code that logs in once. */
  synchronized String newCode() {
    Instant now = clock.instant();
    links.values().removeIf(until -> !now.isBefore(until));
    String code = secrets.fresh();
    links.put(code, now.plus(LINK));
    return code;
  }

  /** Whether the code is good; it is not a second time. */
  synchronized boolean redeem(String code) {
    Instant until = links.remove(code);
    return until != null && clock.instant().isBefore(until);
  }

  /** Counts a login attempt; false when this address has had its share for now. */
  synchronized boolean mayTry(String address) {
    Instant now = clock.instant();
    if (attempts.size() >= MAX_ADDRESSES) {
      dropOldAttempts(now);
    }
    Attempts past = attempts.get(address);
    if (past == null || !now.isBefore(past.since().plus(WINDOW))) {
      attempts.put(address, new Attempts(now, 1));
      return true;
    }
    attempts.put(address, new Attempts(past.since(), past.count() + 1));
    return past.count() < ATTEMPTS;
  }

  /** Whoever got in was no guesser. */
  synchronized void forgive(String address) {
    attempts.remove(address);
  }

  private void dropOldAttempts(Instant now) {
    Iterator<Attempts> each = attempts.values().iterator();
    while (each.hasNext()) {
      if (!now.isBefore(each.next().since().plus(WINDOW))) {
        each.remove();
      }
    }
    if (attempts.size() >= MAX_ADDRESSES) {
      attempts.clear(); // a flood from forged places; the token is long enough without us
    }
  }

  private Optional<Session> find(String id) {
    Session session = sessions.get(id);
    if (session == null) {
      return Optional.empty();
    }
    if (isOver(session, clock.instant())) {
      sessions.remove(id);
      return Optional.empty();
    }
    return Optional.of(session);
  }

  private static boolean isOver(Session session, Instant now) {
    return !now.isBefore(session.used().plus(IDLE))
        || !now.isBefore(session.since().plus(ABSOLUTE));
  }
}
