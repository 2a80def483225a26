package io.arranque.downloads;

import io.arranque.site.DownloadSettings;

/**
 * How much may be under way at once.
 *
 * @param machines that download at the same time; {@link Integer#MAX_VALUE} for any number
 * @param bitsPerSecond sent, above which nobody else begins; {@link Long#MAX_VALUE} for any rate
 * @param wire bits per second of the server's cards; 0 when they do not count or nobody knows
 */
public record Budget(int machines, long bitsPerSecond, long wire) {
  public static final Budget UNLIMITED = new Budget(Integer.MAX_VALUE, Long.MAX_VALUE, 0);

  /**
   * Below this a machine gets so little of the wire that one more helps nobody: 80 MB of kernel and
   * initrd take longer than 40 s, and those that have begun are only held up.
   */
  private static final long WORTHWHILE = 16_000_000;

  /** What fits beside Ethernet's and TCP's headers is 94 to 95 %; a little less counts as full. */
  private static final double FULL = 0.9;

  /** As many as are tried at once where nobody knows yet how fast a machine loads. */
  private static final long FIRST_SHARES = 8;

  /**
   * What the operator's words come to.
   *
   * @param cards bits per second of all cards towards machines; 0 when unknown
   */
  public static Budget of(DownloadSettings settings, long cards) {
    boolean automatic =
        settings.limit().equals(DownloadSettings.Limit.AUTO) && settings.bitsPerSecond().isEmpty();
    int machines = settings.limit().machines();
    return new Budget(
        machines == 0 ? Integer.MAX_VALUE : machines,
        settings.bitsPerSecond().orElse(Long.MAX_VALUE),
        automatic ? cards : 0);
  }

  public boolean isUnlimited() {
    return machines == Integer.MAX_VALUE && bitsPerSecond == Long.MAX_VALUE && wire == 0;
  }

  /** Whether there is nothing to count: no limit by number or rate, and the wire is not full. */
  boolean isOpen(long rate, int waiting) {
    return machines == Integer.MAX_VALUE
        && bitsPerSecond == Long.MAX_VALUE
        && (wire == 0 || (waiting == 0 && rate < wire * FULL));
  }

  /**
   * How many machines may begin now; {@link Integer#MAX_VALUE} when it does not matter.
   *
   * @param waiting machines that are in the queue already
   */
  int free(Load load, int waiting) {
    int byNumber = machines == Integer.MAX_VALUE ? machines : machines - load.machines();
    return Math.max(0, Math.min(byNumber, Math.min(byRate(load), byWire(load, waiting))));
  }

  private int byRate(Load load) {
    if (bitsPerSecond == Long.MAX_VALUE) {
      return Integer.MAX_VALUE;
    }
    long left = bitsPerSecond - load.bitsPerSecond();
    if (left <= 0) {
      return 0;
    }
    int measured = load.machines() - load.untested();
    long each =
        measured <= 0 || load.bitsPerSecond() == 0
            ? bitsPerSecond / FIRST_SHARES
            : load.bitsPerSecond() / measured;
    long fit = left / Math.max(1, each);
    // The last that fits in part goes as well, or a wire would never fill up to its budget.
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.max(1, fit) - load.untested()));
  }

  /** The queue begins when the wire is really full; from then on it is one by one. */
  private int byWire(Load load, int waiting) {
    boolean full = load.bitsPerSecond() >= wire * FULL;
    return wire == 0 || (waiting == 0 && !full)
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, Math.max(1, wire / WORTHWHILE)) - load.machines();
  }
}
