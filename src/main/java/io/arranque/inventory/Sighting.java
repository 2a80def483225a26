package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine was seen on the wire.
 *
 * @param mac which
 * @param hardware what it said of itself this time
 * @param segment where
 * @param address the address it uses now, if this told
 * @param switchPort where it hangs, if a relay or switch told
 * @param at when
 */
public record Sighting(
    Mac mac,
    Hardware hardware,
    Optional<String> segment,
    Optional<Ipv4> address,
    Optional<SwitchPort> switchPort,
    Instant at) {

  /** One that tells nothing of a switch port. */
  public Sighting(
      Mac mac, Hardware hardware, Optional<String> segment, Optional<Ipv4> address, Instant at) {
    this(mac, hardware, segment, address, Optional.empty(), at);
  }
}
