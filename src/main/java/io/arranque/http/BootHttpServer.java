package io.arranque.http;

import io.arranque.downloads.Budget;
import io.arranque.downloads.DownloadRegister;
import io.arranque.inventory.InventoryBook;
import io.arranque.plan.Planner;
import io.arranque.site.Site;
import io.arranque.timeline.Timeline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The boot plane over HTTP: scripts, kernels, documents and reports, on Netty's epoll transport.
 * Never redirects, since UEFI firmware does not follow.
 */
public final class BootHttpServer implements AutoCloseable {
  /** More would wait for the same cards. */
  private static final int MOST_LOOPS = 8;

  /** Requests are small: larger reads would only make room for more of them at once. */
  private static final int READ_SIZE = 4096;

  private static final int READS_AT_ONCE = 4;
  private static final int REFUSAL_MILLIS = 500;
  private static final byte[] TOO_MANY =
      HeadWriter.ascii(
          "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\nretry-after: 5\r\n"
              + "connection: close\r\ncontent-length: 30\r\n\r\nToo many connections at once.\n");

  private final BootHttpSettings settings;
  private final Planner planner;
  private final Wiring wiring;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
  private @Nullable EventLoopGroup group;
  private @Nullable DeskServer desk;
  private @Nullable Channel listener;

  /**
   * What the boot plane works with.
   *
   * @param site the present site
   * @param nonces fresh ones: random, 128 bits as 32 hex digits
   * @param leased what our own DHCP has given
   * @param missing files of images that come from elsewhere when they are asked for
   * @param downloads where each is written down, and the queue before them
   */
  public record Wiring(
      Supplier<Site> site,
      InventoryBook book,
      Timeline timeline,
      InstantSource clock,
      Supplier<String> nonces,
      LeasedAddresses leased,
      MissingFiles missing,
      DownloadRegister downloads) {

    /** One whose files are all there, and in which nobody has to wait. */
    public Wiring(
        Supplier<Site> site,
        InventoryBook book,
        Timeline timeline,
        InstantSource clock,
        Supplier<String> nonces,
        LeasedAddresses leased) {
      this(
          site,
          book,
          timeline,
          clock,
          nonces,
          leased,
          MissingFiles.NONE,
          new DownloadRegister(() -> Budget.UNLIMITED, clock));
    }
  }

  public BootHttpServer(BootHttpSettings settings, Planner planner, Wiring wiring) {
    this.settings = settings;
    this.planner = planner;
    this.wiring = wiring;
  }

  /**
   * Begins to serve.
   *
   * @throws IOException when it cannot listen; the message says what to do
   */
  public synchronized void start() throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException("Linux's epoll cannot be used", Epoll.unavailabilityCause());
    }
    DeskServer asked =
        new DeskServer(
            new BootDesk(planner, settings.documentLife(), settings.repeats()),
            wiring,
            settings.hold());
    desk = asked;
    int count = Math.max(2, Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));
    EventLoopGroup started = new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory());
    group = started;
    Map<EventExecutor, LoopServer> loops = new IdentityHashMap<>();
    for (EventExecutor each : started) {
      LoopServer loop = new LoopServer((EventLoop) each, wiring, asked, settings.limits());
      loops.put(each, loop);
      loop.start();
    }
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(started)
            .channelFactory(() -> new EpollServerSocketChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(READ_SIZE).maxMessagesPerRead(READS_AT_ONCE))
            .childHandler(new Connections(loops));
    InetSocketAddress address =
        new InetSocketAddress(settings.bindAddress().toInetAddress(), settings.port());
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new IOException(whyNot(bound.cause()), bound.cause());
    }
    listener = bound.channel();
  }

  /** The port it listens on. */
  public synchronized int port() {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** To be called when the site was loaded anew: machines that wait may have a role now. */
  public synchronized void siteChanged() {
    if (desk != null) {
      desk.siteChanged();
    }
  }

  /** Ends at once, also what is being sent. */
  @Override
  public synchronized void close() {
    if (desk != null) {
      desk.close();
      desk = null;
    }
    if (group != null) {
      boolean unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
      group = null;
    }
    listener = null;
  }

  private String whyNot(Throwable cause) {
    String where = "HTTP port " + settings.port() + " of " + settings.bindAddress();
    String message = String.valueOf(cause.getMessage());
    if (message.contains("in use")) {
      return where
          + " is taken by another program. Find it with 'ss -ltnp sport = :"
          + settings.port()
          + "' and stop it, or set another port in arranque.yaml: http: { port: … }";
    }
    return where + " cannot be opened: " + message;
  }

  /** Equips a new connection, or closes it when there are too many. */
  private final class Connections extends ChannelInitializer<SocketChannel> {
    private final Map<EventExecutor, LoopServer> loops;

    Connections(Map<EventExecutor, LoopServer> loops) {
      this.loops = loops;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows a close
    protected void initChannel(SocketChannel channel) {
      InetSocketAddress remote = channel.remoteAddress();
      LoopServer loop = loops.get(channel.eventLoop());
      if (remote == null || loop == null) {
        channel.close();
      } else if (counted(channel, remote.getAddress())) {
        channel.pipeline().addLast(new ConnectionServer(loop));
      } else {
        refuse(channel);
      }
    }

    /** Says why, and gives the client a moment to read it before its request meets a reset. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows a close
    private void refuse(SocketChannel channel) {
      channel
          .writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY))
          .addListener(written -> channel.shutdownOutput());
      channel.eventLoop().schedule(() -> channel.close(), REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether there is room for it. One that is refused counts no more: it is gone in a moment. */
    private boolean counted(SocketChannel channel, InetAddress address) {
      BootHttpSettings.Limits limits = settings.limits();
      int all = connections.incrementAndGet();
      int own = perAddress.merge(address, 1, Integer::sum);
      if (all > limits.maxConnections() || own > limits.maxPerAddress()) {
        left(address);
        return false;
      }
      channel.closeFuture().addListener(closed -> left(address));
      return true;
    }

    private void left(InetAddress address) {
      connections.decrementAndGet();
      perAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
    }
  }
}
