package io.arranque.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which no whole request comes in time: soon after its first bytes, so that
 * nobody can keep connections busy by sending a letter now and then, and later when nothing comes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing follows a close
final class RequestClockServer extends ChannelInboundHandlerAdapter {
  private final Duration requestTime;
  private final Duration idleTime;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> deadline;
  private boolean awaitingFirstByte;

  RequestClockServer(BootHttpSettings settings) {
    this.requestTime = settings.requestTime();
    this.idleTime = settings.idleTime();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    closeIn(requestTime);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (awaitingFirstByte) {
      closeIn(requestTime);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    busy();
    ctx.fireChannelInactive();
  }

  /** A request has come and is being answered. */
  void busy() {
    awaitingFirstByte = false;
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** It was answered; the next may come. */
  void idle() {
    closeIn(idleTime);
    awaitingFirstByte = true;
  }

  private void closeIn(Duration time) {
    busy();
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      deadline = ctx.executor().schedule(() -> ctx.close(), time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
