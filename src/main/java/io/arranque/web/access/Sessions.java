package io.arranque.web.access;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.LoginSession;
import io.arranque.people.PeopleBook;
import io.arranque.people.User;
import io.arranque.people.Who;
import io.arranque.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in at the page. Of what a cookie holds only the SHA-256 is known here and in the
 * database, so a restart logs nobody out and a copy of the database logs nobody in. Thread-safe.
 *
 * <p>Everything is bounded, for the login form can be reached by anybody.
 */
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  public static final Duration IDLE = Duration.ofHours(12);
  public static final Duration LINK = Duration.ofHours(1);
  private static final int MAX_SESSIONS = 500;
  private static final int MAX_AGENT = 200;

  private final InstantSource clock;
  private final PeopleBook book;
  private final Site.Web settings;
  private final Secrets secrets = new Secrets();
  private final Map<String, LoginSession> sessions = new HashMap<>();
  private final Map<String, Instant> links = new HashMap<>();

  public Sessions(InstantSource clock, PeopleBook book, Site.Web settings) {
    this.clock = clock;
    this.book = book;
    this.settings = settings;
    try {
      book.sessions().forEach(session -> sessions.put(session.id(), session));
    } catch (StoreFailure e) {
      LOG.warn("{}; everybody has to log in again", e.getMessage());
    }
  }

  /**
   * A login.
   *
   * @param csrf what each changing request must carry
   */
  public record Session(LoginSession login, String csrf) {
    public String id() {
      return login.id();
    }

    @Override
    public String toString() {
      return "Session since " + login.since();
    }
  }

  Duration longest() {
    return settings.sessionEnd();
  }

  /**
   * Opens a session under a name never used before: nobody can have known it.
   *
   * @param who the user, {@link Who#ADMIN_TOKEN} or {@link Who#LOGIN_LINK}, and from where
   * @return what the cookie is to hold
   */
  synchronized String open(Who who, Optional<String> user, String agent) {
    Instant now = clock.instant();
    List<String> over = new ArrayList<>();
    sessions.values().removeIf(s -> isOver(s, now) && over.add(s.id()));
    if (sessions.size() >= MAX_SESSIONS) {
      sessions.values().stream()
          .min(Comparator.comparing(LoginSession::used))
          .map(LoginSession::id)
          .ifPresent(over::add);
      over.forEach(sessions::remove);
    }
    forget(over);
    String cookie = secrets.fresh();
    String browser = agent.length() <= MAX_AGENT ? agent : agent.substring(0, MAX_AGENT);
    LoginSession session =
        new LoginSession(digest(cookie), user, who.name(), who.address(), browser, now, now);
    keep(session);
    return cookie;
  }

  /** The session of this cookie, which counts as used now. */
  synchronized Optional<Session> use(String cookie) {
    Optional<LoginSession> session = find(digest(cookie));
    return session.map(
        s -> {
          LoginSession used = s.usedAt(clock.instant());
          sessions.put(used.id(), used);
          // Not worth a write with each request.
          if (minute(used) != minute(s)) {
            keep(used);
          }
          return new Session(used, csrf(cookie));
        });
  }

  /** Whether the session still is; open live streams ask, which is no use of it. */
  public synchronized boolean isOpen(String id) {
    return find(id).isPresent();
  }

  synchronized void close(String cookie) {
    end(session -> session.id().equals(digest(cookie)));
  }

  /** Those that are open, newest first. */
  public synchronized List<LoginSession> all() {
    return sessions.keySet().stream().toList().stream()
        .flatMap(id -> find(id).stream())
        .sorted(Comparator.comparing(LoginSession::since).reversed())
        .toList();
  }

  /** How many ended. */
  public synchronized int end(Predicate<LoginSession> which) {
    List<String> ended = sessions.values().stream().filter(which).map(LoginSession::id).toList();
    ended.forEach(sessions::remove);
    forget(ended);
    return ended.size();
  }

  /** A code that logs in once. */
  public synchronized String newCode() {
    Instant now = clock.instant();
    links.values().removeIf(until -> !now.isBefore(until));
    String code = secrets.fresh();
    links.put(code, now.plus(LINK));
    return code;
  }

  /** Whether the code is good; it is not a second time. */
  public synchronized boolean redeem(String code) {
    Instant until = links.remove(code);
    return until != null && clock.instant().isBefore(until);
  }

  private Optional<LoginSession> find(String id) {
    LoginSession session = sessions.get(id);
    if (session == null) {
      return Optional.empty();
    }
    if (isOver(session, clock.instant())) {
      sessions.remove(id);
      forget(List.of(id));
      return Optional.empty();
    }
    return Optional.of(session);
  }

  /** Also when its user is gone, may not log in any more, or has another password since. */
  private boolean isOver(LoginSession session, Instant now) {
    boolean disowned =
        session.user().isPresent()
            && book.view()
                .user(session.user().get())
                .filter(User::active)
                .filter(user -> !session.since().isBefore(user.passwordSince()))
                .isEmpty();
    return disowned
        || !now.isBefore(session.used().plus(settings.sessionIdle()))
        || !now.isBefore(session.since().plus(settings.sessionEnd()));
  }

  /** A session that cannot be written is good until the next restart. */
  private void keep(LoginSession session) {
    sessions.put(session.id(), session);
    try {
      book.keep(session);
    } catch (StoreFailure e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private void forget(List<String> ids) {
    try {
      book.end(ids);
    } catch (StoreFailure e) {
      LOG.error("{}; sessions that were ended come back with a restart", e.getMessage());
    }
  }

  private static long minute(LoginSession session) {
    return session.used().getEpochSecond() / 60;
  }

  private static String digest(String cookie) {
    return HexFormat.of().formatHex(Secrets.sha256(cookie));
  }

  /** Made of the cookie, so that it need not be kept; it does not tell the cookie. */
  private static String csrf(String cookie) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256("csrf:" + cookie));
  }
}
