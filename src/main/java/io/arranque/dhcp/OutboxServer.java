package io.arranque.dhcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies that go out through one socket. Filled by the lane; a whole batch is then handed to
 * the event loop at once, which sends it with one system call.
 */
final class OutboxServer implements LaneServer.ReplyPath {
  private static final int SHOWN_PER_MINUTE = 20;
  private static final Logger LOG = LoggerFactory.getLogger(OutboxServer.class);

  private final Channel channel;
  private final String segment;

  /** Touched by the event loop alone. */
  private final PerMinute failures = new PerMinute(SHOWN_PER_MINUTE);

  // All below: touched by the lane alone.

  private List<DatagramPacket> waiting = new ArrayList<>();

  /** Mostly all replies go to everybody, or to one relay. */
  private @Nullable Destination lastTo;

  private InetSocketAddress lastAddress = new InetSocketAddress(0);

  OutboxServer(Channel channel, String segment) {
    this.channel = channel;
    this.segment = segment;
  }

  @Override
  public void send(byte[] payload, Destination to) {
    if (!to.equals(lastTo)) {
      lastAddress = new InetSocketAddress(to.address().toInetAddress(), to.port());
      lastTo = to;
    }
    // Copied to where the kernel can read it; an array on the heap would be, too, but later.
    ByteBuf content = channel.alloc().directBuffer(payload.length);
    content.writeBytes(payload);
    waiting.add(new DatagramPacket(content, lastAddress));
  }

  @Override
  public void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<DatagramPacket> batch = waiting;
    waiting = new ArrayList<>(batch.size());
    channel.eventLoop().execute(() -> write(batch));
  }

  private void write(List<DatagramPacket> batch) {
    for (DatagramPacket letter : batch) {
      InetSocketAddress to = letter.recipient();
      channel
          .write(letter)
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  failed(to, sent.cause());
                }
              });
    }
    channel.flush();
  }

  private void failed(InetSocketAddress to, Throwable why) {
    if (failures.next(Instant.now()) != PerMinute.Say.NO) {
      LOG.warn("{}: a reply to {} was not sent: {}", segment, to, String.valueOf(why));
    }
  }
}
