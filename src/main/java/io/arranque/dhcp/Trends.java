package io.arranque.dhcp;

import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the last hour brought: whom we kept silent to, and how fast the pools fill. Thread-safe. */
final class Trends {
  /** Over less, one machine more would be a trend. */
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private record Silent(String segment, Reason reason) {}

  private final LastHour<Silent> silences = new LastHour<>();
  private final LastHour<String> used = new LastHour<>();

  /** Called now and then; does something once a minute. */
  void look(DhcpStatistics statistics, List<PoolUse> pools, Instant now) {
    if (silences.isDue(now)) {
      silences.take(now, counted(statistics));
    }
    // Before the first count of the lane every pool would seem to have filled from nothing.
    if (used.isDue(now) && !pools.isEmpty()) {
      used.take(now, uses(pools));
    }
  }

  /** How many datagrams of a segment were not answered within the hour, by reason. */
  Map<Reason, Long> silences(String segment, DhcpStatistics statistics, Instant now) {
    Map<Reason, Long> of = new EnumMap<>(Reason.class);
    silences
        .moved(now, counted(statistics))
        .by()
        .forEach(
            (silent, count) -> {
              if (silent.segment().equals(segment) && count > 0) {
                of.put(silent.reason(), count);
              }
            });
    return of;
  }

  /** How long until the pool is full if it goes on like this; empty when it does not fill. */
  Optional<Duration> fullIn(PoolUse pool, Instant now) {
    LastHour.Moved<String> moved = used.moved(now, Map.of(pool.segment(), pool.used()));
    return fullIn(
        pool.free(),
        moved.by().getOrDefault(pool.segment(), 0L),
        Duration.between(moved.since(), now));
  }

  static Optional<Duration> fullIn(long free, long more, Duration within) {
    return more <= 0 || within.compareTo(SHORTEST) < 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) ((double) within.toMillis() / more * free)));
  }

  private static Map<Silent, Long> counted(DhcpStatistics statistics) {
    Map<Silent, Long> counted = new HashMap<>();
    for (String segment : statistics.segments()) {
      for (Reason reason : Reason.values()) {
        long count = statistics.silences(segment, reason);
        if (count > 0) {
          counted.put(new Silent(segment, reason), count);
        }
      }
    }
    return counted;
  }

  private static Map<String, Long> uses(List<PoolUse> pools) {
    Map<String, Long> uses = new HashMap<>();
    pools.forEach(pool -> uses.put(pool.segment(), pool.used()));
    return uses;
  }
}
