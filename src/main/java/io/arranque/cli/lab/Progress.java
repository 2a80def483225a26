package io.arranque.cli.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a PC came, computed from its events; pure.
 *
 * @param times stage to time since power-on; of a stage that comes again (each of ROM, iPXE and
 *     operating system asks DHCP) the first
 * @param bytes what was sent to it in all
 * @param last its newest event
 */
record Progress(Map<String, Duration> times, long bytes, Optional<SeenEvent> last) {
  static final Progress NONE = new Progress(Map.of(), 0, Optional.empty());

  /**
   * @param events oldest first
   */
  static Progress of(Instant poweredOn, List<SeenEvent> events) {
    Map<String, Duration> times = new LinkedHashMap<>();
    long bytes = 0;
    for (SeenEvent event : events) {
      if (event.isStep()) {
        times.putIfAbsent(event.stage(), Duration.between(poweredOn, event.at()));
      }
      bytes += event.bytes();
    }
    Optional<SeenEvent> last =
        events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
    return new Progress(times, bytes, last);
  }

  boolean reached(String stage) {
    return times.containsKey(stage);
  }
}
