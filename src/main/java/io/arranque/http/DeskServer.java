package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Hold;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.BootRequest.MachineScript;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the desk: scripts on a lane of one thread, since they are committed to the database and may
 * be held until a role is assigned; documents on another, so that a slow database delays no boot
 * under way; files at once. No thread of the network ever waits here.
 */
final class DeskServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeskServer.class);

  /** More than a site with all its rooms switched on at once asks for. */
  private static final int MAX_WAITING = 4096;

  private static final int CLOSING_SECONDS = 5;

  private final BootDesk desk;
  private final BootHttpServer.Wiring wiring;
  private final Duration hold;
  private final ScheduledThreadPoolExecutor lane;
  private final ExecutorService documents;
  private final Runnable unsubscribe;

  /** Touched by the lane alone. */
  private final Map<Mac, Held> held = new HashMap<>();

  /** The other end of a request. */
  interface Reply {
    /** At most once; from any thread. */
    void send(BootAnswer answer);

    /** Whether nobody is there any more. */
    boolean gone();
  }

  private record Held(
      MachineScript request, Exchange exchange, Reply reply, Text meanwhile, Future<?> timeout) {}

  DeskServer(BootDesk desk, BootHttpServer.Wiring wiring, Duration hold) {
    this.desk = desk;
    this.wiring = wiring;
    this.hold = hold;
    this.lane = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "boot-scripts"));
    lane.setRemoveOnCancelPolicy(true);
    lane.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.documents =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> new Thread(task, "boot-documents"));
    this.unsubscribe = wiring.book().subscribe(this::changed);
  }

  /** Answers now or later. */
  void ask(BootRequest request, Exchange exchange, Reply reply) {
    try {
      if (request instanceof MachineScript script) {
        if (lane.getQueue().size() > 2 * MAX_WAITING) {
          throw new RejectedExecutionException();
        }
        lane.execute(() -> decide(script, exchange, reply));
      } else if (quick(request)) {
        reply.send(answer(request, exchange));
      } else {
        documents.execute(() -> reply.send(answer(request, exchange)));
      }
    } catch (RejectedExecutionException e) {
      reply.send(desk.failed(request, Reason.OVERLOADED, snapshot(), exchange));
    }
  }

  /** Asks anew for all that wait: the new site may have a role for them by rule. */
  void siteChanged() {
    onLane(() -> List.copyOf(held.keySet()).forEach(this::decideAgain));
  }

  /**
   * What waits is dropped, what is being done is finished. Nothing is interrupted: an interrupt in
   * the middle of a commit closes the database's file.
   */
  @Override
  public void close() {
    unsubscribe.run();
    lane.shutdown();
    documents.shutdownNow();
    try {
      if (!lane.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a script was still being written down after {} s", CLOSING_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean quick(BootRequest request) {
    return request instanceof BootRequest.ImageFile
        || request instanceof BootRequest.LoaderFile
        || request instanceof BootRequest.Refused
        || request instanceof BootRequest.ScriptRefused;
  }

  private BootSnapshot snapshot() {
    return new BootSnapshot(wiring.site().get(), wiring.book().view(), wiring.leased());
  }

  private BootAnswer answer(BootRequest request, Exchange exchange) {
    try {
      BootAnswer answer = desk.answer(request, snapshot(), exchange);
      if (request instanceof BootRequest.PhoneHome report
          && answer instanceof Text text
          && text.status() == 200) {
        wiring.downloads().leave(report.mac());
      }
      return answer;
    } catch (RuntimeException | AssertionError e) {
      return bug(request, exchange, e);
    }
  }

  private BootAnswer bug(BootRequest request, Exchange exchange, Throwable e) {
    log.error("a bug: {} of {} could not be answered", request, exchange.client(), e);
    return desk.failed(request, Reason.INTERNAL_ERROR, snapshot(), exchange);
  }

  private void decide(MachineScript request, Exchange exchange, Reply reply) {
    if (reply.gone()) {
      return;
    }
    BootAnswer answer = committed(request, exchange, false);
    if (answer instanceof Hold waiting) {
      hold(request, exchange, reply, waiting.meanwhile());
    } else {
      reply.send(answer);
    }
  }

  private void hold(MachineScript request, Exchange exchange, Reply reply, Text meanwhile) {
    Future<?> timeout =
        lane.schedule(() -> release(request.mac(), reply), hold.toMillis(), TimeUnit.MILLISECONDS);
    Held before = held.put(request.mac(), new Held(request, exchange, reply, meanwhile, timeout));
    // The machine was reset and asks again; one MAC never holds more than one request.
    if (before != null) {
      before.timeout().cancel(false);
      before.reply().send(before.meanwhile());
    }
  }

  private void release(Mac mac, Reply reply) {
    Held waiting = held.get(mac);
    if (waiting != null && waiting.reply() == reply) {
      held.remove(mac);
      reply.send(waiting.meanwhile());
    }
  }

  /** On the committing thread, also inside our own commit: only notes what is to be done. */
  private void changed(InventoryChange change) {
    if (change instanceof InventoryChange.Assigned assigned) {
      onLane(() -> decideAgain(assigned.mac()));
    }
  }

  private void decideAgain(Mac mac) {
    Held waiting = held.get(mac);
    if (waiting == null) {
      return;
    }
    if (waiting.reply().gone()) {
      drop(waiting);
      return;
    }
    Exchange then = waiting.exchange();
    Exchange now =
        new Exchange(
            then.client(),
            then.local(),
            wiring.clock().instant(),
            wiring.nonces().get(),
            then.body());
    BootAnswer answer = committed(waiting.request(), now, true);
    if (!(answer instanceof Hold)) {
      drop(waiting);
      waiting.reply().send(answer);
    }
  }

  private void drop(Held waiting) {
    waiting.timeout().cancel(false);
    held.remove(waiting.request().mac());
  }

  /** Decide and commit; the answer may be sent. */
  private BootAnswer committed(MachineScript request, Exchange exchange, boolean again) {
    AtomicReference<@Nullable BootAnswer> decided = new AtomicReference<>();
    try {
      wiring
          .book()
          .commit(
              inventory -> {
                BootAnswer answer = decide(request, inventory, exchange);
                decided.set(answer);
                return again && answer instanceof Hold ? List.of() : answer.changes();
              });
      BootAnswer answer = decided.get();
      if (answer != null) {
        answer.turn().ifPresent(turn -> take(turn, exchange));
      }
      return answer == null ? bug(request, exchange, new AssertionError("undecided")) : answer;
    } catch (StoreFailure e) {
      log.warn("{}: {}", Reason.BOOT_NOT_WRITTEN.sentence(), e.getMessage());
      return uncommitted(decided.get(), request, exchange);
    } catch (RuntimeException | AssertionError e) {
      return bug(request, exchange, e);
    }
  }

  private BootAnswer decide(MachineScript request, Inventory inventory, Exchange exchange) {
    return desk.answer(
        request,
        new BootSnapshot(
            wiring.site().get(), inventory, wiring.leased(), wiring.downloads()::standing),
        exchange);
  }

  private void take(BootAnswer.Turn turn, Exchange exchange) {
    if (turn.standing().mayGo()) {
      wiring.downloads().admit(turn.mac(), turn.address(), turn.files(), exchange.now());
    } else {
      wiring.downloads().enqueue(turn.mac(), turn.address(), turn.standing(), exchange.now());
    }
  }

  /** A sighting may get lost; a boot whose nonce nobody knows may not be promised. */
  private BootAnswer uncommitted(
      @Nullable BootAnswer decided, MachineScript request, Exchange exchange) {
    boolean promises =
        decided == null
            || decided.changes().stream().anyMatch(InventoryChange.BootStarted.class::isInstance);
    if (!promises && decided != null) {
      return decided;
    }
    try {
      return desk.failed(request, Reason.BOOT_NOT_WRITTEN, snapshot(), exchange);
    } catch (RuntimeException | AssertionError e) {
      return bug(request, exchange, e);
    }
  }

  private void onLane(Runnable task) {
    try {
      lane.execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("the boot plane is closing");
    }
  }
}
