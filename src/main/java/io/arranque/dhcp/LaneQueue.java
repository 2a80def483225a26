package io.arranque.dhcp;

import io.arranque.timeline.Reason;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the lane: bounded, and handed over in one piece. Thread-safe.
 *
 * <p>Putting something in and waking the lane are two steps, because a lane that is woken by the
 * first packet of a room spends a sync of the disk on that one alone.
 *
 * <p>A question that its sender has asked anew meanwhile is replaced by the new one, which gets its
 * place: answers to the old one would be ignored, and a lane that is once behind would give nothing
 * but such answers.
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

  /** What they get of a batch, however many known ones there are: those can be made up, too. */
  private static final double OTHERS_SHARE = 0.25;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  /** Both by question. */
  private final Map<Object, T> known = new LinkedHashMap<>();

  private final Map<Object, T> others = new LinkedHashMap<>();
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

  /**
   * Without waking anybody.
   *
   * @param question equal for items of which the last is enough
   */
  void offer(T item, Object question) {
    lock.lock();
    try {
      T replaced = replace(item, question);
      if (replaced != null) {
        dropped.accept(replaced, Reason.OVERLOADED);
      } else {
        add(item, question);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T replace(T item, Object question) {
    T replaced = known.replace(question, item);
    return replaced == null ? others.replace(question, item) : replaced;
  }

  private void add(T item, Object question) {
    long from = source.applyAsLong(item);
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
    (first ? known : others).put(question, item);
    sources.add(from);
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

  /** Moves what waits to {@code batch} until that has {@code size}; waits at most so long. */
  void drainTo(List<T> batch, int size, long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (waiting() == 0 && left > 0) {
        left = filled.awaitNanos(left);
      }
      int room = size - batch.size();
      move(known, batch, size - Math.min(others.size(), (int) (room * OTHERS_SHARE)));
      move(others, batch, size);
    } finally {
      lock.unlock();
    }
  }

  private int waiting() {
    return known.size() + others.size();
  }

  /** The oldest of the others goes: its machine is the likeliest to have given up waiting. */
  private boolean makesRoom(boolean first) {
    Iterator<T> oldest = others.values().iterator();
    if (!first || !oldest.hasNext()) {
      return false;
    }
    T item = oldest.next();
    oldest.remove();
    sources.remove(source.applyAsLong(item));
    dropped.accept(item, Reason.OVERLOADED);
    return true;
  }

  private void move(Map<Object, T> from, List<T> batch, int size) {
    Iterator<T> first = from.values().iterator();
    while (first.hasNext() && batch.size() < size) {
      T item = first.next();
      first.remove();
      sources.remove(source.applyAsLong(item));
      batch.add(item);
    }
  }
}
