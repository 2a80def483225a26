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

  /** Further back a machine asks now and then; a connection for each would be a waste. */
  private static final int NEAR = 32;

  public boolean mayGo() {
    return place == 0;
  }

  /** Whether it has shown its place already and may be kept on the line until its turn comes. */
  public boolean isNext() {
    return asked && place <= NEAR;
  }

  /** After what time a machine at this place asks again. */
  static Duration askAgain(int place) {
    return Duration.ofSeconds(place <= NEAR ? 1 : 8);
  }
}
