package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;

/**
 * An address held for a machine between OFFER and REQUEST. Only in memory: a machine whose offer a
 * restart forgot asks for it all the same, and gets it if it is still free.
 *
 * @param until then it is free again
 * @param to what kind of machine it was made to
 */
public record Offer(Ipv4 address, Mac mac, String segment, Instant until, To to) {
  /** To whom an offer is made, which decides how long it holds. */
  public enum To {
    KNOWN(ServerMode.OFFER_HOLDS),
    STRANGER(ServerMode.OFFER_HOLDS),

    /**
     * To a stranger while many strangers leave theirs unanswered. Firmware collects offers for some
     * seconds and then takes one.
     */
    STRANGER_IN_A_CROWD(Duration.ofSeconds(10));

    final Duration holds;

    To(Duration holds) {
      this.holds = holds;
    }

    boolean isStranger() {
      return this != KNOWN;
    }
  }

  /** To a machine that is known. */
  public Offer(Ipv4 address, Mac mac, String segment, Instant until) {
    this(address, mac, segment, until, To.KNOWN);
  }

  public boolean isLive(Instant now) {
    return now.isBefore(until);
  }
}
