package io.arranque.conformance;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The room's end of the server's cable. The cable is a tap device, and QEMU, which the virtual room
 * needs anyhow, carries its frames to a socket that Java can read: a frame goes out exactly as
 * written here, with any source, and what the server sends is seen whoever it is for. Each frame is
 * preceded by its length in four octets.
 */
final class Wire implements Closeable {
  private static final int ETHERTYPE_ARP = 0x0806;
  private static final int ARP_FRAME = 60;

  private final SocketChannel channel;
  private final AtomicInteger xids = new AtomicInteger(0x10000000);
  private final Map<Ipv4, Mac> owners = new ConcurrentHashMap<>();
  private final Map<Integer, BlockingQueue<Answer>> inboxes = new ConcurrentHashMap<>();

  private Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /** Plugs in; {@code socket} is QEMU's. */
  static Wire open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    Wire wire = new Wire(channel);
    Thread reader = new Thread(wire::read, "wire");
    reader.setDaemon(true);
    reader.start();
    return wire;
  }

  /** From now on ARP requests for the address are answered. */
  void configure(Ipv4 address, Mac mac) {
    owners.put(address, mac);
  }

  /** Never used before on this wire. */
  int newXid() {
    return xids.addAndGet(0x10001);
  }

  /** Where the answers to a question gather, by its xid. */
  BlockingQueue<Answer> inbox(int xid) {
    return inboxes.computeIfAbsent(xid, x -> new LinkedBlockingQueue<>());
  }

  void send(Frame frame) {
    send(frame.octets());
  }

  private synchronized void send(byte[] frame) {
    ByteBuffer out = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip();
    try {
      while (out.hasRemaining()) {
        channel.write(out);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the wire is cut", e);
    }
  }

  private void read() {
    try {
      while (true) {
        byte[] frame = exactly(exactly(4).getInt()).array();
        if (ByteBuffer.wrap(frame).getShort(12) == ETHERTYPE_ARP) {
          answerArp(frame);
        } else {
          Frame.read(frame).ifPresent(this::deliver);
        }
      }
    } catch (IOException e) {
      // Closed, by us or with QEMU.
    }
  }

  private ByteBuffer exactly(int size) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(size);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException();
      }
    }
    return in.flip();
  }

  private void deliver(Frame frame) {
    boolean isMessage = frame.payload().size() >= 240 && frame.payload().at(0) == 2;
    if (isMessage) {
      int xid = ByteBuffer.wrap(frame.payload().toArray()).getInt(4);
      try {
        inbox(xid).add(new Answer(frame));
      } catch (Violation e) {
        // Not even readable: as good as none, and the case says that none came.
        System.err.println("a reply that cannot be read: " + e.getMessage());
      }
    }
  }

  private void answerArp(byte[] request) {
    Mac owner = owners.get(Ipv4.of(request, 38));
    if (owner == null || request[21] != 1) {
      return;
    }
    ByteBuffer reply = ByteBuffer.allocate(ARP_FRAME);
    reply.put(request, 6, 6).put(owner.octets());
    reply.put(request, 12, 8).putShort((short) 2);
    reply.put(owner.octets()).put(request, 38, 4);
    reply.put(request, 22, 10);
    send(reply.array());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
