package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.Ack;
import io.arranque.tftp.TftpPacket.Data;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.OptionAck;
import io.arranque.tftp.TftpPacket.ReadRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client with options and windows on a bad wire: of what arrives and of what it sends it loses,
 * doubles and delays some, by a seed. Written from the RFCs alone.
 */
final class LossyClient implements AutoCloseable {
  private final DatagramSocket socket;
  private final SocketAddress server;
  private final Random random;
  private final double trouble;
  private @Nullable DatagramPacket held;
  private @Nullable SocketAddress transfer;
  private int blockSize = 512;
  private int window = 1;
  private int sinceAck;
  private boolean complained;
  private long received;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  LossyClient(InetAddress address, int port, double trouble, long seed) throws IOException {
    this.socket = new DatagramSocket(0, address);
    this.server = new InetSocketAddress(address, port);
    this.random = new Random(seed);
    this.trouble = trouble;
    socket.setSoTimeout(500);
  }

  byte[] read(String name, TftpOption... options) throws Exception {
    TftpPacket last = new ReadRequest(name, "octet", List.of(options));
    send(last, server);
    for (int silence = 0; silence < 20; ) {
      DatagramPacket datagram = receive();
      if (datagram == null) {
        silence++;
        send(transfer == null ? last : new Ack((int) (received & 0xffff)), peer());
        continue;
      }
      silence = 0;
      if (transfer == null) {
        transfer = datagram.getSocketAddress();
      }
      byte[] bytes = Arrays.copyOf(datagram.getData(), datagram.getLength());
      if (take(TftpCodec.decode(bytes))) {
        return file.toByteArray();
      }
    }
    throw new IOException("silence after block " + received);
  }

  /** True when the file is complete. */
  private boolean take(TftpPacket packet) throws IOException {
    if (packet instanceof ErrorPacket error) {
      throw new IOException("error " + error.code() + ": " + error.message());
    }
    if (packet instanceof OptionAck ack) {
      for (TftpOption option : ack.options()) {
        if (option.is("blksize")) {
          blockSize = Integer.parseInt(option.value());
        } else if (option.is("windowsize")) {
          window = Integer.parseInt(option.value());
        }
      }
      if (received == 0) {
        acknowledge();
      }
      return false;
    }
    Data data = (Data) packet;
    if (data.block() != (int) ((received + 1) & 0xffff)) {
      // Out of order: says so once (RFC 7440), not once for each block that follows.
      // With a window of one, a block that comes again means that its acknowledgement was lost.
      boolean again = window == 1 && data.block() == (int) (received & 0xffff);
      if (again || (!complained && window > 1)) {
        acknowledge();
        complained = true;
      }
      return false;
    }
    received++;
    complained = false;
    ByteBuffer payload = data.payload();
    boolean last = payload.remaining() < blockSize;
    byte[] octets = new byte[payload.remaining()];
    payload.get(octets);
    file.writeBytes(octets);
    if (++sinceAck >= window || last) {
      acknowledge();
    }
    return last;
  }

  private void acknowledge() throws IOException {
    sinceAck = 0;
    send(new Ack((int) (received & 0xffff)), peer());
  }

  private SocketAddress peer() {
    SocketAddress known = transfer;
    return known == null ? server : known;
  }

  private void send(TftpPacket packet, SocketAddress to) throws IOException {
    byte[] bytes = TftpCodec.encode(packet);
    int times = hit() ? 0 : hit() ? 2 : 1;
    for (int i = 0; i < times; i++) {
      socket.send(new DatagramPacket(bytes, bytes.length, to));
    }
  }

  /** Null when nothing came in time. */
  private @Nullable DatagramPacket receive() throws IOException {
    if (held != null && !hit()) {
      DatagramPacket late = held;
      held = null;
      return late;
    }
    while (true) {
      DatagramPacket datagram = new DatagramPacket(new byte[65_536], 65_536);
      try {
        socket.receive(datagram);
      } catch (SocketTimeoutException e) {
        return null;
      }
      if (hit()) {
        continue;
      }
      if (held == null && hit()) {
        held = datagram;
        continue;
      }
      return datagram;
    }
  }

  private boolean hit() {
    return random.nextDouble() < trouble;
  }

  @Override
  public void close() {
    socket.close();
  }
}
