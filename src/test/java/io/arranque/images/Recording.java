package io.arranque.images;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Remembers what a job said, and may break it off. */
final class Recording implements Progress {
  final List<String> said = Collections.synchronizedList(new ArrayList<>());
  volatile long done;
  volatile long cancelAfter = Long.MAX_VALUE;

  @Override
  public void at(String file, long bytes, Optional<Long> total) {
    done = bytes;
  }

  @Override
  public void says(String line) {
    said.add(line);
  }

  @Override
  public boolean isCancelled() {
    return done >= cancelAfter;
  }
}
