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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Boots that are written down together, so that a room costs a few syncs of the disk. */
  private static final int BATCH = 64;

  /** For a machine in the queue: short enough to show its place anew now and then. */
  private static final Duration TURN_HOLD = Duration.ofSeconds(8);

  private static final int CLOSING_SECONDS = 5;

  private final BootDesk desk;
  private final BootHttpServer.Wiring wiring;
  private final AnswerServer answers;
  private final Duration hold;
  private final ScheduledThreadPoolExecutor lane;
  private final ThreadPoolExecutor documents;
  private final Runnable unsubscribe;

  /** Asked and not decided yet. */
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  private final AtomicInteger waiting = new AtomicInteger();

  /** Touched by the lane alone. */
  private final Map<Mac, Held> held = new HashMap<>();

  /** The other end of a request. */
  interface Reply {
    /** At most once; from any thread. */
    void send(BootAnswer answer);

    /** Whether nobody is there any more. */
    boolean gone();
  }

  private record Asked(MachineScript request, Exchange exchange, Reply reply) {}

  /** Of one batch; the answer is there once it was decided. */
  private static final class Decision {
    final Asked asked;
    final Exchange exchange;
    @Nullable BootAnswer answer;

    Decision(Asked asked, Exchange exchange) {
      this.asked = asked;
      this.exchange = exchange;
    }
  }

  private record Held(
      MachineScript request, Exchange exchange, Reply reply, Text meanwhile, Future<?> timeout) {}

  DeskServer(BootDesk desk, BootHttpServer.Wiring wiring, Duration hold) {
    this.desk = desk;
    this.wiring = wiring;
    this.answers = new AnswerServer(desk, wiring);
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
    wiring.downloads().onRoom(() -> onLane(this::letIn));
    // Room is also made by time alone, which nobody tells.
    var unused = lane.scheduleWithFixedDelay(this::letIn, 1, 1, TimeUnit.SECONDS);
  }

  /** The answer if it is at hand and nobody has to wait for it; null: {@link #ask} for it. */
  @Nullable BootAnswer ready(BootRequest request, Exchange exchange) {
    try {
      BootAnswer answer = desk.ready(request, answers.snapshot(), exchange);
      answers.letGo(request, answer);
      return answer;
    } catch (RuntimeException | AssertionError e) {
      return answers.bug(request, exchange, e);
    }
  }

  /** AnswerServer later, from another thread; at once when there is too much to do. */
  void ask(BootRequest request, Exchange exchange, Reply reply) {
    try {
      if (request instanceof MachineScript script) {
        if (waiting.incrementAndGet() > 2 * MAX_WAITING) {
          waiting.decrementAndGet();
          throw new RejectedExecutionException();
        }
        asked.add(new Asked(script, exchange, reply));
        lane.execute(this::decideBatch);
      } else {
        documents.execute(() -> reply.send(answers.answer(request, exchange)));
      }
    } catch (RejectedExecutionException e) {
      reply.send(desk.failed(request, Reason.OVERLOADED, answers.snapshot(), exchange));
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
    documents.getQueue().clear();
    documents.shutdown();
    try {
      boolean unused = documents.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
      if (!lane.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a script was still being written down after {} s", CLOSING_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All that wait, up to a bound; each of them has queued this, so the later ones find nothing. */
  private void decideBatch() {
    List<Decision> batch = nextBatch();
    if (batch.isEmpty()) {
      return;
    }
    try {
      List<InventoryChange> unused =
          wiring
              .book()
              .commit(
                  inventory -> {
                    List<InventoryChange> changes = new ArrayList<>();
                    for (Decision decision : batch) {
                      BootAnswer answer = decideSafely(decision, inventory);
                      decision.answer = answer;
                      changes.addAll(answer.changes());
                    }
                    return changes;
                  });
    } catch (StoreFailure e) {
      log.warn("{}: {}", Reason.BOOT_NOT_WRITTEN.sentence(), e.getMessage());
      for (Decision decision : batch) {
        decision.answer = uncommitted(decision.answer, decision.asked.request(), decision.exchange);
      }
    } catch (RuntimeException | AssertionError e) {
      for (Decision decision : batch) {
        decision.answer = answers.bug(decision.asked.request(), decision.exchange, e);
      }
    }
    batch.forEach(this::sendOrHold);
  }

  private BootAnswer decideSafely(Decision decision, Inventory inventory) {
    try {
      return decide(decision.asked.request(), inventory, decision.exchange);
    } catch (RuntimeException | AssertionError e) {
      return answers.bug(decision.asked.request(), decision.exchange, e);
    }
  }

  /** One request of each machine: the second of two would end the boot of the first. */
  private List<Decision> nextBatch() {
    List<Decision> batch = new ArrayList<>();
    Set<Mac> machines = new HashSet<>();
    while (batch.size() < BATCH) {
      Asked next = asked.peek();
      if (next == null || !machines.add(next.request().mac())) {
        break;
      }
      asked.remove();
      waiting.decrementAndGet();
      if (next.reply().gone()) {
        continue;
      }
      BootAnswer repeated = ready(next.request(), next.exchange());
      if (repeated == null) {
        batch.add(new Decision(next, next.exchange().at(next.exchange().now(), nonce())));
      } else {
        next.reply().send(repeated);
      }
    }
    return batch;
  }

  private String nonce() {
    return wiring.nonces().get();
  }

  private void sendOrHold(Decision decision) {
    Reply reply = decision.asked.reply();
    BootAnswer answer = decision.answer;
    if (answer == null) {
      throw new AssertionError("undecided");
    }
    if (answer instanceof Hold hold) {
      hold(decision.asked.request(), decision.exchange, reply, hold.meanwhile());
    } else {
      reply.send(answer);
    }
  }

  private void hold(MachineScript request, Exchange exchange, Reply reply, Text meanwhile) {
    Duration most =
        meanwhile.turn().isPresent() && hold.compareTo(TURN_HOLD) > 0 ? TURN_HOLD : hold;
    Future<?> timeout =
        lane.schedule(() -> release(request.mac(), reply), most.toMillis(), TimeUnit.MILLISECONDS);
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
      reply.send(waiting.meanwhile().turn().isPresent() ? placeNow(waiting) : waiting.meanwhile());
    }
  }

  /** The others have moved on while it was kept on the line. */
  private BootAnswer placeNow(Held waiting) {
    Exchange now = waiting.exchange().at(wiring.clock().instant(), nonce());
    BootAnswer answer = committedUnlessHeld(waiting.request(), now);
    return answer instanceof Hold hold ? hold.meanwhile() : answer;
  }

  /** Those on the line whose turn has come. */
  private void letIn() {
    if (!held.isEmpty()) {
      wiring.downloads().next(wiring.clock().instant()).forEach(this::decideAgain);
    }
  }

  /** On the committing thread, also inside our own commit: only notes what is to be done. */
  private void changed(InventoryChange change) {
    HeldMacs.concerned(change, wiring.book().view()).forEach(mac -> onLane(() -> decideAgain(mac)));
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
    Exchange now = waiting.exchange().at(wiring.clock().instant(), nonce());
    BootAnswer answer = committedUnlessHeld(waiting.request(), now);
    if (!(answer instanceof Hold)) {
      drop(waiting);
      waiting.reply().send(answer);
    }
  }

  private void drop(Held waiting) {
    waiting.timeout().cancel(false);
    held.remove(waiting.request().mac());
  }

  /** Decides anew and commits, when the machine waits no more; the answer may be sent. */
  private BootAnswer committedUnlessHeld(MachineScript request, Exchange exchange) {
    AtomicReference<@Nullable BootAnswer> decided = new AtomicReference<>();
    try {
      wiring
          .book()
          .commit(
              inventory -> {
                BootAnswer answer = decide(request, inventory, exchange);
                decided.set(answer);
                return answer instanceof Hold ? List.of() : answer.changes();
              });
      BootAnswer answer = decided.get();
      return answer == null
          ? answers.bug(request, exchange, new AssertionError("undecided"))
          : answer;
    } catch (StoreFailure e) {
      log.warn("{}: {}", Reason.BOOT_NOT_WRITTEN.sentence(), e.getMessage());
      return uncommitted(decided.get(), request, exchange);
    } catch (RuntimeException | AssertionError e) {
      return answers.bug(request, exchange, e);
    }
  }

  private BootAnswer decide(MachineScript request, Inventory inventory, Exchange exchange) {
    BootAnswer answer =
        desk.answer(
            request,
            new BootSnapshot(
                wiring.site().get(), inventory, wiring.leased(), wiring.downloads()::standing),
            exchange);
    // Before the commit: the next of the same batch must not be let in as well.
    answer.turn().ifPresent(turn -> take(turn, exchange));
    return answer;
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
    wiring.downloads().leave(request.mac());
    try {
      return desk.failed(request, Reason.BOOT_NOT_WRITTEN, answers.snapshot(), exchange);
    } catch (RuntimeException | AssertionError e) {
      return answers.bug(request, exchange, e);
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
