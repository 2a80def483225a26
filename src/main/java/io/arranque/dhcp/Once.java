package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The timeline, without repeating to a machine why its segment is not answered: a ROM that gets no
 * answer asks for ever, and its timeline would hold nothing else.
 */
final class Once implements Timeline {
  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final int MACHINES = 4096;

  private final Timeline timeline;
  private final Map<Mac, Instant> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Mac, Instant> eldest) {
          return size() > MACHINES;
        }
      };

  Once(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public void record(BootEvent event) {
    if (event.reason() != Reason.OTHER_DHCP_SERVER || isNew(event)) {
      timeline.record(event);
    }
  }

  private synchronized boolean isNew(BootEvent event) {
    Instant before = told.get(event.mac());
    if (before != null && event.at().isBefore(before.plus(PERIOD))) {
      return false;
    }
    told.remove(event.mac());
    told.put(event.mac(), event.at());
    return true;
  }

  @Override
  public List<BootEvent> of(Mac mac, int limit) {
    return timeline.of(mac, limit);
  }

  @Override
  public Optional<BootEvent> last(Mac mac) {
    return timeline.last(mac);
  }

  @Override
  public Runnable subscribe(Consumer<BootEvent> listener) {
    return timeline.subscribe(listener);
  }
}
