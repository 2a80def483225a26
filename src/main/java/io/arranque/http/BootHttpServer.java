package io.arranque.http;

import io.arranque.downloads.Budget;
import io.arranque.downloads.DownloadRegister;
import io.arranque.inventory.InventoryBook;
import io.arranque.plan.Planner;
import io.arranque.site.Site;
import io.arranque.timeline.Timeline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
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
  private static final int MAX_LINE = 4096;
  private static final int MAX_HEADERS = 8192;
  private static final int MAX_BODY = 16 * 1024;
  private static final int EVENT_LOOPS = 2;

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
   * @param downloads where each is written down, and the queue before them
   */
  public record Wiring(
      Supplier<Site> site,
      InventoryBook book,
      Timeline timeline,
      InstantSource clock,
      Supplier<String> nonces,
      LeasedAddresses leased,
      DownloadRegister downloads) {

    /** One in which nobody has to wait. */
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
        new DeskServer(new BootDesk(planner, settings.documentLife()), wiring, settings.hold());
    desk = asked;
    group = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, EpollIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(() -> new EpollServerSocketChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new Connections(asked));
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
    private final DeskServer asked;

    Connections(DeskServer asked) {
      this.asked = asked;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows a close
    protected void initChannel(SocketChannel channel) {
      InetSocketAddress remote = channel.remoteAddress();
      if (remote == null || !counted(channel, remote.getAddress())) {
        channel.close();
        return;
      }
      RequestClockServer clock = new RequestClockServer(settings);
      long idle = settings.idleTime().toMillis();
      channel
          .pipeline()
          .addLast(
              clock,
              new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_HEADERS),
              new WholeRequests(),
              // "true": sees progress within one large file, not only whole writes.
              new IdleStateHandler(true, 0, idle, 0, TimeUnit.MILLISECONDS),
              new ConnectionServer(wiring, asked, clock));
    }

    private boolean counted(SocketChannel channel, InetAddress address) {
      int all = connections.incrementAndGet();
      int own = perAddress.merge(address, 1, Integer::sum);
      channel
          .closeFuture()
          .addListener(
              closed -> {
                connections.decrementAndGet();
                perAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
              });
      return all <= settings.maxConnections() && own <= settings.maxPerAddress();
    }
  }

  /** Collects a request's body; one too large arrives as a malformed request, in its turn. */
  private static final class WholeRequests extends HttpObjectAggregator {
    WholeRequests() {
      super(MAX_BODY);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
      DefaultFullHttpRequest request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
      request.setDecoderResult(
          DecoderResult.failure(new TooLongHttpContentException("body too large")));
      ctx.fireChannelRead(request);
    }
  }
}
