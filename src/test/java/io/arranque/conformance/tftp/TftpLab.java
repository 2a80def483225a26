package io.arranque.conformance.tftp;

import io.arranque.conformance.Remarks;
import io.arranque.conformance.files.Wires;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a case has to work with: new clients, what to wait for. */
final class TftpLab {
  /**
   * How long is waited.
   *
   * @param answer for a packet that should come at once
   * @param silence for one that should not come
   * @param resend for one that comes by the server's clock
   * @param download for a whole file over a bad line
   */
  record Limits(Duration answer, Duration silence, Duration resend, Duration download) {
    /** How soon ours must be. */
    static final Limits OURS =
        new Limits(
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(6),
            Duration.ofSeconds(60));

    /** Peers are given time: what is judged is what they say, not when. */
    static final Limits PATIENT =
        new Limits(
            Duration.ofSeconds(8),
            Duration.ofMillis(800),
            Duration.ofSeconds(40),
            Duration.ofSeconds(400));
  }

  private final Limits limits;
  private final Remarks remarks = new Remarks();
  private final AtomicInteger clients = new AtomicInteger();

  TftpLab(Limits limits) {
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  Remarks remarks() {
    return remarks;
  }

  void remark(String text) {
    remarks.say(text);
  }

  /** A client with an address that the next one has not. */
  Client client() throws IOException {
    return client(Wires.SERVER);
  }

  Client client(String server) throws IOException {
    return new Client(limits, Wires.client(clients.getAndIncrement()), server);
  }
}
