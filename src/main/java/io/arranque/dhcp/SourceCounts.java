package io.arranque.dhcp;

/**
 * How many packets of each source wait, in a table of fixed size: two counters for each source, at
 * places that its number gives, and the lesser of both is what counts. Two sources that share one
 * counter hardly ever share the other. Whoever makes up sources fills no memory.
 */
final class SourceCounts {
  private static final int ROW = 1 << 14;

  private final int[] counts = new int[2 * ROW];

  void add(long source) {
    counts[first(source)]++;
    counts[second(source)]++;
  }

  void remove(long source) {
    counts[first(source)]--;
    counts[second(source)]--;
  }

  /** Never too few, seldom too many. */
  int of(long source) {
    return Math.min(counts[first(source)], counts[second(source)]);
  }

  private static int first(long source) {
    return (int) (mixed(source) >>> 20) & (ROW - 1);
  }

  private static int second(long source) {
    return ROW + ((int) (mixed(source) >>> 44) & (ROW - 1));
  }

  /** Spreads neighbours, which the MACs of a room are: multiplication by 2^64 / golden ratio. */
  private static long mixed(long source) {
    long spread = (source ^ (source >>> 31)) * 0x9E3779B97F4A7C15L;
    return (spread ^ (spread >>> 29)) * 0xBF58476D1CE4E5B9L;
  }
}
