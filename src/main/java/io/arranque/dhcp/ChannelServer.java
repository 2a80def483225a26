package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.timeline.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket: a port on a card. Bound to the card and not to an address, because it must hear
 * broadcasts and send them without a route; and because the card tells the segment.
 */
final class ChannelServer {
  /** SOL_SOCKET, SO_BINDTODEVICE, IFNAMSIZ of Linux, which Netty has no name for. */
  private static final int SOL_SOCKET = 1;

  private static final int SO_BINDTODEVICE = 25;
  private static final int IFNAMSIZ = 16;

  /** SO_RCVBUFFORCE: beyond net.core.rmem_max, which is 208 KiB unless somebody raised it. */
  private static final int SO_RCVBUFFORCE = 33;

  /** Some four thousand packets: a whole room at once, while the JVM warms up. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** No DHCP message that is not fragmented is larger. */
  private static final int DATAGRAM = 2048;

  /**
   * How many packets one system call takes from the socket. Four times as many are read before the
   * other sockets have their turn.
   */
  private static final int AT_ONCE = 32;

  private static final int SHOWN_PER_MINUTE = 20;
  private static final Logger LOG = LoggerFactory.getLogger(ChannelServer.class);

  /**
   * Where packets go, on the event loop.
   *
   * @param each takes one; never blocks
   * @param wake called after the last of several
   */
  record Intake(Consumer<Received> each, Runnable wake) {}

  private final Channel channel;

  private ChannelServer(Channel channel) {
    this.channel = channel;
  }

  /**
   * Opens it.
   *
   * @throws IOException with a message for the operator
   */
  static ChannelServer open(
      EventLoopGroup group,
      Card card,
      int port,
      Intake intake,
      DhcpStatistics statistics,
      Captures captures)
      throws IOException {
    Channel channel =
        new Bootstrap()
            .group(group)
            .channel(EpollDatagramChannel.class)
            .option(ChannelOption.SO_BROADCAST, true)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
            .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(AT_ONCE * DATAGRAM).maxMessagesPerRead(4 * AT_ONCE))
            .handler(new Inbound(card, port, intake, statistics, captures))
            .register()
            .syncUninterruptibly()
            .channel();
    // Not as an option of the bootstrap, nor before: a failure must never leave a socket open that
    // answers on every card. No SO_REUSEADDR: with it a second server on this port goes unnoticed.
    try {
      ByteBuffer name = ByteBuffer.allocate(IFNAMSIZ);
      name.put(card.name().getBytes(StandardCharsets.UTF_8)).rewind();
      channel
          .config()
          .setOption(
              new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, IFNAMSIZ),
              name);
      enlarge(channel);
      channel.bind(new InetSocketAddress(port)).sync();
      return new ChannelServer(channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close().syncUninterruptibly();
      throw new IOException("interrupted", e);
    } catch (Exception e) { // Netty rethrows checked ones unannounced
      channel.close().syncUninterruptibly();
      throw new IOException(explain(card, port, e), e);
    }
  }

  /** Needs CAP_NET_ADMIN; without it the socket has what SO_RCVBUF could give. */
  private static void enlarge(Channel channel) {
    try {
      channel
          .config()
          .setOption(
              new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, SO_RCVBUFFORCE),
              RECEIVE_BUFFER);
    } catch (ChannelException e) {
      LOG.debug("no larger receive buffer: {}", e.toString());
    }
  }

  private static String explain(Card card, int port, Exception e) {
    String where = "UDP port " + port + " on " + card.name();
    String cause = String.valueOf(e.getMessage());
    for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
      cause += " " + t.getMessage();
    }
    if (cause.contains("in use")) {
      return where
          + " is in use: another DHCP server runs on this computer. See which with: ss -ulpn 'sport"
          + " = :"
          + port
          + "', and stop it";
    }
    if (cause.contains("ermission denied") || cause.contains("not permitted")) {
      return where
          + " needs more rights: run as root, or under systemd with"
          + " AmbientCapabilities=CAP_NET_BIND_SERVICE CAP_NET_RAW";
    }
    return where + " cannot be opened: " + cause;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  void close() {
    channel.close().syncUninterruptibly();
  }

  /** The socket's end of the event loop; its {@link ReplyPath} belongs to the lane. */
  private static final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Card card;
    private final int port;
    private final Intake intake;
    private final DhcpStatistics statistics;
    private final Captures captures;
    private final PerMinute malformed = new PerMinute(SHOWN_PER_MINUTE);
    private @Nullable OutboxServer outbox;

    Inbound(Card card, int port, Intake intake, DhcpStatistics statistics, Captures captures) {
      this.card = card;
      this.port = port;
      this.intake = intake;
      this.statistics = statistics;
      this.captures = captures;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      outbox = new OutboxServer(context.channel(), card.segment());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      byte[] payload = ByteBufUtil.getBytes(datagram.content());
      InetSocketAddress sender = datagram.sender();
      Ipv4 source = sender.getAddress() instanceof Inet4Address ipv4 ? Ipv4.of(ipv4) : Ipv4.ANY;
      Arrival at = card.arrival(port, source, sender.getPort());
      captures.heard(payload, at);
      try {
        DhcpPacket packet = DhcpCodec.decode(payload);
        intake.each().accept(new Received(packet, at, Objects.requireNonNull(outbox)));
      } catch (MalformedPacket e) {
        statistics.countSilence(card.segment(), Reason.MALFORMED_PACKET);
        say(malformed.next(Instant.now()), datagram.sender(), e, payload);
      }
    }

    /** After all that one look at the socket gave: the lane takes it as one batch. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      intake.wake().run();
    }

    private void say(
        PerMinute.Say say, InetSocketAddress sender, MalformedPacket why, byte[] payload) {
      if (say == PerMinute.Say.NO) {
        return;
      }
      LOG.warn(
          "{}: a packet from {} is not DHCP: {}: {}",
          card.segment(),
          sender,
          why.getMessage(),
          HexFormat.of().formatHex(payload, 0, Math.min(payload.length, 320)));
      if (say == PerMinute.Say.LAST) {
        LOG.warn(
            "{}: for a minute more packets that are not DHCP are only counted, in /metrics",
            card.segment());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The card went away or the network is down: the next look at the cards deals with it.
      LOG.warn("{}: {}", card.segment(), cause.toString());
    }
  }
}
