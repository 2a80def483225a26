package io.arranque.http;

import org.jspecify.annotations.Nullable;

/**
 * Whether one connection keeps up: requests have to come whole in time, downloads have to move.
 * Times are readings of one monotonic clock, in nanoseconds.
 */
final class Pace {
  private final BootHttpSettings.Limits limits;
  private long deadline;
  private boolean awaitsFirstByte;
  private boolean busy;
  private boolean cut;
  private @Nullable Moving moving;
  private long windowBegan;
  private long movedBefore;

  /** Something of which more and more is done. */
  interface Moving {
    long transferred();
  }

  Pace(BootHttpSettings.Limits limits, long now) {
    this.limits = limits;
    deadline = now + limits.requestTime().toNanos();
  }

  /** Something came. From its first byte on a request has its time. */
  void heard(long now) {
    if (awaitsFirstByte && !busy) {
      awaitsFirstByte = false;
      deadline = now + limits.requestTime().toNanos();
    }
  }

  /** A request is being answered; that takes as long as it takes. */
  void busy() {
    busy = true;
  }

  /** A file is on its way, and has to move on. */
  void sends(Moving file, long now) {
    moving = file;
    movedBefore = file.transferred();
    windowBegan = now;
  }

  /** It has arrived, or never will. */
  void sent() {
    moving = null;
  }

  /**
   * The next request may come.
   *
   * @param begun whether some of it is here already
   */
  void answered(long now, boolean begun) {
    busy = false;
    awaitsFirstByte = !begun;
    deadline = now + (begun ? limits.requestTime() : limits.idleTime()).toNanos();
    windowBegan = now;
  }

  /**
   * Whether it has used up its time.
   *
   * @param pending octets of answers that the client has not taken yet
   */
  boolean isLate(long now, long pending) {
    Moving file = moving;
    if (file != null) {
      if (now - windowBegan < limits.stallTime().toNanos()) {
        return false;
      }
      long moved = file.transferred();
      boolean late = moved - movedBefore < limits.slowest();
      windowBegan = now;
      movedBefore = moved;
      return late;
    }
    if (busy) {
      return false;
    }
    // It cannot send its next request before it has taken the last answer.
    boolean readsSlowly = pending > 0 && now - windowBegan < limits.stallTime().toNanos();
    return now - deadline > 0 && !readsSlowly;
  }

  void cut() {
    cut = true;
  }

  /** Whether it was we who ended the connection. */
  boolean wasCut() {
    return cut;
  }
}
