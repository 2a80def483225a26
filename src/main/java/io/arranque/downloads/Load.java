package io.arranque.downloads;

/**
 * What is under way, in three numbers.
 *
 * @param machines that download or were just told that they may
 * @param bitsPerSecond sent of late
 * @param untested of the machines, those that began so recently that the rate does not show them
 */
record Load(int machines, long bitsPerSecond, int untested) {
  static final Load NONE = new Load(0, 0, 0);
}
