package io.arranque.site;

import java.util.Optional;
import java.util.Set;

/**
 * How many machines may load their systems at the same time.
 *
 * @param limit by their number
 * @param bitsPerSecond by what is sent: above this no further machine begins; empty: not by that
 * @param keys what somebody at a waiting machine may do
 */
public record DownloadSettings(Limit limit, Optional<Long> bitsPerSecond, Set<WaitKey> keys) {

  public static final DownloadSettings DEFAULT =
      new DownloadSettings(Limit.AUTO, Optional.empty(), Set.of());

  public DownloadSettings {
    keys = Set.copyOf(keys);
  }

  /**
   * How many machines at once.
   *
   * @param machines at least 1; {@link Integer#MAX_VALUE} for any number; 0: only when the wire is
   *     full
   */
  public record Limit(int machines) {
    /** No limit until the server's own cards are full. */
    public static final Limit AUTO = new Limit(0);

    public static final Limit NONE = new Limit(Integer.MAX_VALUE);
  }

  /** A key on the keyboard of a machine that waits. */
  public enum WaitKey {
    /** Boot from its own disk instead. */
    LOCAL_DISK("local-disk"),
    /** Do not wait. */
    SKIP("skip");

    private final String word;

    WaitKey(String word) {
      this.word = word;
    }

    /** As it is written in {@code arranque.yaml}. */
    public String word() {
      return word;
    }
  }
}
