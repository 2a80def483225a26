package io.arranque.conformance.tftp;

import io.arranque.conformance.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A whole file by a client that does what the RFCs want of it: asks again, acknowledges what it has
 * in order, and once more when the server has not heard it.
 */
final class Download {
  /** Of a client's own clock; longer than a server's, whose part it is to send again. */
  private static final Duration PATIENCE = Duration.ofMillis(700);

  private static final int BLOCK_WITHOUT_OPTIONS = 512;

  private final Client client;
  private final Channel channel;
  private final byte[] request;
  private final long deadline;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private Map<String, String> agreed = Map.of();
  private int blockSize = BLOCK_WITHOUT_OPTIONS;
  private int window = 1;
  private long received;
  private int sinceAck;
  private boolean started;
  private boolean gapTold;
  private boolean wrapsToOne;
  private long packets;

  private Download(Client client, Channel channel, byte[] request, Duration limit) {
    this.client = client;
    this.channel = channel;
    this.request = request;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /** Fetches a file in octets over a perfect line; options are names and values in turn. */
  static Download of(TftpLab lab, String file, String... options) throws IOException {
    return over(lab, Channel.Quality.PERFECT, 0, Packet.read(file, "octet", options));
  }

  static Download over(TftpLab lab, Channel.Quality quality, long seed, byte[] request)
      throws IOException {
    try (Client client = lab.client()) {
      return with(lab, client, quality, seed, request);
    }
  }

  static Download with(
      TftpLab lab, Client client, Channel.Quality quality, long seed, byte[] request)
      throws IOException {
    Channel channel = new Channel(client, quality, seed);
    Download download = new Download(client, channel, request, lab.limits().download());
    download.run();
    return download;
  }

  byte[] content() {
    return content.toByteArray();
  }

  /** What the OACK said; empty when there was none. */
  Map<String, String> agreed() {
    return agreed;
  }

  /** How many packets with blocks came, those that came twice too. */
  long packets() {
    return packets;
  }

  long blocks() {
    return received;
  }

  boolean wrapsToOne() {
    return wrapsToOne;
  }

  private void run() throws IOException {
    channel.send(request, client.server());
    boolean last = false;
    while (!last) {
      Violation.unless(
          System.nanoTime() < deadline, "not whole in time: " + received + " blocks came");
      Optional<Packet> packet = channel.next(PATIENCE);
      if (packet.isPresent()) {
        last = take(packet.get());
      } else if (started) {
        acknowledge();
      } else {
        channel.send(request, client.server());
      }
    }
    dally();
  }

  /** Whether that was the last block. */
  private boolean take(Packet packet) throws IOException {
    if (started && !packet.from().equals(client.transfer())) {
      // A second transfer, since the request came twice: RFC 1350 §4.
      channel.send(Packet.error(5, "unknown transfer"), packet.from());
      return false;
    }
    if (packet.is(Packet.OACK) && received == 0) {
      agree(packet.options());
      acknowledge();
      return false;
    }
    Violation.unless(packet.is(Packet.DATA) || packet.is(Packet.OACK), packet + " meanwhile");
    return packet.is(Packet.DATA) && block(packet);
  }

  private void agree(Map<String, String> options) {
    started = true;
    agreed = options;
    blockSize = Integer.parseInt(options.getOrDefault("blksize", "512"));
    window = Integer.parseInt(options.getOrDefault("windowsize", "1"));
  }

  private boolean block(Packet packet) throws IOException {
    started = true;
    packets++;
    if (!isNext(packet.number())) {
      boolean again = packet.number() == wire(received);
      if (again || !gapTold) {
        gapTold = true;
        acknowledge();
      }
      return false;
    }
    Violation.unless(
        packet.body().length <= blockSize, packet + " although " + blockSize + " were agreed");
    gapTold = false;
    received++;
    content.writeBytes(packet.body());
    boolean last = packet.body().length < blockSize;
    if (last || ++sinceAck >= window) {
      acknowledge();
    }
    return last;
  }

  private boolean isNext(int number) {
    if (received == 65535 && number == 1) {
      wrapsToOne = true;
    }
    return number == wire(received + 1);
  }

  private int wire(long block) {
    return (int) (wrapsToOne && block > 0 ? (block - 1) % 65535 + 1 : block & 0xffff);
  }

  private void acknowledge() throws IOException {
    sinceAck = 0;
    channel.send(Packet.ack(wire(received)), client.transfer());
  }

  /** RFC 1350 §6: waits for a while, for the server may not have heard the last acknowledgement. */
  private void dally() throws IOException {
    for (int quiet = 0; quiet < 1; ) {
      Optional<Packet> packet = channel.next(Duration.ofMillis(20));
      if (packet.isEmpty()) {
        quiet++;
      } else if (packet.get().isBlock(wire(received))) {
        acknowledge();
      }
    }
  }
}
