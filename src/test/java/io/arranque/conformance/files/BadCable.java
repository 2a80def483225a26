package io.arranque.conformance.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A second cable between the two namespaces, which loses, doubles and reorders frames by a seed.
 * Its ends are tap devices; QEMU, which the virtual room needs anyhow, carries their frames to
 * sockets that Java can read. Each frame is preceded by its length in four octets.
 */
final class BadCable implements Closeable {
  static final String CARD = "bad0";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  // Of a hundred frames.
  private static final int LOST = 3;
  private static final int DOUBLED = 3;
  private static final int LATE = 5;

  private final SocketChannel server;
  private final SocketChannel clients;

  private BadCable(SocketChannel server, SocketChannel clients) {
    this.server = server;
    this.clients = clients;
  }

  /** QEMU without a machine: only its network, from the tap device to a socket. */
  static List<String> end(Path socket) {
    return List.of(
        "qemu-system-x86_64",
        "-machine",
        "none",
        "-nodefaults",
        "-display",
        "none",
        "-netdev",
        "tap,id=tap,ifname=" + CARD + ",script=no,downscript=no",
        "-netdev",
        "stream,id=wire,server=on,addr.type=unix,addr.path=" + socket,
        "-netdev",
        "hubport,hubid=0,id=port1,netdev=tap",
        "-netdev",
        "hubport,hubid=0,id=port2,netdev=wire");
  }

  static BadCable between(Path server, Path clients) throws IOException, InterruptedException {
    BadCable cable = new BadCable(connect(server), connect(clients));
    start(() -> cable.carry(cable.server, cable.clients, 1));
    start(() -> cable.carry(cable.clients, cable.server, 2));
    return cable;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "bad-cable");
    thread.setDaemon(true);
    thread.start();
  }

  private static SocketChannel connect(Path socket) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (!Files.exists(socket)) {
      if (Instant.now().isAfter(limit)) {
        throw new IOException("no cable at " + socket);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return channel;
  }

  private void carry(SocketChannel from, SocketChannel to, long seed) {
    Random random = new Random(seed);
    byte @Nullable [] late = null;
    try {
      while (true) {
        byte[] frame = exactly(from, exactly(from, 4).getInt()).array();
        int dice = random.nextInt(100);
        if (dice < LOST) {
          continue;
        }
        if (dice < LOST + LATE && late == null) {
          late = frame;
          continue;
        }
        send(to, frame);
        if (dice >= 100 - DOUBLED) {
          send(to, frame);
        }
        if (late != null) {
          send(to, late);
          late = null;
        }
      }
    } catch (IOException e) {
      // Closed, by us or with QEMU.
      return;
    }
  }

  private static ByteBuffer exactly(SocketChannel from, int size) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(size);
    while (in.hasRemaining()) {
      if (from.read(in) < 0) {
        throw new EOFException();
      }
    }
    return in.flip();
  }

  private static void send(SocketChannel to, byte[] frame) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip();
    while (out.hasRemaining()) {
      to.write(out);
    }
  }

  /** False when an end has gone. */
  boolean isWhole() {
    return server.isConnected() && clients.isConnected();
  }

  @Override
  public void close() throws IOException {
    server.close();
    clients.close();
  }
}
