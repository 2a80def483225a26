package io.arranque.cli.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** For what can only be asked: another process's API. */
final class Waiting {
  private static final long PAUSE_MILLIS = 250;

  private Waiting() {}

  /** Asks until the answer is yes; false when the time is over or this thread is interrupted. */
  static boolean until(Duration limit, BooleanSupplier question) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!question.getAsBoolean()) {
      if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
    return true;
  }
}
