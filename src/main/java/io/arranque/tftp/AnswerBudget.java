package io.arranque.tftp;

import io.arranque.address.Ipv4;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many errors an address is sent in a second. Errors go to whoever stands in the packet as its
 * sender, without a round trip that would show that he is there. Addresses share a table of fixed
 * size; strangers that fall on the same place share its budget. One thread owns it.
 */
final class AnswerBudget {
  static final int PER_SECOND = 100;
  private static final int PLACES = 1 << 10;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int[] spent = new int[PLACES];
  private long began;

  AnswerBudget(long now) {
    this.began = now;
  }

  /** Whether one more is in the budget; it is counted then. */
  boolean spend(Ipv4 client, long now) {
    if (now - began >= SECOND) {
      Arrays.fill(spent, 0);
      began = now;
    }
    int mixed = client.bits() * 0x9E3779B9;
    int place = mixed >>> 22;
    return spent[place] < PER_SECOND && ++spent[place] > 0;
  }
}
