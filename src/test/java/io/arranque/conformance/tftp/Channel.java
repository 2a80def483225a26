package io.arranque.conformance.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A bad line between a client and the server: drops, doubles and reorders what goes either way, by
 * a seed.
 */
final class Channel {
  /**
   * How bad the line is.
   *
   * @param loss how many of a hundred are lost
   * @param doubled how many of a hundred come twice
   * @param late how many of a hundred are overtaken by the next
   */
  record Quality(int loss, int doubled, int late) {
    static final Quality PERFECT = new Quality(0, 0, 0);
  }

  private final Client client;
  private final Quality quality;
  private final Random random;
  private final Deque<Packet> arrived = new ArrayDeque<>();
  private @Nullable Packet lateIn;
  private byte @Nullable [] lateOut;
  private @Nullable InetSocketAddress lateTo;

  Channel(Client client, Quality quality, long seed) {
    this.client = client;
    this.quality = quality;
    this.random = new Random(seed);
  }

  private boolean happens(int ofHundred) {
    return random.nextInt(100) < ofHundred;
  }

  void send(byte[] octets, InetSocketAddress to) throws IOException {
    byte[] before = lateOut;
    InetSocketAddress beforeTo = lateTo;
    lateOut = null;
    if (before == null && happens(quality.late())) {
      lateOut = octets;
      lateTo = to;
      return;
    }
    if (!happens(quality.loss())) {
      client.send(octets, to);
      if (happens(quality.doubled())) {
        client.send(octets, to);
      }
    }
    if (before != null && beforeTo != null) {
      client.send(before, beforeTo);
    }
  }

  Optional<Packet> next(Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (arrived.isEmpty()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Optional<Packet> packet = left.isNegative() ? Optional.empty() : client.next(left);
      if (packet.isEmpty()) {
        // What nothing overtakes is late only.
        Packet last = lateIn;
        lateIn = null;
        return Optional.ofNullable(last);
      }
      arrive(packet.get());
    }
    return Optional.of(arrived.remove());
  }

  private void arrive(Packet packet) {
    if (happens(quality.loss())) {
      return;
    }
    Packet before = lateIn;
    lateIn = null;
    if (before == null && happens(quality.late())) {
      lateIn = packet;
      return;
    }
    arrived.add(packet);
    if (happens(quality.doubled())) {
      arrived.add(packet);
    }
    if (before != null) {
      arrived.add(before);
    }
  }
}
