package io.arranque.web.live;

import java.util.Optional;

/** What one live connection is to be sent. */
public interface Feed<T> {
  /**
   * Waits for it; empty when there is nothing yet. Returns before a sign of life is due, so that
   * the connection's end is seen.
   */
  Optional<T> next() throws InterruptedException;

  /** Nobody listens any more: whoever waits need not. */
  default void close() {}
}
