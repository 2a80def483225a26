package io.arranque.timeline;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that happened to one machine.
 *
 * @param at when
 * @param mac to whom
 * @param stage what was being done
 * @param reason why it went as it did; {@link Reason#OK} when there is nothing to explain
 * @param address the machine's address, as far as known
 * @param detail a short text for people: file name, offered address, what the machine said; never a
 *     secret, and never trusted when it came from a machine
 * @param bytes how much was sent, 0 where that has no meaning
 * @param took how long it lasted, zero where that has no meaning
 */
public record BootEvent(
    Instant at,
    Mac mac,
    Stage stage,
    Reason reason,
    Optional<Ipv4> address,
    String detail,
    long bytes,
    Duration took) {

  /** An event without bytes or duration. */
  public static BootEvent of(
      Instant at, Mac mac, Stage stage, Reason reason, Optional<Ipv4> address, String detail) {
    return new BootEvent(at, mac, stage, reason, address, detail, 0, Duration.ZERO);
  }

  /** The same, of so many bytes. */
  public BootEvent withBytes(long bytes) {
    return new BootEvent(at, mac, stage, reason, address, detail, bytes, took);
  }

  /** Whether somebody has to do something. */
  public boolean isFailure() {
    return reason.kind() == Reason.Kind.FAILURE;
  }
}
