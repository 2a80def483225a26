package io.arranque.images;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One file on its way into the cache, and those who wait for it. Safe for all threads. */
public final class Pull implements Progress {
  private final Path part;
  private final List<Runnable> waiting = new ArrayList<>();
  private State state = State.COMING;
  private long have;
  private Optional<Long> total = Optional.empty();
  private int attempt;
  private Instant until = Instant.MAX;
  private boolean cancelled;

  /** How it stands. */
  public enum State {
    COMING,
    /** In its place, verified. */
    THERE,
    UNREACHABLE,
    BROKEN
  }

  /**
   * @param have bytes on disk
   * @param total in all; empty while nobody knows
   * @param attempt which one; with each further one the bytes begin anew
   */
  public record Look(State state, long have, Optional<Long> total, int attempt) {}

  Pull(Path part) {
    this.part = part;
  }

  /** Where the bytes are until all is there. */
  public Path part() {
    return part;
  }

  public synchronized Look look() {
    return new Look(state, have, total, attempt);
  }

  /** Runs something once, as soon as there is more to see than {@code seen}. */
  public void whenMoved(Look seen, Runnable then) {
    synchronized (this) {
      if (look().equals(seen)) {
        waiting.add(then);
        return;
      }
    }
    then.run();
  }

  @Override
  public void at(String file, long done, Optional<Long> size) {
    synchronized (this) {
      if (done < have) {
        attempt++;
      }
      if (done == have && total.equals(size)) {
        return;
      }
      have = done;
      total = size;
    }
    tell();
  }

  @Override
  public void says(String line) {
    // What matters of it the failure says once more.
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void cancel() {
    cancelled = true;
  }

  /** A failure stands for a while, a success until the file is gone again. */
  synchronized boolean isStale(Instant now) {
    return state != State.COMING && !now.isBefore(until);
  }

  void ended(State end, Instant validUntil) {
    synchronized (this) {
      state = end;
      until = validUntil;
    }
    tell();
  }

  private void tell() {
    List<Runnable> now;
    synchronized (this) {
      now = List.copyOf(waiting);
      waiting.clear();
    }
    now.forEach(Runnable::run);
  }
}
