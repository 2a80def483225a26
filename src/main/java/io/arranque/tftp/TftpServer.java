package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Hears read requests and starts a {@link TransferServer} on a socket of its own for each.
 *
 * <p>Threads: one event loop hears requests and asks {@link TftpFiles}; others, half as many as
 * there are processors, carry the transfers, each of which stays on one of them.
 */
public final class TftpServer implements AutoCloseable {
  /** More would gain nothing: one carries some 150,000 blocks a second, two gigabits. */
  private static final int CARRIERS_MAX = 4;

  /** A request has at most 512 octets (RFC 2347), an acknowledgement four. */
  private static final int DATAGRAM_MAX = 1024;

  private static final int RECEIVE_BUFFER = 1 << 20;

  private final TftpServerSettings settings;
  private final TftpFiles files;
  private final TransferListener listener;
  private final InstantSource clock;
  private final TransfersServer transfers;
  private final List<Channel> listening = new ArrayList<>();
  private final MultiThreadIoEventLoopGroup requestLoop = loops("tftp", 1);
  private final MultiThreadIoEventLoopGroup transferLoops =
      loops(
          "tftp-transfer",
          Math.max(1, Math.min(CARRIERS_MAX, Runtime.getRuntime().availableProcessors() / 2)));

  /** Listens only after {@link #start}. */
  public TftpServer(
      TftpServerSettings settings,
      TftpFiles files,
      TransferListener listener,
      InstantSource clock) {
    this.settings = settings;
    this.files = files;
    this.listener = listener;
    this.clock = clock;
    this.transfers = new TransfersServer(transferLoops, settings, listener);
  }

  /**
   * Begins to listen on every address.
   *
   * @throws IOException with a message that says what to do; the server is closed then
   */
  public void start() throws IOException {
    int port = settings.port();
    for (Ipv4 address : settings.addresses()) {
      ChannelFuture bound = listen(address, port).awaitUninterruptibly();
      if (!bound.isSuccess()) {
        close();
        throw explained(address, port, bound.cause());
      }
      listening.add(bound.channel());
      port = port();
    }
  }

  /**
   * The port listened on, also when any free one was asked for.
   *
   * @throws IllegalStateException before {@link #start}
   */
  public int port() {
    if (listening.isEmpty()) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) listening.get(0).localAddress()).getPort();
  }

  /** Ends every transfer as {@link Outcome#STOPPED} and waits until the sockets are closed. */
  @Override
  public void close() {
    boolean unused =
        requestLoop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    transfers.stop();
    unused = transferLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
  }

  private static MultiThreadIoEventLoopGroup loops(String name, int count) {
    return new MultiThreadIoEventLoopGroup(
        count, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
  }

  private ChannelFuture listen(Ipv4 address, int port) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(requestLoop)
            .channelFactory(() -> new EpollDatagramChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_MAX))
            .handler(new RequestServer(address, files, transfers, listener, clock));
    // A room that is switched on at once asks at once; the kernel's default holds about 150
    // requests.
    bootstrap.option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER);
    if (address.isAny()) {
      // The one way in which Netty tells which of the host's addresses a datagram was sent to.
      bootstrap.option(EpollChannelOption.IP_RECVORIGDSTADDR, true);
    }
    return bootstrap.bind(new InetSocketAddress(address.toInetAddress(), port));
  }

  private static IOException explained(Ipv4 address, int port, Throwable cause) {
    String what = "TFTP cannot listen on UDP " + address + ":" + port + ": ";
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    String hint = String.valueOf(cause.getMessage());
    if (message.contains("in use")) {
      hint =
          "another program has that port; find it with `ss -lunp sport = :"
              + port
              + "` and stop it (often tftpd-hpa, atftpd or dnsmasq), or set another tftp port";
    } else if (message.contains("permission denied")) {
      hint = "ports below 1024 need more rights: run as root or with CAP_NET_BIND_SERVICE";
    } else if (message.contains("assign requested address")) {
      hint = "no interface of this host has that address (yet)";
    }
    return new IOException(what + hint, cause);
  }
}
