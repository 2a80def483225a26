package io.arranque.tftp;

import io.arranque.tftp.TftpPacket.Ack;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.timeline.Reason;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket and the content of one {@link Transfer}. Everything but the constructor and {@link
 * #giveWay} happens on its carrier's event loop.
 *
 * <p>It is registered with the loop directly instead of through a Netty channel: with a window of
 * one, what lies between two system calls decides how fast the file arrives.
 */
final class TransferServer implements EpollIoHandle, Admission.Occupant {
  /** Who keeps count of the transfers. */
  interface Owner {
    /** The content is there and its first packet is about to leave. */
    void started(Order order, long size, Underway transfer);

    /** Exactly once, at the end. */
    void ended(TransferServer transfer, TransferReport report);
  }

  private static final Logger LOG = LoggerFactory.getLogger(TransferServer.class);
  private static final long NEVER = Long.MAX_VALUE;
  private static final long HEARD_STEP = TimeUnit.MILLISECONDS.toNanos(100);

  private final Order order;
  private final CarrierServer carrier;
  private final TransferLimits limits;
  private final Owner owner;
  private final long startedAt = System.nanoTime();
  private @Nullable TransferSocketServer socket;
  private @Nullable IoRegistration registration;
  private @Nullable Content content;
  private @Nullable Transfer transfer;
  private long unsent;
  private int unsentCount;
  private boolean ended;
  private volatile boolean confirmed;
  private volatile long heardAt = startedAt;

  TransferServer(Order order, CarrierServer carrier, TransferLimits limits, Owner owner) {
    this.order = order;
    this.carrier = carrier;
    this.limits = limits;
    this.owner = owner;
  }

  /** Sends the first packet; also failures are told by way of the owner. */
  void start(TftpAnswer answer) {
    if (ended) {
      return;
    }
    carrier.add(this);
    try {
      TransferSocketServer opened = TransferSocketServer.open(order);
      socket = opened;
      Content found = content(answer);
      content = found;
      long now = System.nanoTime();
      Transfer begun =
          new Transfer(order.request(), found.size(), limits.within(opened.pathMtu()), now);
      transfer = begun;
      opened.prepare(begun.terms().blockSize(), begun.terms().window());
      register();
      opened.hearStrangers(carrier.loop());
      Terms terms = begun.terms();
      owner.started(
          order,
          found.size(),
          new Underway(terms.blockSize(), terms.window(), begun::acknowledgedOctets));
      take(begun.start(now));
    } catch (IOException e) {
      fail(Outcome.REFUSED, Reason.FILE_MISSING, order.file() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  /** When {@link #onDeadline} is due. */
  long deadline() {
    Transfer current = transfer;
    return current == null ? NEVER : current.deadline();
  }

  void onDeadline(long now) {
    Transfer current = transfer;
    if (current == null || ended) {
      return;
    }
    try {
      take(current.onTimeout(now));
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  void stop() {
    end(Outcome.STOPPED, "the server was closed");
  }

  @Override
  public Order order() {
    return order;
  }

  @Override
  public boolean isConfirmed() {
    return confirmed;
  }

  @Override
  public long heardAt() {
    return heardAt;
  }

  @Override
  public void giveWay(String why) {
    carrier.execute(() -> end(Outcome.REPLACED, why));
  }

  @Override
  public FileDescriptor fd() {
    TransferSocketServer open = socket;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open.fd();
  }

  @Override
  public void handle(IoRegistration from, IoEvent event) {
    Transfer current = transfer;
    TransferSocketServer open = socket;
    if (ended || current == null || open == null) {
      return;
    }
    try {
      if (unsentCount > 0 && ((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLOUT)) {
        from.submit(EpollIoOps.EPOLLIN);
        sendBlocks(unsent, unsentCount);
      }
      int length = open.receive(carrier);
      if (length > 0) {
        receive(current, length);
      } else if (length == TransferSocketServer.CLOSED_PORT) {
        current.onClosedPort();
        take(Transfer.Send.NOTHING);
      }
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void register() throws IOException {
    IoRegistration made = carrier.loop().register(this).getNow();
    if (made == null) {
      throw new IOException("the server is closing");
    }
    registration = made;
    made.submit(EpollIoOps.EPOLLIN);
  }

  private Content content(TftpAnswer answer) throws IOException {
    Content found;
    if (answer instanceof TftpAnswer.InFile file) {
      found = carrier.files().open(file.path());
    } else if (answer instanceof TftpAnswer.InMemory memory) {
      found = Content.of(memory.content());
    } else {
      throw new AssertionError(answer);
    }
    boolean text = order.request().mode().toLowerCase(Locale.ROOT).equals("netascii");
    return text ? found.asNetascii() : found;
  }

  private void receive(Transfer current, int length) {
    ByteBuffer in = carrier.in();
    long now = System.nanoTime();
    if (now - heardAt > HEARD_STEP) {
      heardAt = now;
    }
    if (length == TftpCodec.ACK_LENGTH && in.getShort(0) == TftpCodec.ACK) {
      take(current.onAck(in.getShort(2) & 0xffff, now));
      return;
    }
    byte[] datagram = new byte[length];
    in.get(0, datagram);
    try {
      TftpPacket packet = TftpCodec.decode(datagram);
      if (packet instanceof Ack ack) {
        take(current.onAck(ack.block(), now));
      } else if (packet instanceof ErrorPacket error) {
        current.onError(error);
        take(Transfer.Send.NOTHING);
      }
    } catch (MalformedTftpPacket e) {
      LOG.debug("{}:{} sent no TFTP packet: {}", order.client(), order.port(), e.getMessage());
    }
  }

  private void take(Transfer.Send send) {
    Transfer current = transfer;
    if (current == null) {
      return;
    }
    if (!confirmed && current.confirmed()) {
      confirmed = true;
    }
    switch (send) {
      case NOTHING -> {}
      case OPTIONS -> send(carrier.fill(TftpCodec.encode(current.options())));
      case BLOCKS -> sendBlocks(current.first(), current.count());
    }
    Optional<Transfer.Ending> ending = current.ending();
    if (ending.isPresent()) {
      end(ending.get().outcome(), ending.get().detail());
    } else if (!ended) {
      carrier.wakeAt(current.deadline());
    }
  }

  private void send(int length) {
    TransferSocketServer open = socket;
    if (open != null && open.send(carrier, length) == TransferSocketServer.CLOSED_PORT) {
      closedPort();
    }
  }

  private void sendBlocks(long from, int number) {
    TransferSocketServer open = socket;
    Transfer current = transfer;
    Content octets = content;
    if (open == null || current == null || octets == null) {
      return;
    }
    long first = from;
    int left = number;
    unsentCount = 0;
    try {
      while (left > 0) {
        int batch = Math.min(left, open.segmentsMax());
        int blockSize = current.terms().blockSize();
        int result = open.send(carrier, carrier.fill(octets, first, batch, blockSize));
        if (result == TransferSocketServer.CLOSED_PORT) {
          closedPort();
          return;
        }
        if (result == TransferSocketServer.FULL) {
          unsent = first;
          unsentCount = left;
          if (registration != null) {
            registration.submit(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT));
          }
          return;
        }
        if (result != TransferSocketServer.SMALLER) {
          first += batch;
          left -= batch;
        }
      }
    } catch (IOException e) {
      LOG.warn("TFTP: {} cannot be sent any further: {}", order.file(), e.getMessage());
      fail(Outcome.FAILED, Reason.FILE_CHANGED, order.file() + ": " + e.getMessage());
    }
  }

  private void closedPort() {
    Transfer current = transfer;
    if (current != null) {
      current.onClosedPort();
    }
  }

  /** Tells the client, too. */
  private void fail(Outcome outcome, Reason reason, String why) {
    if (!ended && socket != null) {
      send(carrier.fill(TftpCodec.encode(new ErrorPacket(ErrorPacket.UNDEFINED, why))));
    }
    end(outcome, reason, why);
  }

  private void broken(RuntimeException e) {
    LOG.error("TFTP transfer of {} to {} broke", order.file(), order.client(), e);
    fail(Outcome.FAILED, Reason.INTERNAL_ERROR, "internal error, see the server's log");
  }

  private void end(Outcome outcome, String detail) {
    end(outcome, outcome.reason(), detail);
  }

  private void end(Outcome outcome, Reason reason, String detail) {
    if (ended) {
      return;
    }
    ended = true;
    Transfer last = transfer;
    if (last != null) {
      last.end(outcome, detail);
    }
    if (registration != null) {
      registration.cancel();
    }
    if (socket != null) {
      socket.close();
    }
    Content octets = content;
    if (octets != null) {
      octets.close();
    }
    carrier.remove(this);
    owner.ended(this, report(outcome, reason, detail, octets == null ? 0 : octets.size()));
  }

  private TransferReport report(Outcome outcome, Reason reason, String detail, long size) {
    Transfer last = transfer;
    return new TransferReport(
        order.client(),
        order.port(),
        order.file(),
        size,
        last == null ? 0 : last.acknowledgedOctets(),
        last == null ? 0 : last.terms().blockSize(),
        last == null ? 0 : last.terms().window(),
        last == null ? 0 : last.retransmissions(),
        order.started(),
        Duration.ofNanos(System.nanoTime() - startedAt),
        outcome,
        reason,
        detail);
  }
}
