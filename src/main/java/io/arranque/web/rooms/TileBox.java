package io.arranque.web.rooms;

import io.arranque.web.rooms.RoomLive.Made;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one open picture has not been sent yet. A tile that changes ten times before the next batch
 * is in it once, as it is then.
 */
final class TileBox {
  /** Between two batches: soon enough to look immediate, seldom enough to coalesce. */
  private static final long PAUSE_MILLIS = 250;

  private static final long KEEP_ALIVE_SECONDS = 15;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Optional<String> room;
  private final Map<String, Made> tiles = new LinkedHashMap<>();
  private final Set<String> redrawn = new TreeSet<>();
  private boolean all = true;
  private boolean served;
  // A lock may have been set between the page and its stream.
  private boolean locks = true;
  private boolean closed;

  /**
   * @param room the room that is looked at; empty: all of them from afar
   */
  TileBox(Optional<String> room) {
    this.room = room;
  }

  /**
   * @param all whether the page is to be told everything: it has only just come, or come back
   * @param redrawn rooms that have other seats, or other machines on them
   * @param locks whether other rooms are locked than before
   */
  record Batch(boolean all, List<Made> tiles, Set<String> redrawn, boolean locks) {
    boolean isEmpty() {
      return !all && tiles.isEmpty() && redrawn.isEmpty() && !locks;
    }
  }

  Optional<String> room() {
    return room;
  }

  private boolean concerns(String name) {
    return room.isEmpty() || room.get().equals(name);
  }

  /** From now on there is something to be told. */
  void serve() {
    lock.lock();
    try {
      served = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param looks whether it looks different from afar, too
   */
  void put(Made tile, boolean looks) {
    if (concerns(tile.view().room()) && (looks || room.isPresent())) {
      lock.lock();
      try {
        // What came before it is served comes with all the rest.
        if (served) {
          tiles.put(tile.view().id(), tile);
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  void redraw(String name) {
    if (concerns(name)) {
      lock.lock();
      try {
        if (served) {
          redrawn.add(name);
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  void locksMoved() {
    lock.lock();
    try {
      locks = true;
      changed.signalAll();
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

  /** Waits for something to send; empty when closed; an empty batch is a mere sign of life. */
  Optional<Batch> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(KEEP_ALIVE_SECONDS);
      while (!closed && !isReady() && left > 0) {
        left = changed.awaitNanos(left);
      }
      long pause = all ? 0 : TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
      while (!closed && pause > 0 && isReady()) {
        pause = changed.awaitNanos(pause);
      }
      if (closed) {
        return Optional.empty();
      }
      Batch batch =
          served
              ? new Batch(all, List.copyOf(tiles.values()), Set.copyOf(redrawn), locks)
              : new Batch(false, List.of(), Set.of(), false);
      if (served) {
        all = false;
        tiles.clear();
        redrawn.clear();
        locks = false;
      }
      return Optional.of(batch);
    } finally {
      lock.unlock();
    }
  }

  private boolean isReady() {
    return served && (all || !tiles.isEmpty() || !redrawn.isEmpty() || locks);
  }
}
