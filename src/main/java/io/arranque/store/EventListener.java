package io.arranque.store;

import io.arranque.timeline.BootEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final long PAUSE_MILLIS = 20;

  private final Consumer<BootEvent> listener;
  private final BlockingQueue<BootEvent> queue = new ArrayBlockingQueue<>(QUEUE);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicLong missed = new AtomicLong();

  EventListener(Consumer<BootEvent> listener) {
    this.listener = listener;
    Thread thread = new Thread(this::run, "timeline-listener");
    thread.setDaemon(true);
    thread.start();
  }

  /** Never waits, and wakes nobody who has just been woken. */
  void offer(BootEvent event) {
    if (!queue.offer(event)) {
      missed.incrementAndGet();
    }
  }

  /** How many events its queue had no place for. */
  long missed() {
    return missed.get();
  }

  /** Its thread ends within a second; not by interrupt, which could hit the listener's own work. */
  void end() {
    ended.countDown();
  }

  private void run() {
    List<BootEvent> batch = new ArrayList<>();
    try {
      while (ended.getCount() > 0) {
        BootEvent first = queue.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch);
          batch.forEach(this::tell);
          batch.clear();
          // What comes within this time is heard together: a thread that is woken for each event
          // costs those who record them more than the events do.
          boolean over = ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
          if (over) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(BootEvent event) {
    try {
      if (ended.getCount() > 0) {
        listener.accept(event);
      }
    } catch (RuntimeException e) {
      log.error("a listener of the timeline failed", e);
    }
  }
}
