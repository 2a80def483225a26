package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpAnswer.InFile;
import io.arranque.tftp.TftpAnswer.InMemory;
import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All transfers under way: how many, whose, and which still wait for a sign of life. */
final class TransfersServer implements TransferServer.Owner {
  /** A request that is being answered, to know it again when the client repeats it. */
  private record Unconfirmed(Ipv4 client, int port, ReadRequest request) {
    static Unconfirmed of(TransferServer.Order order) {
      return new Unconfirmed(order.client(), order.port(), order.request());
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(TransfersServer.class);
  private final EventLoopGroup loops;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final TransferLimits limits;
  private final TransferListener listener;
  private final Admission admission;
  private final Set<Unconfirmed> unconfirmed = ConcurrentHashMap.newKeySet();

  TransfersServer(EventLoopGroup loops, TftpServerSettings settings, TransferListener listener) {
    this.loops = loops;
    this.limits = settings.limits();
    this.listener = listener;
    this.admission = new Admission(settings.maxTransfers(), settings.maxPerClient());
  }

  /**
   * Whether this very request is being answered: then the client has lost patience before our first
   * packet came, and a second transfer would only confuse it. Ours is repeated anyway.
   */
  boolean isBeingAnswered(TransferServer.Order order) {
    return unconfirmed.contains(Unconfirmed.of(order));
  }

  /**
   * Starts a transfer on a socket of its own.
   *
   * @param local the address that was asked; the answers leave from it
   * @return why not, when it is refused
   */
  Optional<Refused> begin(TransferServer.Order order, Ipv4 local, Supplier<TftpAnswer> lookUp) {
    Optional<Refused> full =
        switch (admission.enter(order.client())) {
          case SERVER_FULL -> Optional.of(refused("the server is busy, try again"));
          case CLIENT_FULL -> Optional.of(refused("too many transfers from this address"));
          case ADMITTED -> Optional.empty();
        };
    if (full.isPresent()) {
      return full;
    }
    boolean begun = false;
    try {
      TftpAnswer answer = lookUp.get();
      if (answer instanceof Refused refused) {
        return Optional.of(refused);
      }
      ContentServer content = content(answer, order.request().mode());
      begun = true;
      begin(order, local, content);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(refused(order.file() + ": " + e.getMessage()));
    } finally {
      if (!begun) {
        admission.leave(order.client());
      }
    }
  }

  private void begin(TransferServer.Order order, Ipv4 local, ContentServer content) {
    unconfirmed.add(Unconfirmed.of(order));
    TransferServer transfer = new TransferServer(order, content, limits, this);
    listener.started(
        order.client(), order.port(), order.file(), content.size(), transfer::acknowledgedOctets);
    ChannelFuture bound =
        TftpServer.socket(loops)
            .handler(transfer)
            .bind(new InetSocketAddress(local.toInetAddress(), 0));
    open.add(bound.channel());
    bound.addListener(
        done -> {
          if (!done.isSuccess()) {
            transfer.abandon(done.cause());
          }
        });
  }

  /**
   * Sends one packet from a socket of its own, like every answer: Commons Net, for one, takes none
   * from the port it sent the request to. Not repeated: a client that misses it asks again.
   */
  void refuse(TransferServer.Order order, Ipv4 local, ErrorPacket error) {
    TftpServer.socket(loops)
        .handler(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext context) {
                ByteBuf bytes = Unpooled.wrappedBuffer(TftpCodec.encode(error));
                context
                    .writeAndFlush(new DatagramPacket(bytes, order.address()))
                    .addListener(ChannelFutureListener.CLOSE);
              }
            })
        .bind(new InetSocketAddress(local.toInetAddress(), 0))
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                LOG.warn("TFTP: no socket to refuse {} with", order.client(), done.cause());
              }
            });
  }

  /** Ends all; to be called before the loops end, which would drop the reports. */
  void stop() {
    open.close().awaitUninterruptibly();
  }

  @Override
  public void confirmed(TransferServer.Order order) {
    unconfirmed.remove(Unconfirmed.of(order));
  }

  @Override
  public void ended(TransferServer.Order order, TransferReport report) {
    unconfirmed.remove(Unconfirmed.of(order));
    admission.leave(order.client());
    listener.finished(report);
  }

  private static ContentServer content(TftpAnswer answer, String mode) throws IOException {
    ContentServer content;
    if (answer instanceof InFile file) {
      content = ContentServer.of(file.path());
    } else if (answer instanceof InMemory memory) {
      content = ContentServer.of(memory.content());
    } else {
      throw new AssertionError(answer);
    }
    return mode.toLowerCase(Locale.ROOT).equals("netascii") ? content.asNetascii() : content;
  }

  private static Refused refused(String message) {
    return new Refused(ErrorPacket.UNDEFINED, message, Optional.empty());
  }
}
