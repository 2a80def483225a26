package io.arranque.tftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.arranque.address.Ipv4;
import java.util.HashMap;
import java.util.Map;

/** Counts the transfers under way. Thread-safe: transfers end on other threads than they begin. */
final class Admission {
  enum Answer {
    ADMITTED,
    SERVER_FULL,
    CLIENT_FULL
  }

  private final int maxTransfers;
  private final int maxPerClient;

  @GuardedBy("this")
  private final Map<Ipv4, Integer> perClient = new HashMap<>();

  @GuardedBy("this")
  private int transfers;

  Admission(int maxTransfers, int maxPerClient) {
    this.maxTransfers = maxTransfers;
    this.maxPerClient = maxPerClient;
  }

  /** Each {@link Answer#ADMITTED} must be given back by {@link #leave}. */
  synchronized Answer enter(Ipv4 client) {
    if (perClient.getOrDefault(client, 0) >= maxPerClient) {
      return Answer.CLIENT_FULL;
    }
    if (transfers >= maxTransfers) {
      return Answer.SERVER_FULL;
    }
    transfers++;
    perClient.merge(client, 1, Integer::sum);
    return Answer.ADMITTED;
  }

  synchronized void leave(Ipv4 client) {
    transfers--;
    perClient.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
  }

  synchronized int transfers() {
    return transfers;
  }
}
