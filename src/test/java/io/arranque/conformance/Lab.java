package io.arranque.conformance;

import io.arranque.address.Mac;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a case has to work with: the wire to the server, new machines, what to wait for. */
final class Lab {
  /**
   * How long is waited.
   *
   * @param answer for an answer that should come
   * @param silence for one that should not
   */
  record Limits(Duration answer, Duration silence) {}

  private static final long FIRST_MAC = 0x02c000000000L;

  private final Wire wire;
  private final Limits limits;
  private final AtomicInteger machines = new AtomicInteger();
  private final Remarks remarks = new Remarks();

  Lab(Wire wire, Limits limits) {
    this.wire = wire;
    this.limits = limits;
  }

  Wire wire() {
    return wire;
  }

  Limits limits() {
    return limits;
  }

  int newXid() {
    return wire.newXid();
  }

  /** A machine that nobody has seen before, on the server's own wire. */
  Pc pc() {
    return pc(newMac());
  }

  Pc pc(Mac mac) {
    return new Pc(this, mac, Optional.empty());
  }

  /** A new machine behind that subnet's relay. */
  Pc pc(Net.Subnet behind) {
    return new Pc(this, newMac(), Optional.of(behind));
  }

  Pc pc(Net.Subnet behind, Mac mac) {
    return new Pc(this, mac, Optional.of(behind));
  }

  Mac newMac() {
    return new Mac(FIRST_MAC + machines.incrementAndGet());
  }

  /** Goes with the case's result into the table: which of two permitted things the server does. */
  void remark(String text) {
    remarks.say(text);
  }

  Remarks remarks() {
    return remarks;
  }
}
