package io.arranque.dhcp;

import io.arranque.address.Ipv4;
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
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket of one card for what is not our own service: questions to others, and their answers. */
final class CardSocketServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CardSocketServer.class);
  private static final int SOL_SOCKET = 1;
  private static final int SO_BINDTODEVICE = 25;
  private static final int IFNAMSIZ = 16;
  private static final int DATAGRAM = 2048;

  private final Channel channel;

  private CardSocketServer(Channel channel) {
    this.channel = channel;
  }

  /**
   * Hears what servers broadcast to clients.
   *
   * <p>Bound to the broadcast address and not to the wildcard: this box may be a DHCP client itself
   * (dhclient, systemd-networkd), and of two wildcard sockets with SO_REUSEADDR on one port the
   * kernel gives a unicast reply to one only, which would be its renewal lost. Broadcasts go to
   * all.
   *
   * @param heard payload and sender, on an event loop
   */
  static CardSocketServer listening(
      EventLoopGroup group, String card, BiConsumer<byte[], Ipv4> heard) throws IOException {
    return open(
        group,
        card,
        new InetSocketAddress(Ipv4.BROADCAST.toInetAddress(), Arrival.CLIENT),
        true,
        heard);
  }

  /** Only sends, from any port. */
  static CardSocketServer sending(EventLoopGroup group, String card) throws IOException {
    return open(
        group,
        card,
        new InetSocketAddress(Ipv4.ANY.toInetAddress(), 0),
        false,
        (bytes, from) -> {});
  }

  private static CardSocketServer open(
      EventLoopGroup group,
      String card,
      InetSocketAddress local,
      boolean shared,
      BiConsumer<byte[], Ipv4> heard)
      throws IOException {
    Channel channel =
        new Bootstrap()
            .group(group)
            .channelFactory(() -> new EpollDatagramChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.SO_BROADCAST, true)
            .option(ChannelOption.SO_REUSEADDR, shared)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM))
            .handler(new Inbound(card, heard))
            .register()
            .syncUninterruptibly()
            .channel();
    try {
      ByteBuffer name = ByteBuffer.allocate(IFNAMSIZ);
      name.put(card.getBytes(StandardCharsets.UTF_8)).rewind();
      channel
          .config()
          .setOption(
              new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, IFNAMSIZ),
              name);
      channel.bind(local).sync();
      return new CardSocketServer(channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close().syncUninterruptibly();
      throw new IOException("interrupted", e);
    } catch (Exception e) { // Netty rethrows checked ones unannounced
      channel.close().syncUninterruptibly();
      throw new IOException(
          "UDP port " + local.getPort() + " on " + card + " cannot be opened: " + e.getMessage(),
          e);
    }
  }

  /** Never blocks; what cannot be sent is lost, as on any network. */
  void send(byte[] payload, Ipv4 to, int port) {
    var unused =
        channel.writeAndFlush(
            new DatagramPacket(
                Unpooled.wrappedBuffer(payload), new InetSocketAddress(to.toInetAddress(), port)));
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
  }

  private static final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final String card;
    private final BiConsumer<byte[], Ipv4> heard;

    Inbound(String card, BiConsumer<byte[], Ipv4> heard) {
      this.card = card;
      this.heard = heard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      if (datagram.sender().getAddress() instanceof Inet4Address sender) {
        heard.accept(ByteBufUtil.getBytes(datagram.content()), Ipv4.of(sender));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("{}: {}", card, cause.toString());
    }
  }
}
