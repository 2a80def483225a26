package io.arranque.dhcp;

import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down which machines were seen, on a thread of its own so that no reply waits for it. */
final class SightingsServer {
  private static final int QUEUE = 8192;
  private static final long LOOK_UP_MILLIS = 200;
  private static final Logger LOG = LoggerFactory.getLogger(SightingsServer.class);

  private final InventoryBook inventory;
  private final BlockingQueue<InventoryChange> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread thread;
  private volatile boolean stopping;

  /** Touched by the thread alone. */
  private boolean failing;

  SightingsServer(InventoryBook inventory) {
    this.inventory = inventory;
    this.thread = new Thread(this::run, "dhcp-sightings");
    thread.setDaemon(true);
    thread.start();
  }

  /** What does not fit is dropped: the machine will be seen again. */
  void accept(List<InventoryChange> seen) {
    for (InventoryChange change : seen) {
      if (!queue.offer(change)) {
        return;
      }
    }
  }

  /**
   * What waits is still written. The thread is asked and not interrupted: an interrupt in the
   * middle of a write closes the database's file.
   */
  void close() {
    stopping = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping || !queue.isEmpty()) {
      List<InventoryChange> batch = new ArrayList<>();
      try {
        InventoryChange first = queue.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch);
          write(batch);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void write(List<InventoryChange> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      inventory.commit(present -> batch);
      failing = false;
    } catch (StoreFailure e) {
      // Once and not for each packet of a room that waits for the disk to have space again.
      if (!failing) {
        LOG.warn("Machines seen cannot be written down: {}", e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      LOG.error("writing down machines seen failed", e);
    }
  }
}
