package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which machines were seen, on a thread of its own so that no reply waits for it. What
 * is seen of one machine before it is written becomes one sighting, and what is dropped is counted:
 * the machine will be seen again.
 */
final class SightingsServer {
  /** Two rooms of a campus at once; each takes some 300 octets until it is written. */
  private static final int MOST_WAITING = 8192;

  /** Phones and invented addresses leave this much room for machines that boot. */
  private static final int MOST_OTHERS = 2048;

  /**
   * Machines that are noted without anybody having asked for them. Beyond it somebody makes them
   * up: 100 000 take some 50 MB of memory.
   */
  private static final int MOST_MACHINES = 100_000;

  private static final long PAUSE_MILLIS = 20;

  /** So that a flood of new machines costs the database some thousand rows a second and no more. */
  private static final long SIGHTINGS_EACH_MILLI = 4;

  private static final long LOOK_UP_MILLIS = 200;
  private static final Logger LOG = LoggerFactory.getLogger(SightingsServer.class);

  private final InventoryBook inventory;
  private final DhcpStatistics statistics;

  /** Guarded by itself. */
  private final Map<Mac, Sighting> waiting = new LinkedHashMap<>();

  private final Thread thread;
  private volatile boolean stopping;

  /** Touched by the thread alone. */
  private boolean failing;

  SightingsServer(InventoryBook inventory, DhcpStatistics statistics) {
    this.inventory = inventory;
    this.statistics = statistics;
    this.thread = new Thread(this::run, "dhcp-sightings");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes what one batch of packets told; never waits for the database. */
  void accept(List<Sighting> seen) {
    if (seen.isEmpty()) {
      return;
    }
    long dropped = 0;
    synchronized (waiting) {
      boolean idle = waiting.isEmpty();
      for (Sighting sighting : seen) {
        Sighting earlier = waiting.get(sighting.mac());
        int most = sighting.hardware().firmware().isPresent() ? MOST_WAITING : MOST_OTHERS;
        if (earlier != null) {
          waiting.put(sighting.mac(), earlier.followedBy(sighting));
        } else if (waiting.size() < most) {
          waiting.put(sighting.mac(), sighting);
        } else {
          dropped++;
        }
      }
      if (idle) {
        waiting.notifyAll();
      }
    }
    statistics.countUnseen(dropped);
  }

  /**
   * What waits is still written. The thread is asked and not interrupted: an interrupt in the
   * middle of a write closes the database's file.
   */
  void close() {
    stopping = true;
    synchronized (waiting) {
      waiting.notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      List<Sighting> batch = next();
      while (!stopping || !batch.isEmpty()) {
        if (!batch.isEmpty()) {
          write(batch);
          pause(batch.size());
        }
        batch = next();
      }
    } catch (InterruptedException e) {
      LOG.debug("the sightings end");
    }
  }

  private List<Sighting> next() throws InterruptedException {
    synchronized (waiting) {
      if (waiting.isEmpty() && !stopping) {
        waiting.wait(LOOK_UP_MILLIS);
      }
      List<Sighting> batch = new ArrayList<>(waiting.values());
      waiting.clear();
      return batch;
    }
  }

  /** What comes meanwhile is written together. */
  private void pause(int written) throws InterruptedException {
    long until =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS + written / SIGHTINGS_EACH_MILLI);
    synchronized (waiting) {
      long left = until - System.nanoTime();
      while (left > 0 && !stopping) {
        TimeUnit.NANOSECONDS.timedWait(waiting, left);
        left = until - System.nanoTime();
      }
    }
  }

  private void write(List<Sighting> batch) {
    try {
      inventory.commit(present -> changes(present, batch));
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

  private List<InventoryChange> changes(Inventory present, List<Sighting> batch) {
    int room = MOST_MACHINES - present.count();
    List<InventoryChange> changes = new ArrayList<>(batch.size());
    for (Sighting sighting : batch) {
      boolean isNew = present.machine(sighting.mac()).isEmpty();
      if (!isNew || room > 0) {
        changes.add(new InventoryChange.Seen(sighting));
      } else {
        statistics.countUnseen(1);
      }
      room -= isNew ? 1 : 0;
    }
    return changes;
  }
}
