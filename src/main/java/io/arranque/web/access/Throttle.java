package io.arranque.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: so many attempts a minute from one address, and for one name
 * from anywhere ever longer pauses. Names that nobody has count alike, or the pause would tell
 * which there are. Bounded in memory; the time is passed in. Thread-safe.
 */
public final class Throttle {
  public static final Duration WINDOW = Duration.ofMinutes(1);

  /** From one address within {@link #WINDOW}. */
  public static final int ATTEMPTS = 5;

  /** Wrong passwords for one name before its pauses begin. */
  static final int FAILURES = 10;

  static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  /** Lines of the audit about failed logins, from everywhere, within {@link #WINDOW}. */
  static final int TOLD = 60;

  static final int MAX_KEYS = 10_000;

  private final Map<String, Attempts> addresses = new HashMap<>();
  private final Map<String, Failures> names = new HashMap<>();

  /** From where a name last logged in: others' guesses do not shut its owner out there. */
  private final Map<String, String> homes = new HashMap<>();

  private Attempts told = new Attempts(Instant.MIN, 0);

  private record Attempts(Instant since, int count) {
    boolean isOver(Instant now) {
      return !since.isAfter(now.minus(WINDOW));
    }

    Attempts next(Instant now) {
      return isOver(now) ? new Attempts(now, 1) : new Attempts(since, count + 1);
    }
  }

  private record Failures(int count, Instant last) {
    Instant until() {
      if (count < FAILURES) {
        return Instant.MIN;
      }
      Duration pause = FIRST_PAUSE;
      for (int i = FAILURES; i < count && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
        pause = pause.multipliedBy(2);
      }
      return last.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    boolean isOld(Instant now) {
      return !now.isBefore(last.plus(Duration.ofDays(1)));
    }
  }

  /**
   * Counts an attempt.
   *
   * @param name empty: not by name, but by a token or a link
   * @return how long to wait; zero: go on
   */
  public synchronized Duration attempt(String address, String name, Instant now) {
    if (addresses.size() >= MAX_KEYS) {
      addresses.values().removeIf(attempts -> attempts.isOver(now));
      if (addresses.size() >= MAX_KEYS) {
        addresses.clear();
      }
    }
    Attempts past = addresses.get(address);
    Attempts next = past == null ? new Attempts(now, 1) : past.next(now);
    addresses.put(address, next);
    if (next.count() > ATTEMPTS) {
      return Duration.between(now, next.since().plus(WINDOW));
    }
    Failures failures = names.get(name);
    if (failures == null || address.equals(homes.get(name))) {
      return Duration.ZERO;
    }
    Instant until = failures.until();
    return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
  }

  /** A password was wrong. */
  public synchronized void failed(String name, Instant now) {
    if (names.size() >= MAX_KEYS) {
      names.values().removeIf(failures -> failures.isOld(now));
      if (names.size() >= MAX_KEYS) {
        names.clear();
      }
    }
    @Nullable Failures past = names.get(name);
    int count = past == null || past.isOld(now) ? 0 : past.count();
    names.put(name, new Failures(count + 1, now));
  }

  /** Whoever got in was no guesser. */
  public synchronized void succeeded(String address, String name) {
    addresses.remove(address);
    names.remove(name);
    if (!name.isEmpty()) {
      if (homes.size() >= MAX_KEYS) {
        homes.clear();
      }
      homes.put(name, address);
    }
  }

  /** Whether one more failure is to be written down: guessers must not fill the disk. */
  public synchronized boolean mayTell(Instant now) {
    told = told.next(now);
    return told.count() <= TOLD;
  }

  /** How much is remembered. */
  synchronized int keys() {
    return addresses.size() + names.size();
  }
}
