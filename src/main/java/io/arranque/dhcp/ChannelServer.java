package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.timeline.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
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

  /** Some four thousand packets: a whole room at once, while the JVM warms up. */
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** No DHCP message that is not fragmented is larger. */
  private static final int DATAGRAM = 2048;

  private static final int MALFORMED_SHOWN = 20;
  private static final Logger LOG = LoggerFactory.getLogger(ChannelServer.class);

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
      Consumer<LaneServer.Received> lane,
      DhcpStatistics statistics)
      throws IOException {
    Channel channel =
        new Bootstrap()
            .group(group)
            .channel(EpollDatagramChannel.class)
            .option(ChannelOption.SO_BROADCAST, true)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM))
            .handler(new Inbound(card, port, lane, statistics))
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

  private static final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Card card;
    private final int port;
    private final Consumer<LaneServer.Received> lane;
    private final DhcpStatistics statistics;
    private int malformedShown;

    Inbound(Card card, int port, Consumer<LaneServer.Received> lane, DhcpStatistics statistics) {
      this.card = card;
      this.port = port;
      this.lane = lane;
      this.statistics = statistics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      byte[] payload = ByteBufUtil.getBytes(datagram.content());
      try {
        DhcpPacket packet = DhcpCodec.decode(payload);
        InetSocketAddress sender = datagram.sender();
        Ipv4 source = sender.getAddress() instanceof Inet4Address ipv4 ? Ipv4.of(ipv4) : Ipv4.ANY;
        Arrival at = card.arrival(port, source, sender.getPort());
        lane.accept(
            new LaneServer.Received(packet, at, (reply, to) -> send(context.channel(), reply, to)));
      } catch (MalformedPacket e) {
        statistics.countSilence(Reason.MALFORMED_PACKET);
        if (malformedShown++ < MALFORMED_SHOWN) {
          LOG.warn(
              "{}: a packet from {} is not DHCP: {}: {}",
              card.segment(),
              datagram.sender(),
              e.getMessage(),
              HexFormat.of().formatHex(payload, 0, Math.min(payload.length, 320)));
          if (malformedShown == MALFORMED_SHOWN) {
            LOG.warn(
                "{}: more packets that are not DHCP are only counted, in /metrics", card.segment());
          }
        }
      }
    }

    private void send(Channel channel, byte[] payload, Destination to) {
      InetSocketAddress address = new InetSocketAddress(to.address().toInetAddress(), to.port());
      channel
          .writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(payload), address))
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  LOG.warn(
                      "{}: a reply to {} was not sent: {}",
                      card.segment(),
                      address,
                      String.valueOf(sent.cause()));
                }
              });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The card went away or the network is down: the next look at the cards deals with it.
      LOG.warn("{}: {}", card.segment(), cause.toString());
    }
  }
}
