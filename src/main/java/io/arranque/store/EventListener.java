package io.arranque.store;

import io.arranque.timeline.BootEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber with a queue and a thread of its own: on a thread for all, one listener that hangs
 * would silence the others. A slow one loses what does not fit into its queue.
 */
final class EventListener {
  private static final Logger log = LoggerFactory.getLogger(EventListener.class);
  static final int QUEUE = 1000;

  private final Consumer<BootEvent> listener;
  private final BlockingQueue<BootEvent> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean ended;

  EventListener(Consumer<BootEvent> listener) {
    this.listener = listener;
    Thread thread = new Thread(this::run, "timeline-listener");
    thread.setDaemon(true);
    thread.start();
  }

  /** Never waits. */
  void offer(BootEvent event) {
    var unused = queue.offer(event);
  }

  /** Its thread ends within a second; not by interrupt, which could hit the listener's own work. */
  void end() {
    ended = true;
  }

  private void run() {
    while (!ended) {
      try {
        BootEvent event = queue.poll(1, TimeUnit.SECONDS);
        if (event != null && !ended) {
          listener.accept(event);
        }
      } catch (RuntimeException e) {
        log.error("a listener of the timeline failed", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
