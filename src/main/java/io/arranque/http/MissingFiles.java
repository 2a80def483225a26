package io.arranque.http;

import java.nio.file.Path;
import java.util.Optional;

/** Files of images that are not on disk yet, and come from elsewhere when a machine asks. */
public interface MissingFiles {
  /** There are none: what is missing stays missing. */
  MissingFiles NONE = path -> Optional.empty();

  /**
   * Begins to fetch a file, or joins those who wait for it already; never waits itself.
   *
   * @param path below {@code images/}
   * @return empty when nobody knows where it could come from
   */
  Optional<Coming> fetch(String path);

  /** A file on its way; may be asked from any thread. */
  interface Coming {
    Status status();

    /**
     * Runs something, once, when more has come or it has ended; at once when {@code seen} is old.
     */
    void whenMoved(Status seen, Runnable then);
  }

  /** How a file comes along. */
  enum State {
    COMING,
    /** It is where it was asked for, and what it should be. */
    THERE,
    /** It cannot be had now. */
    UNREACHABLE,
    /** What came is not what it should be. */
    BROKEN
  }

  /**
   * @param part where its bytes are until it is there
   * @param have bytes of it on disk
   * @param total size in bytes; empty while nobody knows
   * @param attempt which one; with each further one the bytes begin anew
   */
  record Status(State state, Path part, long have, Optional<Long> total, int attempt) {}
}
