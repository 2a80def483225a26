package io.arranque.dhcp;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the lane: bounded, and handed over in one piece. Thread-safe.
 *
 * <p>Putting something in and waking the lane are two steps, because a lane that is woken by the
 * first packet of a room spends a sync of the disk on that one alone.
 *
 * <p>A question that its sender has asked anew meanwhile is replaced by the new one, which gets its
 * place: answers to the old one would be ignored, and a lane that is once behind would give nothing
 * but such answers.
 */
final class LaneQueue<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Map<Object, T> waiting = new LinkedHashMap<>();
  private final int most;

  LaneQueue(int most) {
    this.most = most;
  }

  /**
   * Without waking anybody.
   *
   * @param question equal for items of which the last is enough
   * @return false when something was dropped: this one, because it is full, or an older one that
   *     this one replaces
   */
  boolean offer(T item, Object question) {
    lock.lock();
    try {
      if (waiting.size() >= most && !waiting.containsKey(question)) {
        return false;
      }
      return waiting.put(question, item) == null;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
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

  /** Moves what waits to {@code batch} until that has {@code size}; waits at most so long. */
  void drainTo(List<T> batch, int size, long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (waiting.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      Iterator<T> first = waiting.values().iterator();
      while (first.hasNext() && batch.size() < size) {
        batch.add(first.next());
        first.remove();
      }
    } finally {
      lock.unlock();
    }
  }
}
