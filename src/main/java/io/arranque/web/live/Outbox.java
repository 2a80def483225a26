package io.arranque.web.live;

import io.arranque.address.Mac;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What one live connection has not been sent yet. A machine that changes ten times before the next
 * batch is in it once, so that a storm of events costs a browser a few rows a second.
 */
final class Outbox {
  /** Between two batches: soon enough to look immediate, seldom enough to coalesce. */
  private static final long PAUSE_MILLIS = 250;

  private static final long KEEP_ALIVE_SECONDS = 15;
  private static final int MAX_ROWS = 200;
  private static final int MAX_ITEMS = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Optional<Mac> only;
  private final boolean keepsItems;
  private final Set<Mac> dirty = new LinkedHashSet<>();
  private final Deque<Supplier<?>> items = new ArrayDeque<>();
  private long lost;
  private final Set<String> pokes = new LinkedHashSet<>();
  private boolean closed;

  Outbox(Optional<Mac> only, boolean keepsItems) {
    this.only = only;
    this.keepsItems = keepsItems;
  }

  /** Empty when nothing happened for a while: time for a sign of life. */
  record Batch(List<Mac> dirty, List<Supplier<?>> items, long lost, Set<String> pokes) {
    boolean isEmpty() {
      return dirty.isEmpty() && items.isEmpty() && pokes.isEmpty();
    }
  }

  void put(Mac mac, Supplier<?> item) {
    if (only.isPresent() && !only.get().equals(mac)) {
      return;
    }
    lock.lock();
    try {
      if (keepsItems) {
        if (items.size() >= MAX_ITEMS) {
          items.removeFirst();
          lost++;
        }
        items.addLast(item);
      } else {
        dirty.add(mac);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What goes with the page beside its machines is different: its tasks, or the rooms' locks. */
  void poke(String what) {
    if (keepsItems) {
      return;
    }
    lock.lock();
    try {
      pokes.add(what);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to send; empty when closed. */
  Optional<Batch> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(KEEP_ALIVE_SECONDS);
      while (!closed && isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      long pause = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
      while (!closed && pause > 0 && !isEmpty()) {
        pause = changed.awaitNanos(pause);
      }
      return closed ? Optional.empty() : Optional.of(drained());
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return dirty.isEmpty() && items.isEmpty() && pokes.isEmpty();
  }

  private Batch drained() {
    List<Mac> rows = new ArrayList<>();
    Iterator<Mac> each = dirty.iterator();
    while (each.hasNext() && rows.size() < MAX_ROWS) {
      rows.add(each.next());
      each.remove();
    }
    Batch batch = new Batch(rows, List.copyOf(items), lost, Set.copyOf(pokes));
    pokes.clear();
    items.clear();
    lost = 0;
    return batch;
  }
}
