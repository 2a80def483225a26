package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.downloads.Download.Way;
import io.arranque.downloads.OpenDownload;
import io.arranque.http.BootAnswer.Archive;
import io.arranque.http.BootAnswer.Download;
import io.arranque.http.BootAnswer.Text;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: answers its requests one after the other, in their order, however many the client
 * sends ahead. Lives on its event loop alone.
 */
// A failed write closes the connection; nothing follows a close.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionServer extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(ConnectionServer.class);

  /** Requests sent ahead before we stop reading. */
  private static final int MAX_AHEAD = 16;

  /** For the client to read why it was refused before the connection is reset. */
  private static final int LINGER_SECONDS = 2;

  private final BootHttpServer.Wiring wiring;
  private final DeskServer desk;
  private final RequestClockServer clock;
  private final ArrayDeque<FullHttpRequest> ahead = new ArrayDeque<>();
  private @Nullable Turn turn;
  private boolean ending;

  /** The request that is being answered. */
  private record Turn(FullHttpRequest request, Ipv4 client, Instant began) {
    boolean isHead() {
      return HttpMethod.HEAD.equals(request.method());
    }

    boolean keepsAlive() {
      return request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request);
    }
  }

  ConnectionServer(BootHttpServer.Wiring wiring, DeskServer desk, RequestClockServer clock) {
    this.wiring = wiring;
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof FullHttpRequest request) || ending) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (turn == null) {
      begin(ctx, request);
      return;
    }
    ahead.add(request);
    if (ahead.size() >= MAX_AHEAD) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
    ctx.fireChannelInactive();
  }

  /** A download without progress. A request that is held makes none and is none. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent
        && ctx.channel().unsafe().outboundBuffer() != null
        && ctx.channel().unsafe().outboundBuffer().totalPendingWriteBytes() > 0) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("a bug: the connection of {} ends", ctx.channel().remoteAddress(), cause);
    }
    ctx.close();
  }

  private void begin(ChannelHandlerContext ctx, FullHttpRequest request) {
    clock.busy();
    SocketChannel channel = (SocketChannel) ctx.channel();
    Ipv4 client = Ipv4.of((Inet4Address) channel.remoteAddress().getAddress());
    Ipv4 local = Ipv4.of((Inet4Address) channel.localAddress().getAddress());
    Turn mine = new Turn(request, client, wiring.clock().instant());
    turn = mine;
    String body = request.content().toString(StandardCharsets.UTF_8);
    // Its line and headers stay readable.
    request.release();
    BootRequest asked =
        request.decoderResult().isSuccess()
            ? BootRoutes.parse(request.method().name(), request.uri())
            : malformed(request.decoderResult().cause());
    Exchange exchange = new Exchange(client, local, mine.began(), wiring.nonces().get(), body);
    desk.ask(asked, exchange, new ToClient(ctx, mine));
  }

  private static BootRequest malformed(Throwable cause) {
    int status =
        cause instanceof TooLongHttpContentException
            ? 413
            : cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    return new BootRequest.Refused(status, Reason.BAD_REQUEST, "", "");
  }

  private final class ToClient implements DeskServer.Reply {
    private final ChannelHandlerContext ctx;
    private final Turn mine;

    ToClient(ChannelHandlerContext ctx, Turn mine) {
      this.ctx = ctx;
      this.mine = mine;
    }

    @Override
    public void send(BootAnswer answer) {
      if (ctx.executor().inEventLoop()) {
        write(ctx, mine, answer);
      } else {
        ctx.executor().execute(() -> write(ctx, mine, answer));
      }
    }

    @Override
    public boolean gone() {
      return !ctx.channel().isActive();
    }
  }

  private void write(ChannelHandlerContext ctx, Turn mine, BootAnswer answer) {
    try {
      if (answer instanceof Text text) {
        byte[] body = text.body().getBytes(StandardCharsets.UTF_8);
        HttpResponse head = head(mine, text.status(), text.contentType(), body.length);
        text.headers().forEach(head.headers()::set);
        boolean close = text.status() == 500;
        whole(ctx, mine, head, body, close)
            .addListener(f -> record(mine, answer, body.length, f.isSuccess()));
      } else if (answer instanceof Archive archive) {
        byte[] body = CpioArchive.gzip(archive.files());
        HttpResponse head = head(mine, 200, "application/gzip", body.length);
        whole(ctx, mine, head, body, false)
            .addListener(f -> record(mine, answer, body.length, f.isSuccess()));
      } else if (answer instanceof BootAnswer.File file) {
        file(ctx, mine, file);
      } else {
        throw new AssertionError(answer);
      }
    } catch (RuntimeException | AssertionError e) {
      log.error("a bug: {} of {} was not sent", mine.request().uri(), mine.client(), e);
      ctx.close();
    }
  }

  private ChannelFuture whole(
      ChannelHandlerContext ctx, Turn mine, HttpResponse head, byte[] body, boolean close) {
    var response =
        new DefaultFullHttpResponse(
            head.protocolVersion(),
            head.status(),
            Unpooled.wrappedBuffer(body),
            head.headers(),
            LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders());
    if (close) {
      head.headers().set(HttpHeaderNames.CONNECTION, "close");
    }
    return ctx.writeAndFlush(response)
        .addListener(f -> finished(ctx, mine, f.isSuccess(), mine.keepsAlive() && !close));
  }

  private void file(ChannelHandlerContext ctx, Turn mine, BootAnswer.File file) {
    FileServer.Opened opened;
    try {
      opened =
          FileServer.open(
              wiring.site().get().folder().resolve(file.folder().folderName()), file.path());
    } catch (IOException e) {
      log.debug("{}: {}", file.path(), e.toString());
      Text refused = Text.refusal(404, Reason.FILE_MISSING, "");
      write(
          ctx,
          mine,
          file.download()
              .map(d -> refused.with(event(mine, d, Reason.FILE_MISSING, file, 0)))
              .orElse(refused));
      return;
    }
    boolean get = !mine.isHead();
    FileReply reply =
        FileReply.to(get, name -> mine.request().headers().get(name), opened.version());
    HttpResponse head = head(mine, reply.status(), FileServer.contentType(file.path()), -1);
    describe(head, reply, opened.version());
    ctx.write(head);
    DefaultFileRegion region = opened.region(reply);
    OpenDownload open = null;
    if (get && reply.length() > 0) {
      open =
          wiring
              .downloads()
              .begin(mine.client(), Way.HTTP, file.path(), reply.length(), region::transferred);
      ctx.write(region);
    } else {
      region.release();
    }
    OpenDownload begun = open;
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            f -> {
              if (begun != null) {
                boolean whole = f.isSuccess() && reply.length() == opened.version().size();
                wiring.downloads().end(begun, whole);
                file.download().ifPresent(d -> downloaded(mine, d, file, region, f.isSuccess()));
              }
              finished(ctx, mine, f.isSuccess(), mine.keepsAlive());
            });
  }

  private static void describe(HttpResponse head, FileReply reply, FileReply.Version version) {
    head.headers()
        .set(HttpHeaderNames.ETAG, version.tag())
        .set(HttpHeaderNames.LAST_MODIFIED, FileReply.date(version.modified()))
        .set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
    reply
        .contentRange(version.size())
        .ifPresent(range -> head.headers().set(HttpHeaderNames.CONTENT_RANGE, range));
    if (reply.status() != 304) {
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.length());
    }
  }

  private HttpResponse head(Turn mine, int status, String contentType, long length) {
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    head.headers()
        .set(HttpHeaderNames.DATE, FileReply.date(mine.began()))
        .set(HttpHeaderNames.CONTENT_TYPE, contentType);
    if (length >= 0) {
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
    if (!mine.keepsAlive()) {
      head.headers().set(HttpHeaderNames.CONNECTION, "close");
    } else if (!mine.request().protocolVersion().isKeepAliveDefault()) {
      head.headers().set(HttpHeaderNames.CONNECTION, "keep-alive");
    }
    return head;
  }

  /** How many bytes it became is only known here, where text and files became bytes. */
  private void record(Turn mine, BootAnswer answer, long bytes, boolean sent) {
    if (sent && !mine.isHead()) {
      // A report is something that the machine sent; how long our "thank you" is interests nobody.
      boolean report = HttpMethod.POST.equals(mine.request().method());
      answer
          .event()
          .map(event -> report ? event : event.withBytes(bytes))
          .ifPresent(wiring.timeline()::record);
    }
  }

  private void downloaded(
      Turn mine, Download download, BootAnswer.File file, DefaultFileRegion region, boolean sent) {
    Reason reason = sent ? Reason.OK : Reason.TRANSFER_ABORTED;
    wiring.timeline().record(event(mine, download, reason, file, region.transferred()));
  }

  private BootEvent event(
      Turn mine, Download download, Reason reason, BootAnswer.File file, long bytes) {
    Instant now = wiring.clock().instant();
    return new BootEvent(
        now,
        download.mac(),
        download.stage(),
        reason,
        Optional.of(mine.client()),
        file.path(),
        bytes,
        Duration.between(mine.began(), now));
  }

  private void finished(ChannelHandlerContext ctx, Turn mine, boolean sent, boolean goesOn) {
    if (!sent) {
      ctx.close();
      return;
    }
    if (!goesOn) {
      end(ctx, mine);
      return;
    }
    turn = null;
    FullHttpRequest next = ahead.poll();
    if (next == null) {
      clock.idle();
      ctx.channel().config().setAutoRead(true);
    } else {
      // Not from here: a long row of requests sent ahead would become as deep a stack.
      turn = mine;
      ctx.executor().execute(() -> begin(ctx, next));
    }
  }

  /**
   * What a client has sent and nobody read turns our close into a reset, which can overtake the
   * answer: so what still comes is thrown away for a moment.
   */
  private void end(ChannelHandlerContext ctx, Turn mine) {
    ending = true;
    if (mine.request().decoderResult().isSuccess()) {
      ctx.close();
      return;
    }
    ctx.channel().config().setAutoRead(true);
    ((SocketChannel) ctx.channel()).shutdownOutput();
    ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }
}
