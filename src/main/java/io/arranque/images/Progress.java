package io.arranque.images;

import java.util.Optional;

/** How far a job is; asked and told from the thread that does it. */
public interface Progress {
  /** Tells nobody and is never broken off. */
  Progress NONE =
      new Progress() {
        @Override
        public void at(String file, long done, Optional<Long> total) {}

        @Override
        public void says(String line) {}

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /**
   * @param file its name in the image
   * @param done bytes that are on disk
   * @param total bytes in all; empty when nobody knows
   */
  void at(String file, long done, Optional<Long> total);

  /** A step, for people. */
  void says(String line);

  /** Whether the job shall end as soon as it can. */
  boolean isCancelled();
}
