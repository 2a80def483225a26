package io.arranque.dhcp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How far numbers have moved within the last hour: a sample a minute, and the difference to the
 * oldest. Asks no clock; thread-safe.
 */
final class LastHour<K> {
  static final Duration EVERY = Duration.ofMinutes(1);
  static final Duration LONG = Duration.ofHours(1);

  private final Deque<Taken<K>> samples = new ArrayDeque<>();

  private record Taken<K>(Instant at, Map<K, Long> values) {}

  /**
   * What happened meanwhile.
   *
   * @param since when the difference begins
   */
  record Moved<K>(Instant since, Map<K, Long> by) {}

  synchronized boolean isDue(Instant now) {
    Taken<K> last = samples.peekLast();
    return last == null || !now.isBefore(last.at().plus(EVERY)) || now.isBefore(last.at());
  }

  synchronized void take(Instant now, Map<K, Long> values) {
    // The clock was put back: what lies ahead is no past.
    samples.removeIf(sample -> sample.at().isAfter(now));
    samples.addLast(new Taken<>(now, Map.copyOf(values)));
    while (samples.size() > 1 && samples.getFirst().at().plus(LONG).isBefore(now)) {
      samples.removeFirst();
    }
  }

  /** From the oldest sample to these values; what it did not know began at nothing. */
  synchronized Moved<K> moved(Instant now, Map<K, Long> values) {
    Taken<K> oldest = samples.isEmpty() ? new Taken<>(now, values) : samples.getFirst();
    Map<K, Long> by = new HashMap<>();
    values.forEach((key, value) -> by.put(key, value - oldest.values().getOrDefault(key, 0L)));
    return new Moved<>(oldest.at(), by);
  }
}
