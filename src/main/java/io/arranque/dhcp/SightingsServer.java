package io.arranque.dhcp;

import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down which machines were seen, on a thread of its own so that no reply waits for it. */
final class SightingsServer {
  private static final int QUEUE = 8192;
  private static final Logger LOG = LoggerFactory.getLogger(SightingsServer.class);

  private final InventoryBook inventory;
  private final BlockingQueue<InventoryChange> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread thread;

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

  /** What waits is still written. */
  void close() {
    thread.interrupt();
  }

  private void run() {
    boolean ending = false;
    while (!ending) {
      List<InventoryChange> batch = new ArrayList<>();
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        ending = true;
      }
      queue.drainTo(batch);
      write(batch);
    }
  }

  private void write(List<InventoryChange> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      inventory.commit(present -> batch);
    } catch (StoreFailure e) {
      LOG.warn("{} machines seen could not be written down: {}", batch.size(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("writing down machines seen failed", e);
    }
  }
}
