package io.arranque.dhcp;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the lane: bounded, and handed over in one piece. Thread-safe.
 *
 * <p>Putting something in and waking the lane are two steps, because a lane that is woken by the
 * first packet of a room spends a sync of the disk on that one alone.
 */
final class LaneQueue<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private final int most;

  LaneQueue(int most) {
    this.most = most;
  }

  /** Without waking anybody; false when it is full. */
  boolean offer(T item) {
    lock.lock();
    try {
      return waiting.size() < most && waiting.add(item);
    } finally {
      lock.unlock();
    }
  }

  /** To be called after the last of several offers. */
  void wake() {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Moves what waits to {@code batch}, at most {@code size} of it; waits at most so long. */
  void drainTo(List<T> batch, int size, long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (waiting.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      for (int i = Math.min(size, waiting.size()); i > 0; i--) {
        batch.add(waiting.remove());
      }
    } finally {
      lock.unlock();
    }
  }
}
