package io.arranque.conformance.http;

import io.arranque.conformance.Remarks;
import io.arranque.conformance.files.Served;
import io.arranque.conformance.files.Wires;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a case has to work with: new connections. */
final class HttpLab {
  /** For an answer that should come; also of peers, which are as quick. */
  static final Duration ANSWER = Duration.ofSeconds(15);

  private final Remarks remarks = new Remarks();
  private final AtomicInteger clients = new AtomicInteger();

  Remarks remarks() {
    return remarks;
  }

  void remark(String text) {
    remarks.say(text);
  }

  /** From an address that the next one has not. */
  Connection connect() throws IOException {
    return Connection.open(Wires.client(clients.getAndIncrement()), Wires.SERVER);
  }

  /** Over a cable that loses, doubles and reorders frames. */
  Connection connectBadly() throws IOException {
    return Connection.open(Wires.BAD_CLIENT, Wires.BEHIND_BAD_CABLE);
  }

  static String path(String file) {
    return "/" + Served.HTTP + "/" + file;
  }

  /** GET on a connection of its own; headers are whole lines. */
  Response get(String file, String... headers) throws IOException {
    return ask("GET", path(file), headers);
  }

  Response head(String file, String... headers) throws IOException {
    return ask("HEAD", path(file), headers);
  }

  Response ask(String method, String target, String... headers) throws IOException {
    try (Connection connection = connect()) {
      connection.request(method, target, headers);
      return connection.response(method);
    }
  }

  /**
   * The answer to octets as they are, on a connection of its own.
   *
   * @return status 0 when the connection is closed instead
   */
  Response raw(String octets) throws IOException {
    try (Connection connection = connect()) {
      connection.send(octets);
      return connection.responseOrEnd("GET");
    }
  }
}
