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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
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
  private static final int RENEWAL_SECONDS = 60;
  private static final String TOO_MANY_TEXT = "Too many connections at once.\n";
  private static final byte[] TOO_MANY =
      ReplyHead.end(
              new HeadWriter()
                  .put(Status.line(503))
                  .header("content-type", BootAnswer.PLAIN)
                  .header("retry-after", "5")
                  .header("connection", "close"),
              TOO_MANY_TEXT.length())
          .put(TOO_MANY_TEXT)
          .copy();

  private final BootHttpSettings settings;
  private final Planner planner;
  private final Wiring wiring;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
  private @Nullable EventLoopGroup group;
  private @Nullable DeskServer desk;
  private @Nullable Channel listener;
  private Map<EventExecutor, LoopServer> perLoop = Map.of();

  /** The certificate to trust, once HTTPS is spoken. */
  private volatile String authority = "";

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

  /**
   * How the boot plane speaks HTTPS beside HTTP.
   *
   * @param port 0 for any that is free
   * @param folder where its certificate authority is kept; made when it is not there
   * @param name of the appliance, for people who look at the authority's certificate
   * @param names host names and addresses under which it is reached just now; at least one
   */
  public record Secure(int port, Path folder, String name, Supplier<Set<String>> names) {}

  /** HTTPS while it is spoken. */
  public static final class Encrypted implements AutoCloseable {
    private final Channel channel;
    private final Future<?> renewal;

    private Encrypted(Channel channel, Future<?> renewal) {
      this.channel = channel;
      this.renewal = renewal;
    }

    /** The port it listens on. */
    public int port() {
      return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** No new connections; those that are open go on. */
    @Override
    public void close() {
      renewal.cancel(false);
      boolean unused = channel.close().awaitUninterruptibly(5_000);
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
            new BootDesk(planner, settings.documentLife(), settings.repeats(), () -> authority),
            wiring,
            settings.hold());
    desk = asked;
    int count = Math.max(2, Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));
    EventLoopGroup started = new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory());
    group = started;
    Map<EventExecutor, LoopServer> loops = new HashMap<>();
    for (EventExecutor each : started) {
      LoopServer loop = new LoopServer((EventLoop) each, wiring, asked, settings.limits());
      loops.put(each, loop);
      loop.start();
    }
    perLoop = loops;
    try {
      listener = listen(settings.port(), new Connections(loops, Optional.empty()));
    } catch (BindFailure e) {
      close();
      throw new IOException(whyNot("http", settings.port(), e), e);
    }
  }

  /**
   * Begins to speak HTTPS as well, on a port of its own.
   *
   * @throws IOException when it cannot; the message says what to do
   */
  public synchronized Encrypted startSecure(Secure secure) throws IOException {
    EventLoopGroup running = group;
    if (running == null) {
      throw new IOException("HTTPS waits for the boot plane over HTTP");
    }
    TlsServer tls = new TlsServer(secure, wiring.clock());
    Channel channel;
    try {
      channel = listen(secure.port(), new Connections(perLoop, Optional.of(tls)));
    } catch (BindFailure e) {
      throw new IOException(whyNot("https", secure.port(), e), e);
    }
    authority = tls.authority();
    return new Encrypted(
        channel,
        running
            .next()
            .scheduleAtFixedRate(tls::renew, RENEWAL_SECONDS, RENEWAL_SECONDS, TimeUnit.SECONDS));
  }

  private Channel listen(int port, Connections connections) throws BindFailure {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(() -> new EpollServerSocketChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(READ_SIZE).maxMessagesPerRead(READS_AT_ONCE))
            .childHandler(connections);
    ChannelFuture bound =
        bootstrap
            .bind(new InetSocketAddress(settings.bindAddress().toInetAddress(), port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new BindFailure(bound.cause());
    }
    return bound.channel();
  }

  /** A port that could not be opened. */
  private static final class BindFailure extends Exception {
    private static final long serialVersionUID = 1L;

    BindFailure(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
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

  private String whyNot(String key, int port, BindFailure cause) {
    String where = key.toUpperCase(Locale.ROOT) + " port " + port + " of " + settings.bindAddress();
    String message = String.valueOf(cause.getMessage());
    if (message.contains("in use")) {
      return where
          + " is taken by another program. Find it with 'ss -ltnp sport = :"
          + port
          + "' and stop it, or set another port in arranque.yaml: "
          + key
          + ": { port: … }";
    }
    return where + " cannot be opened: " + message;
  }

  /** Equips a new connection, or closes it when there are too many. */
  private final class Connections extends ChannelInitializer<SocketChannel> {
    private final Map<EventExecutor, LoopServer> loops;
    private final Optional<TlsServer> tls;

    Connections(Map<EventExecutor, LoopServer> loops, Optional<TlsServer> tls) {
      this.loops = loops;
      this.tls = tls;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing follows a close
    protected void initChannel(SocketChannel channel) {
      InetSocketAddress remote = channel.remoteAddress();
      LoopServer loop = loops.get(channel.eventLoop());
      if (remote == null || loop == null) {
        channel.close();
      } else if (counted(channel, remote.getAddress())) {
        tls.ifPresent(t -> t.equip(channel, settings.limits().requestTime()));
        channel.pipeline().addLast(new ConnectionServer(loop));
      } else if (tls.isPresent()) {
        channel.close();
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
