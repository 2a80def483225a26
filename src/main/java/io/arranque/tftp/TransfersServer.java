package io.arranque.tftp;

import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.timeline.Reason;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All transfers under way, and what is answered when there is none. */
final class TransfersServer implements TransferServer.Owner {
  private static final long STOP_SECONDS = 5;

  private final List<CarrierServer> carriers = new ArrayList<>();
  private final TransferLimits limits;
  private final TransferListener listener;
  private final Admission admission;

  /** Only the loop that hears requests spends it. */
  private final AnswerBudget refusals = new AnswerBudget(System.nanoTime());

  TransfersServer(
      MultiThreadIoEventLoopGroup loops, TftpServerSettings settings, TransferListener listener) {
    for (EventExecutor loop : loops) {
      carriers.add(new CarrierServer((IoEventLoop) loop));
    }
    this.limits = settings.limits();
    this.listener = listener;
    this.admission = new Admission(settings.maxTransfers(), settings.maxPerClient());
  }

  /**
   * Starts a transfer on a socket of its own, or says why not.
   *
   * @param lookUp asked only when there is room
   */
  void begin(Order order, Supplier<TftpAnswer> lookUp) {
    CarrierServer carrier = leastBusy();
    TransferServer transfer = new TransferServer(order, carrier, limits, this);
    Admission.Decision decision = admission.enter(transfer, System.nanoTime());
    if (!decision.isAdmitted()) {
      if (decision.message().isEmpty()) {
        listener.ignored(order.client(), decision.reason(), order.file());
      } else {
        refuse(order, new Refused(ErrorPacket.UNDEFINED, decision.message(), decision.reason()));
      }
      return;
    }
    TftpAnswer answer = lookUp.get();
    if (answer instanceof Refused refused) {
      admission.leave(transfer);
      refuse(order, refused);
    } else {
      carrier.execute(() -> transfer.start(answer));
    }
  }

  /** Sends an error and reports it. */
  void refuse(Order order, Refused refusal) {
    if (!refusals.spend(order.client(), System.nanoTime())) {
      listener.ignored(order.client(), Reason.TOO_MANY_REQUESTS, order.file());
      return;
    }
    byte[] error = TftpCodec.encode(new ErrorPacket(refusal.code(), refusal.message()));
    TransferSocketServer.sendOnce(order, error);
    listener.finished(
        new TransferReport(
            order.client(),
            order.port(),
            order.file(),
            0,
            0,
            0,
            0,
            0,
            order.started(),
            Duration.ZERO,
            Outcome.REFUSED,
            refusal.reason(),
            refusal.message()));
  }

  /** Ends all; to be called before the loops end, which would drop the reports. */
  void stop() {
    List<CarrierServer> running = carriers.stream().filter(CarrierServer::isRunning).toList();
    CountDownLatch stopped = new CountDownLatch(running.size());
    for (CarrierServer carrier : running) {
      carrier.execute(
          () -> {
            carrier.stop();
            stopped.countDown();
          });
    }
    try {
      boolean unused = stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void started(Order order, long size, Underway transfer) {
    listener.started(order.client(), order.port(), order.file(), size, transfer);
  }

  @Override
  public void ended(TransferServer transfer, TransferReport report) {
    admission.leave(transfer);
    listener.finished(report);
  }

  private CarrierServer leastBusy() {
    return carriers.stream().min(Comparator.comparingInt(CarrierServer::transfers)).orElseThrow();
  }
}
