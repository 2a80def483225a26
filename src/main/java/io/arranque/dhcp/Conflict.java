package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/**
 * An address of ours that somebody else uses.
 *
 * @param holder who; empty when it could not be found out, as behind a relay
 * @param found how we know
 * @param machine which one was to get the address
 */
public record Conflict(
    Ipv4 address, String segment, Optional<Mac> holder, Found found, Mac machine, Instant at) {
  /** How a conflict is found. */
  public enum Found {
    /** We asked before we offered the address. */
    PROBE,
    /** The machine asked, and declined it (RFC 2131 §4.4.1). */
    DECLINE
  }

  Conflict withHolder(Mac mac) {
    return new Conflict(address, segment, Optional.of(mac), found, machine, at);
  }

  boolean isSameAs(Conflict other) {
    return address.equals(other.address) && at.equals(other.at);
  }
}
