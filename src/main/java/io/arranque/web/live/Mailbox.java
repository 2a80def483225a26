package io.arranque.web.live;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What gathers until its connection is sent the next batch: how long that takes, and the lock that
 * guards it. What is in it belongs to its owner, who touches it within {@link #put} and the two
 * functions only.
 */
public final class Mailbox<T> implements Feed<T> {
  /** Between two batches: soon enough to look immediate, seldom enough to coalesce. */
  private static final long PAUSE_MILLIS = 250;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BooleanSupplier isReady;
  private final Supplier<T> taken;
  private boolean closed;

  /**
   * @param isReady whether there is anything to be sent
   * @param taken takes the next batch out
   */
  public Mailbox(BooleanSupplier isReady, Supplier<T> taken) {
    this.isReady = isReady;
    this.taken = taken;
  }

  /** Puts something in. */
  public void put(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<T> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = Streams.KEEP_ALIVE.toNanos();
      while (!closed && !isReady.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      long pause = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
      while (!closed && pause > 0 && isReady.getAsBoolean()) {
        pause = changed.awaitNanos(pause);
      }
      return closed || !isReady.getAsBoolean() ? Optional.empty() : Optional.of(taken.get());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    put(() -> closed = true);
  }
}
