package io.arranque;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Timeline;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The timeline in memory, which also hands out what was recorded, in order. */
public final class MemoryTimeline implements Timeline {
  private final LinkedBlockingQueue<BootEvent> unread = new LinkedBlockingQueue<>();
  private final List<BootEvent> events = new CopyOnWriteArrayList<>();
  // By machine, the newest first: pages ask for each of two thousand.
  private final Map<Mac, List<BootEvent>> byMachine = new ConcurrentHashMap<>();
  private final List<Consumer<BootEvent>> listeners = new CopyOnWriteArrayList<>();

  /** The next event that was not handed out yet; waits a little for it. */
  public BootEvent next() throws InterruptedException {
    BootEvent event = unread.poll(5, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event was recorded");
    }
    return event;
  }

  /** Everything that was recorded, oldest first. */
  public List<BootEvent> events() {
    return events;
  }

  @Override
  public void record(BootEvent event) {
    events.add(event);
    unread.add(event);
    byMachine.compute(event.mac(), (mac, known) -> with(known == null ? List.of() : known, event));
    listeners.forEach(listener -> listener.accept(event));
  }

  private static List<BootEvent> with(List<BootEvent> known, BootEvent event) {
    return Stream.concat(known.stream(), Stream.of(event))
        .sorted(Comparator.comparing(BootEvent::at).reversed())
        .toList();
  }

  @Override
  public List<BootEvent> of(Mac mac, int limit) {
    return byMachine.getOrDefault(mac, List.of()).stream().limit(limit).toList();
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
