package io.arranque.web;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Timeline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The timeline in memory. */
final class MemoryTimeline implements Timeline {
  private final List<BootEvent> events = new CopyOnWriteArrayList<>();
  private final List<Consumer<BootEvent>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void record(BootEvent event) {
    events.add(event);
    listeners.forEach(l -> l.accept(event));
  }

  @Override
  public List<BootEvent> of(Mac mac, int limit) {
    return events.stream()
        .filter(e -> e.mac().equals(mac))
        .sorted(Comparator.comparing(BootEvent::at).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<BootEvent> last(Mac mac) {
    return of(mac, 1).stream().findFirst();
  }

  @Override
  public Runnable subscribe(Consumer<BootEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
