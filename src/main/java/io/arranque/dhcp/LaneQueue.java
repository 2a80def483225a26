package io.arranque.dhcp;

import io.arranque.timeline.Reason;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What waits for the lane: bounded, and handed over in one piece. Thread-safe.
 *
 * <p>Putting something in and waking the lane are two steps, because a lane that is woken by the
 * first packet of a room spends a sync of the disk on that one alone.
 *
 * <p>Only while the lane is behind, more than a quarter of the room being used, it matters whose a
 * packet is: then no source has more than a few waiting, and those who are known are taken before
 * the others and put one of them out when all is full. Before that it is first come, first served,
 * and nobody is asked who he is.
 */
final class LaneQueue<T> {
  /** A machine sends one packet and waits for seconds; some send two copies of each. */
  static final int MOST_OF_ONE = 4;

  private static final int BEHIND = 4;

  /** Of a batch, while others wait: so many known at most. A flood of forged ones is one, too. */
  private static final double KNOWN_SHARE = 0.75;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Deque<T> known = new ArrayDeque<>();
  private final Deque<T> others = new ArrayDeque<>();
  private final SourceCounts sources = new SourceCounts();
  private final int most;
  private final ToLongFunction<T> source;
  private final Predicate<T> isKnown;
  private final BiConsumer<T, Reason> dropped;

  /**
   * A queue.
   *
   * @param most how many wait at most
   * @param source whose an item is
   * @param isKnown must be quick, and thread-safe
   * @param dropped hears of what was not taken, or was put out
   */
  LaneQueue(
      int most, ToLongFunction<T> source, Predicate<T> isKnown, BiConsumer<T, Reason> dropped) {
    this.most = most;
    this.source = source;
    this.isKnown = isKnown;
    this.dropped = dropped;
  }

  /** Without waking anybody. */
  void offer(T item) {
    long from = source.applyAsLong(item);
    lock.lock();
    try {
      boolean behind = waiting() * BEHIND >= most;
      if (behind && sources.of(from) >= MOST_OF_ONE) {
        dropped.accept(item, Reason.RATE_LIMITED);
        return;
      }
      boolean first = behind && isKnown.test(item);
      if (waiting() >= most && !makesRoom(first)) {
        dropped.accept(item, Reason.OVERLOADED);
        return;
      }
      (first ? known : others).add(item);
      sources.add(from);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting();
    } finally {
      lock.unlock();
    }
  }

  /** To be called after the last of several offers. */
  void wake() {
    lock.lock();
    try {
      if (waiting() > 0) {
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
      while (waiting() == 0 && left > 0) {
        left = filled.awaitNanos(left);
      }
      int before = batch.size();
      int ofKnown = Math.max((int) (size * KNOWN_SHARE), size - others.size());
      move(known, batch, ofKnown);
      move(others, batch, size - (batch.size() - before));
    } finally {
      lock.unlock();
    }
  }

  private int waiting() {
    return known.size() + others.size();
  }

  /** The newest of the others goes: the oldest may have been waiting for its turn. */
  private boolean makesRoom(boolean first) {
    T last = first ? others.pollLast() : null;
    if (last == null) {
      return false;
    }
    sources.remove(source.applyAsLong(last));
    dropped.accept(last, Reason.OVERLOADED);
    return true;
  }

  private void move(Deque<T> from, Collection<T> to, int most) {
    for (int i = Math.min(most, from.size()); i > 0; i--) {
      T item = from.remove();
      sources.remove(source.applyAsLong(item));
      to.add(item);
    }
  }
}
