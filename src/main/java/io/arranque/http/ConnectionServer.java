package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.http.BootAnswer.Archive;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.RequestReader.Result;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
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

  /** Octets sent ahead above which we stop reading. */
  private static final int MAX_AHEAD = 16 * 1024;

  /** For the client to read why it was refused before the connection is reset. */
  private static final int LINGER_SECONDS = 2;

  private static final byte[] CONSENT = HeadWriter.ascii("HTTP/1.1 100 Continue\r\n\r\n");

  private final LoopServer loop;
  private final RequestReader reader = new RequestReader();
  private final Pace pace;
  private @Nullable Sending sending;
  private @Nullable Turn turn;
  private boolean proceeding;
  private boolean ending;

  /** The client will send no more; it may still want its answers. */
  private boolean silent;

  /** What exists once the connection stands. */
  record Sending(ChannelHandlerContext ctx, OutletServer outlet, Ipv4 client, Ipv4 local) {}

  ConnectionServer(LoopServer loop) {
    this.loop = loop;
    this.pace = new Pace(loop.limits, System.nanoTime());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    SocketChannel channel = (SocketChannel) ctx.channel();
    sending =
        new Sending(
            ctx,
            new OutletServer(loop, ctx),
            Ipv4.of((Inet4Address) channel.remoteAddress().getAddress()),
            Ipv4.of((Inet4Address) channel.localAddress().getAddress()));
    loop.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf octets) || ending) {
      ReferenceCountUtil.release(message);
      return;
    }
    int count = octets.readableBytes();
    octets.readBytes(reader.room(count), reader.end(), count);
    octets.release();
    reader.added(count);
    pace.heard(System.nanoTime());
    proceed();
    if (reader.waiting() > MAX_AHEAD && turn != null) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    sending().outlet().flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      resume();
    }
  }

  /** Some clients say so by closing their half, and then read. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      silent = true;
      resume();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.remove(this);
    sending().outlet().finish();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof DecoderException)) {
      log.error("a bug: the connection of {} ends", ctx.channel().remoteAddress(), cause);
    }
    ctx.close();
  }

  /** Whether it has used up its time; asked now and then. */
  boolean isLate(long now) {
    return pace.isLate(now, sending().outlet().pending());
  }

  void cut() {
    log.debug("{} was too slow: {}", sending().client(), turn);
    pace.cut();
    sending().ctx().close();
  }

  Sending sending() {
    Sending stands = sending;
    if (stands == null) {
      throw new IllegalStateException("not connected");
    }
    return stands;
  }

  /** Answers what has come, as far as answers are at hand. */
  private void proceed() {
    if (proceeding) {
      return;
    }
    proceeding = true;
    try {
      while (turn == null && !ending && !sending().outlet().isFull()) {
        Result result = reader.read();
        if (result == Result.MORE) {
          if (reader.takeConsentDue()) {
            sending().outlet().add(CONSENT, 0, CONSENT.length);
          }
          if (silent) {
            end(false);
          }
          break;
        }
        begin(result == Result.REQUEST ? reader.head() : null);
      }
    } finally {
      proceeding = false;
    }
    if (turn == null && !ending) {
      sending().ctx().channel().config().setAutoRead(true);
    }
  }

  void resume() {
    proceed();
    sending().outlet().flush();
  }

  private void begin(@Nullable RequestHead head) {
    pace.busy();
    Turn mine = new Turn(head, loop.wiring.clock().instant());
    turn = mine;
    BootRequest asked =
        head == null
            ? new BootRequest.Refused(
                reader.malformed().status(), Reason.BAD_REQUEST, reader.malformed().detail(), "")
            : loop.parse(head);
    String body = mine.isReport() ? new String(reader.body(), StandardCharsets.UTF_8) : "";
    Exchange exchange = new Exchange(sending().client(), sending().local(), mine.began(), "", body);
    BootAnswer answer = loop.desk.ready(asked, exchange);
    if (answer == null) {
      loop.desk.ask(asked, exchange, new ToClient(mine));
    } else {
      write(mine, answer);
    }
  }

  private final class ToClient implements DeskServer.Reply {
    private final Turn mine;

    ToClient(Turn mine) {
      this.mine = mine;
    }

    @Override
    public void send(BootAnswer answer) {
      ChannelHandlerContext ctx = sending().ctx();
      // Here and not on the loop: to compress takes a while.
      byte[] archive = answer instanceof Archive a ? CpioArchive.gzip(a.files()) : new byte[0];
      if (ctx.executor().inEventLoop()) {
        write(mine, answer, archive);
      } else {
        ctx.executor()
            .execute(
                () -> {
                  write(mine, answer, archive);
                  resume();
                });
      }
    }

    @Override
    public boolean gone() {
      // One that went away looks at first like one that only says no more.
      return silent || !sending().ctx().channel().isActive();
    }
  }

  void write(Turn mine, BootAnswer answer) {
    write(mine, answer, new byte[0]);
  }

  private void write(Turn mine, BootAnswer answer, byte[] archive) {
    try {
      if (answer instanceof Text text) {
        boolean close = text.status() == 500 || !mine.keepsAlive();
        HeadWriter head = ReplyHead.type(begun(mine, text.status(), !close), text.contentType());
        text.headers().forEach(head::header);
        whole(mine, head, text.body().getBytes(StandardCharsets.UTF_8), answer.event(), close);
      } else if (answer instanceof Archive its) {
        HeadWriter head = ReplyHead.type(begun(mine, 200, mine.keepsAlive()), "application/gzip");
        if (its.secret()) {
          head.header("cache-control", "no-store");
        }
        whole(mine, head, archive, answer.event(), !mine.keepsAlive());
      } else if (answer instanceof BootAnswer.File file) {
        new FileAnswerServer(loop, this, pace, mine, file).answer(true);
      } else {
        throw new AssertionError(answer);
      }
    } catch (RuntimeException | AssertionError e) {
      log.error("a bug: {} of {} was not sent", mine, sending().client(), e);
      sending().ctx().close();
    }
  }

  private HeadWriter begun(Turn mine, int status, boolean goesOn) {
    return ReplyHead.begin(loop.head, mine, status, loop.date(mine.began()), goesOn);
  }

  private void whole(
      Turn mine, HeadWriter head, byte[] body, Optional<BootEvent> event, boolean close) {
    OutletServer outlet = sending().outlet();
    outlet.add(ReplyHead.end(head, body.length));
    if (!mine.isHead()) {
      outlet.add(body, 0, body.length);
      if (event.filter(loop::isTold).isPresent()) {
        // What a machine reports is something that it sent; how long our thanks are interests
        // nobody.
        outlet.recordWhenSent(mine.isReport() ? event.get() : event.get().withBytes(body.length));
      }
    }
    finished(!close);
  }

  /** The answer is on its way. */
  void finished(boolean goesOn) {
    boolean refused = turn == null || turn.head() == null;
    turn = null;
    if (ending) {
      return;
    }
    if (!goesOn) {
      end(refused || reader.waiting() > 0);
      return;
    }
    reader.next();
    pace.answered(System.nanoTime(), reader.waiting() > 0);
  }

  /**
   * What a client has sent and nobody read turns our close into a reset, which can overtake the
   * answer: so what still comes is thrown away for a moment.
   */
  private void end(boolean lingers) {
    ending = true;
    // The last answer has to be taken in time as well.
    pace.answered(System.nanoTime(), false);
    ChannelHandlerContext ctx = sending().ctx();
    sending().outlet().flush();
    Channel channel = ctx.channel();
    var written = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (!lingers) {
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    channel.config().setAutoRead(true);
    written.addListener(f -> ((SocketChannel) channel).shutdownOutput());
    ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }
}
