package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one transfer, connected to its client: the kernel then looks up no route for each
 * packet, keeps strangers out, and tells when the client's port is closed.
 *
 * <p>Strangers still have to be told that they are (RFC 1350 section 4). They reach a second socket
 * on the same port, which the kernel prefers the connected one to.
 */
final class TransferSocketServer {
  /** Results of {@link #send} and {@link #receive} that are no length. */
  static final int CLOSED_PORT = -2;

  /** The socket's buffer is full; it says when there is room again. */
  static final int FULL = -3;

  /** So many segments at once cannot be sent; fewer can, see {@link #segmentsMax}. */
  static final int SMALLER = -4;

  private static final Logger LOG = LoggerFactory.getLogger(TransferSocketServer.class);

  /** linux/udp.h: the kernel cuts what it is given into datagrams of that length. */
  private static final int SOL_UDP = 17;

  private static final int UDP_SEGMENT = 103;

  /** linux/in.h: of a connected socket, the path's MTU as far as known. */
  private static final int IP_MTU = 14;

  /** UDP_MAX_SEGMENTS of every kernel that can do it. */
  private static final int SEGMENTS_MAX = 64;

  /** Any port: nothing is sent there. */
  private static final int DISCARD = 9;

  /**
   * Smaller blocks leave packet by packet: the kernel cuts all that the socket sends, and an OACK
   * or an ERROR must arrive in one piece.
   */
  private static final int SEGMENT_SMALLEST = TftpCodec.DATA_HEADER + 512;

  private static final int SEND_BUFFER = 1 << 20;

  private final LinuxSocket socket;
  private final Order order;
  private @Nullable Strangers strangers;
  private int segmentsMax = 1;

  private TransferSocketServer(LinuxSocket socket, Order order) {
    this.socket = socket;
    this.order = order;
  }

  /** A socket on the address that was asked, connected to the client. */
  static TransferSocketServer open(Order order) throws IOException {
    LinuxSocket socket = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
    TransferSocketServer opened = new TransferSocketServer(socket, order);
    try {
      socket.bind(new InetSocketAddress(order.asked().toInetAddress(), 0));
      // After binding, so that the port is ours alone; before connecting, so that the kernel knows
      // of a connected socket among those of the port.
      socket.setReusePort(true);
      opened.strangers = Strangers.on(socket.localAddress());
      socket.connect(order.address());
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  /**
   * Sends one packet from a socket of its own, like every answer: Commons Net, for one, takes none
   * from the port it sent the request to. Not repeated: a client that misses it asks again.
   */
  static void sendOnce(Order order, byte[] packet) {
    try {
      LinuxSocket socket = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
      try {
        socket.bind(new InetSocketAddress(order.asked().toInetAddress(), 0));
        socket.connect(order.address());
        send(socket, packet);
      } finally {
        socket.close();
      }
    } catch (IOException e) {
      LOG.debug("TFTP: nothing can be sent to {}", order.client(), e);
    }
  }

  /**
   * Whether an address that a request was sent to is one host's alone, and not a subnet's broadcast
   * address: to that, the kernel connects no socket without being asked.
   */
  static boolean isUnicast(Ipv4 address) {
    try {
      LinuxSocket probe = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
      try {
        return probe.connect(new InetSocketAddress(address.toInetAddress(), DISCARD));
      } finally {
        probe.close();
      }
    } catch (IOException e) {
      return false;
    }
  }

  FileDescriptor fd() {
    return socket;
  }

  /** Octets of an IP packet that reach the client in one piece, as far as known. */
  int pathMtu() {
    try {
      return socket.getIntOpt(0, IP_MTU);
    } catch (IOException e) {
      return Integer.MAX_VALUE;
    }
  }

  /** Makes ready for windows: a whole one leaves with one system call, where the kernel can. */
  void prepare(int blockSize, int window) {
    if (window == 1) {
      return;
    }
    int datagram = TftpCodec.DATA_HEADER + blockSize;
    int most = Math.min(SEGMENTS_MAX, CarrierServer.OUT_MAX / datagram);
    try {
      if ((long) window * datagram > CarrierServer.OUT_MAX) {
        socket.setSendBufferSize(SEND_BUFFER);
      }
      if (most > 1 && datagram >= SEGMENT_SMALLEST) {
        socket.setIntOpt(SOL_UDP, UDP_SEGMENT, datagram);
        segmentsMax = most;
      }
    } catch (IOException e) {
      LOG.debug("TFTP: no segments", e);
    }
  }

  /** How many packets may be sent at once. */
  int segmentsMax() {
    return segmentsMax;
  }

  void hearStrangers(IoEventLoop loop) {
    Strangers heard = strangers;
    if (heard != null) {
      heard.register(loop);
    }
  }

  /**
   * Sends what lies in the carrier's buffer.
   *
   * @return at least 0, or one of the constants here. A packet that could not leave for another
   *     cause is a lost packet: the client's silence takes care of it
   */
  int send(CarrierServer carrier, int length) {
    try {
      int sent = socket.sendAddress(carrier.outAddress(), 0, length);
      return sent == 0 ? FULL : sent;
    } catch (Errors.NativeIoException e) {
      if (e.expectedErr() == Errors.ERROR_ECONNREFUSED_NEGATIVE) {
        return CLOSED_PORT;
      }
      return segmentsMax > 1 && withoutSegments() ? SMALLER : 0;
    } catch (IOException e) {
      LOG.debug("TFTP to {}", order.client(), e);
      return 0;
    }
  }

  /**
   * Receives one datagram into the carrier's buffer.
   *
   * @return its length, 0 when there is none, or {@link #CLOSED_PORT}
   */
  int receive(CarrierServer carrier) {
    try {
      return Math.max(0, socket.recvAddress(carrier.inAddress(), 0, CarrierServer.IN_MAX));
    } catch (Errors.NativeIoException e) {
      return e.expectedErr() == Errors.ERROR_ECONNREFUSED_NEGATIVE ? CLOSED_PORT : 0;
    } catch (IOException e) {
      LOG.debug("TFTP from {}", order.client(), e);
      return 0;
    }
  }

  void close() {
    Strangers heard = strangers;
    if (heard != null) {
      heard.close();
    }
    close(socket);
  }

  /** Some ways out cannot (a small MTU, a card without checksums): then packet by packet. */
  private boolean withoutSegments() {
    segmentsMax = 1;
    try {
      socket.setIntOpt(SOL_UDP, UDP_SEGMENT, 0);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void send(LinuxSocket socket, byte[] packet) throws IOException {
    ByteBuf octets = UnpooledByteBufAllocator.DEFAULT.directBuffer(packet.length);
    try {
      octets.writeBytes(packet);
      int unused = socket.send(octets.nioBuffer(), 0, packet.length);
    } finally {
      octets.release();
    }
  }

  private static void close(LinuxSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing a socket", e);
    }
  }

  /** Hears packets to a transfer's port that are not from its client. */
  private static final class Strangers implements EpollIoHandle {
    /** They are told, but not for ever. */
    private static final int ANSWERS = 4;

    private static final byte[] ANSWER =
        TftpCodec.encode(new ErrorPacket(ErrorPacket.UNKNOWN_TRANSFER, "not your transfer"));

    private final LinuxSocket socket;
    private @Nullable IoRegistration registration;
    private int answers;

    private Strangers(LinuxSocket socket) {
      this.socket = socket;
    }

    /** Null when the port cannot be shared: then strangers hear of it by ICMP. */
    static @Nullable Strangers on(@Nullable InetSocketAddress local) throws IOException {
      if (local == null) {
        return null;
      }
      LinuxSocket socket = LinuxSocket.newSocketDgram(SocketProtocolFamily.INET);
      try {
        socket.setReusePort(true);
        socket.bind(local);
        return new Strangers(socket);
      } catch (IOException e) {
        LOG.debug("TFTP: {} cannot be shared", local, e);
        TransferSocketServer.close(socket);
        return null;
      }
    }

    void register(IoEventLoop loop) {
      IoRegistration made = loop.register(this).getNow();
      if (made != null) {
        registration = made;
        made.submit(EpollIoOps.EPOLLIN);
      }
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
      try {
        ByteBuffer datagram = ByteBuffer.allocateDirect(CarrierServer.IN_MAX);
        DatagramSocketAddress stranger = socket.recvFrom(datagram, 0, datagram.capacity());
        if (stranger != null && stranger.getPort() != 0 && answers++ < ANSWERS) {
          ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length).put(0, ANSWER);
          socket.sendTo(out, 0, ANSWER.length, stranger.getAddress(), stranger.getPort());
        }
        if (answers >= ANSWERS) {
          close();
        }
      } catch (IOException e) {
        LOG.debug("a stranger's packet", e);
      }
    }

    @Override
    public void close() {
      IoRegistration made = registration;
      if (made != null) {
        registration = null;
        made.cancel();
      }
      if (socket.isOpen()) {
        TransferSocketServer.close(socket);
      }
    }
  }
}
