package io.arranque.store;

import io.arranque.address.Mac;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last events of the machines last heard of; both numbers are bounded, because anybody on the
 * wire can make up MACs. Thread-safe.
 */
final class RecentEvents {
  private final int perMachine;
  private final Map<Mac, Deque<Recorded>> rings;

  RecentEvents(int perMachine, int machines) {
    this.perMachine = perMachine;
    this.rings =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Mac, Deque<Recorded>> eldest) {
            return size() > machines;
          }
        };
  }

  synchronized void add(Recorded recorded) {
    Deque<Recorded> ring = rings.computeIfAbsent(recorded.event().mac(), mac -> new ArrayDeque<>());
    ring.addFirst(recorded);
    if (ring.size() > perMachine) {
      ring.removeLast();
    }
  }

  /** At most {@code limit}, newest first, without a gap between them. */
  synchronized List<Recorded> of(Mac mac, int limit) {
    List<Recorded> newest = new ArrayList<>();
    Deque<Recorded> ring = rings.get(mac);
    if (ring != null) {
      Iterator<Recorded> events = ring.iterator();
      while (newest.size() < limit && events.hasNext()) {
        newest.add(events.next());
      }
    }
    return newest;
  }
}
