package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands out what was recorded, in order. */
final class MemoryTimeline implements Timeline {
  final LinkedBlockingQueue<BootEvent> events = new LinkedBlockingQueue<>();

  BootEvent next() throws InterruptedException {
    BootEvent event = events.poll(5, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event was recorded");
    }
    return event;
  }

  @Override
  public void record(BootEvent event) {
    events.add(event);
  }

  @Override
  public List<BootEvent> of(Mac mac, int limit) {
    return List.of();
  }

  @Override
  public Optional<BootEvent> last(Mac mac) {
    return Optional.empty();
  }

  @Override
  public Runnable subscribe(Consumer<BootEvent> listener) {
    return () -> {};
  }
}
