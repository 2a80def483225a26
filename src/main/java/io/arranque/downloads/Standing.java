package io.arranque.downloads;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a machine may begin to download, and if not, where in the queue it is.
 *
 * @param place from 1; 0 when it may begin
 * @param waiting how many wait, this one included
 * @param asked whether it asked before and has its place already
 * @param estimate how long it will be; empty as long as nothing is known of how fast it goes
 * @param askAgain after what time the machine is to ask again
 */
public record Standing(
    int place, int waiting, boolean asked, Optional<Duration> estimate, Duration askAgain) {
  public static final Standing GO = new Standing(0, 0, false, Optional.empty(), Duration.ZERO);

  public boolean mayGo() {
    return place == 0;
  }
}
