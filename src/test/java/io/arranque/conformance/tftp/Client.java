package io.arranque.conformance.tftp;

import io.arranque.conformance.Violation;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One socket, and the transfer that it has. */
final class Client implements Closeable {
  private static final int PORT = 69;
  private static final int DATAGRAM_MAX = 65536;
  private static final int RECEIVE_BUFFER = 4 << 20;

  private final TftpLab.Limits limits;
  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private @Nullable InetSocketAddress transfer;

  Client(TftpLab.Limits limits, String own, String server) throws IOException {
    this.limits = limits;
    this.server = new InetSocketAddress(InetAddress.getByName(server), PORT);
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(own), 0));
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setBroadcast(true);
  }

  /** Asks for a file in octets; options are names and values in turn. */
  void read(String file, String... options) throws IOException {
    request(Packet.read(file, "octet", options));
  }

  /** To the server's port 69. */
  void request(byte[] octets) throws IOException {
    send(octets, server);
  }

  void ack(long block) throws IOException {
    toTransfer(Packet.ack(block));
  }

  void error(int code, String message) throws IOException {
    toTransfer(Packet.error(code, message));
  }

  /** To where the first answer came from. */
  void toTransfer(byte[] octets) throws IOException {
    send(octets, transfer());
  }

  void send(byte[] octets, InetSocketAddress to) throws IOException {
    socket.send(new DatagramPacket(octets, octets.length, to));
  }

  /** The server's end of the transfer. */
  InetSocketAddress transfer() {
    InetSocketAddress at = transfer;
    if (at == null) {
      throw new Violation("no answer to " + server);
    }
    return at;
  }

  InetSocketAddress server() {
    return server;
  }

  /** What comes next, from anywhere. */
  Optional<Packet> next(Duration limit) throws IOException {
    byte[] buffer = new byte[DATAGRAM_MAX];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    try {
      socket.receive(datagram);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
    InetSocketAddress from = new InetSocketAddress(datagram.getAddress(), datagram.getPort());
    if (transfer == null) {
      transfer = from;
    }
    return Optional.of(Packet.read(Arrays.copyOf(buffer, datagram.getLength()), from));
  }

  /** What comes next; something must. */
  Packet next(String after) throws IOException {
    return next(limits.answer()).orElseThrow(() -> new Violation("no answer after " + after));
  }

  /** The block, and nothing else but what was sent before once more. */
  Packet data(int block) throws IOException {
    while (true) {
      Packet packet = next("what should bring DATA " + block);
      if (packet.isBlock(block)) {
        return packet;
      }
      boolean again = packet.is(Packet.OACK) || (packet.is(Packet.DATA) && packet.number() < block);
      Violation.unless(again, packet + " instead of DATA " + block);
    }
  }

  Packet oack() throws IOException {
    Packet packet = next("a request with options");
    Violation.unless(packet.is(Packet.OACK), packet + " instead of an OACK");
    return packet;
  }

  Packet error() throws IOException {
    Packet packet = next("what should bring an ERROR");
    Violation.unless(packet.is(Packet.ERROR), packet + " instead of an ERROR");
    return packet;
  }

  /** Nothing comes at all. */
  void silence(String after) throws IOException {
    Optional<Packet> packet = next(limits.silence());
    packet.ifPresent(
        p -> {
          throw new Violation(p + " after " + after);
        });
  }

  /** Nothing but an ERROR comes. */
  void errorOrSilence(String after) throws IOException {
    Optional<Packet> packet = next(limits.silence());
    packet.ifPresent(p -> Violation.unless(p.is(Packet.ERROR), p + " after " + after));
  }

  @Override
  public void close() {
    socket.close();
  }
}
