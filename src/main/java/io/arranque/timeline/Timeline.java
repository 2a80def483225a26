package io.arranque.timeline;

import io.arranque.address.Mac;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Port: where events go and come from. Thread-safe; recording never waits for a disk. */
public interface Timeline {
  /** Takes the event; subscribers hear of it soon, a restart may lose the last second's. */
  void record(BootEvent event);

  /** The newest {@code limit} events of a machine, newest first. */
  List<BootEvent> of(Mac mac, int limit);

  /** The newest event of a machine. */
  Optional<BootEvent> last(Mac mac);

  /**
   * Hears each event after it was recorded, on one thread; a slow or failing listener must not harm
   * the others.
   *
   * @return run it to stop listening
   */
  Runnable subscribe(Consumer<BootEvent> listener);
}
