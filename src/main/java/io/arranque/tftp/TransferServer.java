package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpPacket.Ack;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket, the timer and the open file of one {@link Transfer}. Lives on its channel's event
 * loop and is touched by no other thread.
 */
final class TransferServer extends SimpleChannelInboundHandler<DatagramPacket> {
  /**
   * What was asked for, by whom.
   *
   * @param port the client's; identifies the transfer on its side (RFC 1350 section 4)
   */
  record Order(ReadRequest request, String file, Ipv4 client, int port, Instant started) {
    InetSocketAddress address() {
      return new InetSocketAddress(client.toInetAddress(), port);
    }
  }

  /** Who keeps count of the transfers. */
  interface Owner {
    /** The client has acknowledged something: it exists, and has our answer. */
    void confirmed(Order order);

    /** Exactly once, at the end. */
    void ended(Order order, TransferReport report);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TransferServer.class);

  /** Strangers on our port are told so (RFC 1350 section 4), but not for ever. */
  private static final int STRANGERS_ANSWERED = 4;

  private final Order order;
  private final ContentServer content;
  private final TransferLimits limits;
  private final Owner owner;
  private final long startedNanos = System.nanoTime();
  private @Nullable Transfer transfer;
  private @Nullable Future<?> timer;
  private boolean confirmed;
  private boolean ended;
  private int strangers;

  TransferServer(Order order, ContentServer content, TransferLimits limits, Owner owner) {
    this.order = order;
    this.content = content;
    this.limits = limits;
    this.owner = owner;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    apply(context, Transfer.start(order.request(), content.size(), limits, now()));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    Transfer current = transfer;
    if (current == null || ended) {
      return;
    }
    if (!order.address().equals(datagram.sender())) {
      answerStranger(context, datagram.sender());
      return;
    }
    try {
      TftpPacket packet = TftpCodec.decode(ByteBufUtil.getBytes(datagram.content()));
      if (packet instanceof Ack ack) {
        apply(context, current.onAck(ack.block(), now()));
      } else if (packet instanceof ErrorPacket error) {
        apply(context, current.onError(error));
      }
    } catch (MalformedTftpPacket e) {
      LOG.debug("{}:{} sent no TFTP packet: {}", order.client(), order.port(), e.getMessage());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(context, Outcome.STOPPED, "the server was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      // A packet that could not leave is a lost packet: it will be sent again, or the client given
      // up.
      LOG.debug("TFTP to {}", order.client(), cause);
      return;
    }
    LOG.error("TFTP transfer of {} to {} broke", order.file(), order.client(), cause);
    end(context, Outcome.FAILED, "internal error");
  }

  /** So far; for other threads, which may see it a little late. */
  long acknowledgedOctets() {
    Transfer last = transfer;
    return last == null ? 0 : last.acknowledgedOctets();
  }

  /** The socket could not be made. */
  void abandon(Throwable cause) {
    finish(Outcome.FAILED, "no socket: " + cause.getMessage());
  }

  private void apply(ChannelHandlerContext context, Transfer.Step step) {
    Transfer before = transfer;
    Transfer next = step.next();
    transfer = next;
    if (next.confirmed() && !confirmed) {
      confirmed = true;
      owner.confirmed(order);
    }
    Optional<Transfer.Ending> ending = next.ending();
    if (ending.isPresent()) {
      end(context, ending.get().outcome(), ending.get().detail());
      return;
    }
    try {
      send(context, step.send(), next.terms().blockSize());
    } catch (IOException e) {
      LOG.warn("TFTP: {} cannot be read any more", order.file(), e);
      write(context, new ErrorPacket(ErrorPacket.UNDEFINED, "the file could not be read"));
      context.flush();
      end(context, Outcome.FAILED, "the file could not be read: " + e.getMessage());
      return;
    }
    if (before == null || !next.deadline().equals(before.deadline())) {
      schedule(context, next.deadline());
    }
  }

  private void send(ChannelHandlerContext context, Transfer.Send send, int blockSize)
      throws IOException {
    if (send instanceof Transfer.Send.Options options) {
      write(context, options.packet());
      context.flush();
    } else if (send instanceof Transfer.Send.Blocks blocks) {
      sendBlocks(context, blocks, blockSize);
    }
  }

  /**
   * Reads a whole window at once, on the event loop: loaders are read by every machine of the room,
   * so they lie in the page cache, and a read from it costs less than handing over to another
   * thread. A slow disk would hold up this loop's transfers, but not the hearing of requests.
   */
  private void sendBlocks(ChannelHandlerContext context, Transfer.Send.Blocks blocks, int blockSize)
      throws IOException {
    long offset = (blocks.first() - 1) * blockSize;
    long length = Math.min((long) blocks.count() * blockSize, content.size() - offset);
    ByteBuffer window = content.read(offset, (int) length);
    for (int i = 0; i < blocks.count(); i++) {
      int octets = Math.min(blockSize, window.remaining());
      ByteBuf packet = context.alloc().directBuffer(TftpCodec.DATA_HEADER + octets);
      packet.writeShort(TftpCodec.DATA);
      packet.writeShort((int) (blocks.first() + i));
      packet.writeBytes(window.slice(window.position(), octets));
      window.position(window.position() + octets);
      write(context, packet, order.address());
    }
    context.flush();
  }

  private void schedule(ChannelHandlerContext context, Instant deadline) {
    cancelTimer();
    long wait = Math.max(1, Duration.between(now(), deadline).toNanos());
    timer = context.executor().schedule(() -> onTimer(context), wait, TimeUnit.NANOSECONDS);
  }

  private void onTimer(ChannelHandlerContext context) {
    Transfer current = transfer;
    if (current != null && !ended) {
      apply(context, current.onTimeout(now()));
    }
  }

  private void cancelTimer() {
    Future<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  private void answerStranger(ChannelHandlerContext context, InetSocketAddress stranger) {
    if (strangers++ < STRANGERS_ANSWERED && stranger.getPort() != 0) {
      byte[] error =
          TftpCodec.encode(new ErrorPacket(ErrorPacket.UNKNOWN_TRANSFER, "not your transfer"));
      write(context, Unpooled.wrappedBuffer(error), stranger);
      context.flush();
    }
  }

  private void write(ChannelHandlerContext context, TftpPacket packet) {
    write(context, Unpooled.wrappedBuffer(TftpCodec.encode(packet)), order.address());
  }

  private static void write(ChannelHandlerContext context, ByteBuf bytes, InetSocketAddress to) {
    context
        .write(new DatagramPacket(bytes, to))
        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private void end(ChannelHandlerContext context, Outcome outcome, String detail) {
    cancelTimer();
    finish(outcome, detail);
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  private void finish(Outcome outcome, String detail) {
    if (ended) {
      return;
    }
    ended = true;
    content.close();
    Transfer last = transfer;
    owner.ended(
        order,
        new TransferReport(
            order.client(),
            order.port(),
            order.file(),
            content.size(),
            last == null ? 0 : last.acknowledgedOctets(),
            last == null ? 0 : last.terms().blockSize(),
            last == null ? 0 : last.terms().window(),
            last == null ? 0 : last.retransmissions(),
            order.started(),
            Duration.ofNanos(System.nanoTime() - startedNanos),
            outcome,
            Optional.empty(),
            detail));
  }

  /** The transfer's own time does not jump when the host's clock is set. */
  private Instant now() {
    return order.started().plusNanos(System.nanoTime() - startedNanos);
  }
}
