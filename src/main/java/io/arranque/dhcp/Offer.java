package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;

/**
 * An address held for a machine between OFFER and REQUEST. Only in memory: a machine whose offer a
 * restart forgot asks for it all the same, and gets it if it is still free.
 *
 * @param until then it is free again
 */
public record Offer(Ipv4 address, Mac mac, String segment, Instant until) {
  public boolean isLive(Instant now) {
    return now.isBefore(until);
  }
}
