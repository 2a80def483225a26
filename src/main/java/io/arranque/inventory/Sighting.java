package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
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
  /**
   * A machine that says nothing else is noted as seen this often; nobody who looks at the page
   * needs it to the second.
   */
  public static final Duration GRANULARITY = Duration.ofSeconds(10);

  /** One that tells nothing of a switch port. */
  public Sighting(
      Mac mac, Hardware hardware, Optional<String> segment, Optional<Ipv4> address, Instant at) {
    this(mac, hardware, segment, address, Optional.empty(), at);
  }

  /** Whether this tells of the machine what is not known yet, or that it is still there. */
  public boolean isNews(Machine known) {
    return known.lastSeen().isEmpty()
        || Duration.between(known.lastSeen().get(), at).abs().compareTo(GRANULARITY) >= 0
        || !known.hardware().updatedBy(hardware).equals(known.hardware())
        || isNews(segment, known.segment())
        || isNews(address, known.address())
        || isNews(known.switchPort());
  }

  private static <T> boolean isNews(Optional<T> said, Optional<T> known) {
    return said.isPresent() && !said.equals(known);
  }

  private boolean isNews(Optional<SwitchPort> known) {
    return switchPort.isPresent()
        && (known.isEmpty() || !known.get().updatedBy(switchPort.get()).equals(known.get()));
  }

  /** This and a later one of the same machine in one. */
  public Sighting followedBy(Sighting later) {
    return new Sighting(
        mac,
        hardware.updatedBy(later.hardware),
        later.segment.or(() -> segment),
        later.address.or(() -> address),
        later.switchPort.or(() -> switchPort),
        later.at);
  }
}
