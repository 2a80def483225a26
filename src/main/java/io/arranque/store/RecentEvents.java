package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last events of the machines last heard of or asked for; both numbers are bounded, because
 * anybody on the wire can make up MACs. What was read from the database to fill them up is kept
 * beside: a list of two thousand machines must not cost two thousand queries. Thread-safe.
 */
final class RecentEvents {
  private final int perMachine;
  private final Map<Mac, Ring> rings;

  RecentEvents(int perMachine, int machines) {
    this.perMachine = perMachine;
    this.rings =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Mac, Ring> eldest) {
            return size() > machines;
          }
        };
  }

  /**
   * @param older what the database has before the ring's oldest, newest first
   * @param all whether the database has no more than these
   */
  private record Stored(List<BootEvent> older, boolean all) {}

  private static final class Ring {
    final Deque<Recorded> events = new ArrayDeque<>();
    Optional<Stored> stored = Optional.empty();

    long oldest() {
      return events.isEmpty() ? Long.MAX_VALUE : events.getLast().id();
    }
  }

  /**
   * What memory can tell.
   *
   * @param events newest first, without a gap between them
   * @param enough whether the database need not be asked
   * @param before where the database goes on
   */
  record Known(List<BootEvent> events, boolean enough, long before) {}

  synchronized void add(Recorded recorded) {
    Ring ring = rings.computeIfAbsent(recorded.event().mac(), mac -> new Ring());
    ring.events.addFirst(recorded);
    if (ring.events.size() > perMachine) {
      ring.events.removeLast();
      // There is a gap now between these and what was read.
      ring.stored = Optional.empty();
    }
  }

  /** At most {@code limit}. */
  synchronized Known of(Mac mac, int limit) {
    Ring ring = rings.get(mac);
    if (ring == null) {
      return new Known(List.of(), limit <= 0, Long.MAX_VALUE);
    }
    List<BootEvent> newest = new ArrayList<>();
    ring.events.stream().limit(limit).forEach(recorded -> newest.add(recorded.event()));
    List<BootEvent> older = ring.stored.map(Stored::older).orElse(List.of());
    boolean enough =
        newest.size() + older.size() >= limit || ring.stored.filter(Stored::all).isPresent();
    if (enough) {
      older.stream().limit((long) limit - newest.size()).forEach(newest::add);
    }
    return new Known(newest, enough, ring.oldest());
  }

  /**
   * Remembers what the database has, unless the machine was heard of while it was read.
   *
   * @param before where reading began
   * @param all whether there is no more
   */
  synchronized void keep(Mac mac, long before, List<BootEvent> read, boolean all) {
    Ring ring = rings.computeIfAbsent(mac, m -> new Ring());
    if (ring.oldest() == before) {
      boolean fits = read.size() <= perMachine;
      List<BootEvent> kept = fits ? read : read.subList(0, perMachine);
      ring.stored = Optional.of(new Stored(List.copyOf(kept), all && fits));
    }
  }

  /** The database has forgotten what is older than this. */
  synchronized void trimmed(Instant oldest) {
    for (Ring ring : rings.values()) {
      ring.stored =
          ring.stored.filter(s -> s.older().stream().noneMatch(e -> e.at().isBefore(oldest)));
    }
  }
}
