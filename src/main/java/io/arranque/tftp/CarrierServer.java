package io.arranque.tftp;

import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Buffer;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One event loop and what its transfers share: buffers, files, and one look round for time-outs
 * instead of a timer each, which would be set and cancelled with every block. But for {@link
 * #execute} and {@link #transfers} everything happens on the loop.
 */
final class CarrierServer {
  /** An acknowledgement has four octets; an error's message may be long, and is cut then. */
  static final int IN_MAX = 1024;

  /** The largest UDP datagram, and at once what one call may hand to the kernel in segments. */
  static final int OUT_MAX = 65_507;

  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NEVER = Long.MAX_VALUE;
  private static final long FILES_KEPT_SECONDS = 60;

  private final IoEventLoop loop;
  private final FilePagesServer files = new FilePagesServer();
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_MAX);
  private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_MAX);
  private final long inAddress = Buffer.memoryAddress(in);
  private final long outAddress = Buffer.memoryAddress(out);
  private final List<TransferServer> active = new ArrayList<>();
  private final AtomicInteger transfers = new AtomicInteger();
  private @Nullable Future<?> look;
  private @Nullable Future<?> clearing;
  private long looksAt = NEVER;

  CarrierServer(IoEventLoop loop) {
    this.loop = loop;
  }

  void execute(Runnable task) {
    loop.execute(task);
  }

  boolean isRunning() {
    return !loop.isShuttingDown();
  }

  /** How many it carries, for whoever chooses among carriers. */
  int transfers() {
    return transfers.get();
  }

  IoEventLoop loop() {
    return loop;
  }

  FilePagesServer files() {
    return files;
  }

  /** Where a datagram is received; free for the next after each event. */
  ByteBuffer in() {
    return in;
  }

  long inAddress() {
    return inAddress;
  }

  long outAddress() {
    return outAddress;
  }

  /** Puts octets where the next datagram is sent from. */
  int fill(byte[] packet) {
    out.put(0, packet);
    return packet.length;
  }

  /**
   * Puts consecutive DATA packets there, one behind the other.
   *
   * @param first from 1, without rollover
   * @return octets
   */
  int fill(Content content, long first, int count, int blockSize) throws IOException {
    long offset = (first - 1) * blockSize;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int octets = (int) Math.min(blockSize, content.size() - offset);
      out.putShort(at, (short) TftpCodec.DATA);
      out.putShort(at + 2, (short) (first + i));
      content.copy(offset, octets, out, at + TftpCodec.DATA_HEADER);
      offset += octets;
      at += TftpCodec.DATA_HEADER + octets;
    }
    return at;
  }

  void add(TransferServer transfer) {
    active.add(transfer);
    transfers.incrementAndGet();
  }

  void remove(TransferServer transfer) {
    if (!active.remove(transfer)) {
      return;
    }
    transfers.decrementAndGet();
    if (active.isEmpty() && isRunning()) {
      Future<?> before = clearing;
      if (before != null) {
        before.cancel(false);
      }
      clearing = loop.schedule(this::clearWhenIdle, FILES_KEPT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A transfer wants to be called back then. Cheap when it is not before the next look. */
  void wakeAt(long deadline) {
    if (deadline < looksAt) {
      lookAt(deadline);
    }
  }

  /** Ends all transfers. */
  void stop() {
    List.copyOf(active).forEach(TransferServer::stop);
    files.clear();
  }

  private void clearWhenIdle() {
    if (active.isEmpty()) {
      files.clear();
    }
  }

  private void lookAt(long deadline) {
    Future<?> before = look;
    if (before != null) {
      before.cancel(false);
    }
    looksAt = deadline;
    long wait = Math.max(SHORTEST_LOOK, deadline - System.nanoTime());
    look = loop.schedule(this::lookRound, wait, TimeUnit.NANOSECONDS);
  }

  private void lookRound() {
    looksAt = NEVER;
    look = null;
    long now = System.nanoTime();
    long next = NEVER;
    // Backwards: whoever ends is taken out of the list.
    for (int i = active.size() - 1; i >= 0; i--) {
      TransferServer transfer = active.get(i);
      if (transfer.deadline() <= now) {
        transfer.onDeadline(now);
      }
    }
    for (TransferServer transfer : active) {
      next = Math.min(next, transfer.deadline());
    }
    if (next != NEVER) {
      lookAt(next);
    }
  }
}
