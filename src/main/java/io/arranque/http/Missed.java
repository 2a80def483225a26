package io.arranque.http;

import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many missing files a timeline hears of: an installer that looks in our folders for thousands
 * of packages says nothing more by the last than by the first. Bounded; belongs to one event loop.
 */
final class Missed {
  /** More than a boot fails of; few enough to leave room for the rest of the boot. */
  static final int MOST = 10;

  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final int MOST_MACHINES = 1024;

  private record Told(Instant since, int count) {}

  private final Map<Mac, Told> told = new LinkedHashMap<>();

  /** Counts one more, and says whether it is to be told. */
  boolean isTold(Mac mac, Instant now) {
    Told before = told.remove(mac);
    Told after =
        before == null || now.isAfter(before.since().plus(PERIOD))
            ? new Told(now, 1)
            : new Told(before.since(), before.count() + 1);
    told.put(mac, after);
    if (told.size() > MOST_MACHINES) {
      told.remove(told.keySet().iterator().next());
    }
    return after.count() <= MOST;
  }
}
