package io.arranque.dhcp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Watches each segment for strangers beyond measure. The lane notes and looks; everybody may read
 * what the last look saw.
 */
final class Floods {
  private final Map<String, FloodWatch> watches = new HashMap<>();
  private volatile List<Flood> seen = List.of();

  void note(String segment, Received received, Verdict verdict, Instant now) {
    watches.computeIfAbsent(segment, FloodWatch::new).note(received, verdict, now);
  }

  /**
   * Looks anew.
   *
   * @param segments those of the site; of others nothing is kept
   * @param begun hears of alarms that begin
   * @param over hears of those that end
   */
  void look(Collection<String> segments, Instant now, Consumer<Flood> begun, Consumer<Flood> over) {
    watches.keySet().retainAll(segments);
    List<Flood> before = seen;
    List<Flood> after = new ArrayList<>();
    for (FloodWatch watch : watches.values()) {
      Flood flood = watch.look(now);
      after.add(flood);
      boolean was =
          before.stream().anyMatch(old -> old.alarm() && old.segment().equals(flood.segment()));
      if (flood.alarm() && !was) {
        begun.accept(flood);
      } else if (was && !flood.alarm()) {
        over.accept(flood);
      }
    }
    seen = List.copyOf(after);
  }

  /** One to each segment on which anybody asked. */
  List<Flood> seen() {
    return seen;
  }

  List<DhcpServer.Problem> problems() {
    return seen.stream()
        .filter(Flood::alarm)
        .map(flood -> new DhcpServer.Problem(flood.segment(), flood.message()))
        .toList();
  }
}
