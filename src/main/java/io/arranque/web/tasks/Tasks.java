package io.arranque.web.tasks;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditEntry;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.Who;
import io.arranque.schedule.Locks;
import io.arranque.site.Site;
import io.arranque.wake.Waker;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Reach;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was done to many machines of late, and what is being done. In memory: a restart ends what
 * runs and forgets the rest, of which the audit has kept who did what; kept on disk, what a task
 * replaced would be a second place where secrets lie.
 */
public final class Tasks implements Waker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

  /** So many are remembered. */
  static final int KEPT = 50;

  /** After a class, what was done before it is no longer what anybody means by "undo". */
  static final Duration UNDO_FOR = Duration.ofHours(2);

  private static final Duration REVIEWING = Duration.ofMillis(400);

  private final Parts parts;
  private final TaskRunner runner;
  private final Runnable moved;
  private final Deque<Task> newestFirst = new ArrayDeque<>();
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong lastId = new AtomicLong();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "tasks");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param moved called whenever something of a task has changed; must be quick
   */
  public Tasks(Parts parts, Runnable moved) {
    this.parts = parts;
    this.moved = moved;
    this.runner = new TaskRunner(parts, this::moved);
  }

  /** A number that changes with every move. */
  long version() {
    return version.get();
  }

  synchronized List<Task> newestFirst() {
    return List.copyOf(newestFirst);
  }

  synchronized Optional<Task> task(String id) {
    return newestFirst.stream().filter(task -> task.id.equals(id)).findFirst();
  }

  /** A task, and the end of what it does to the inventory; waking goes on after that. */
  record Begun(Task task, CompletableFuture<Void> done) {}

  /**
   * Begins.
   *
   * @throws Fault 403 when one of the machines is out of reach: nothing is done then
   */
  Begun begin(TaskOrder order, Collection<Mac> macs, Grant grant, String by) throws StoreFailure {
    List<Task.Target> targets = targets(macs);
    checkReach(grant, targets);
    Task task =
        new Task(
            Long.toString(lastId.incrementAndGet()), order, by, parts.clock().instant(), targets);
    audit(task, by, "task", order.text() + ", machines: " + targets.size());
    synchronized (this) {
      newestFirst.addFirst(task);
      while (newestFirst.size() > KEPT && newestFirst.peekLast().ended().isPresent()) {
        newestFirst.removeLast();
      }
    }
    moved();
    return new Begun(task, run(() -> runner.run(task, grant)));
  }

  /** What would be done, as things are now; nothing is. */
  record Review(List<Task.Target> accepted, Map<Task.Target, Refusal> refused, boolean complete) {}

  /** Looks at as many machines as there is time for: it is asked while somebody types. */
  Review review(TaskOrder order, Collection<Mac> macs, Grant grant, String by) {
    List<Task.Target> targets = targets(macs);
    checkReach(grant, targets);
    List<Task.Target> accepted = new ArrayList<>();
    Map<Task.Target, Refusal> refused = new LinkedHashMap<>();
    long until = System.nanoTime() + REVIEWING.toNanos();
    for (Task.Target target : targets) {
      if (System.nanoTime() > until) {
        return new Review(accepted, refused, false);
      }
      Decision decision = runner.decide(parts.book().view(), target.mac(), order, by);
      refusal(decision)
          .ifPresentOrElse(why -> refused.put(target, why), () -> accepted.add(target));
    }
    return new Review(accepted, refused, true);
  }

  private Optional<Refusal> refusal(Decision decision) {
    if (decision instanceof Decision.Refused no) {
      return Optional.of(no.refusals().get(0));
    }
    return Locks.refusals(
            parts.site().get(),
            parts.book().view(),
            ((Decision.Accepted) decision).changes(),
            parts.clock().instant(),
            parts.schedule().view().zone())
        .stream()
        .findFirst();
  }

  /** What locks alone would refuse, whatever it is: all that is known before it is chosen. */
  Review locked(Collection<Mac> macs, Grant grant) {
    List<Task.Target> targets = targets(macs);
    checkReach(grant, targets);
    Instant now = parts.clock().instant();
    ZoneId zone = parts.schedule().view().zone();
    Map<Task.Target, Refusal> refused = new LinkedHashMap<>();
    for (Task.Target target : targets) {
      Locks.refusal(parts.site().get(), parts.book().view(), target.mac(), now, zone)
          .ifPresent(why -> refused.put(target, why));
    }
    List<Task.Target> rest = targets.stream().filter(t -> !refused.containsKey(t)).toList();
    return new Review(rest, refused, rest.isEmpty());
  }

  void stop(Task task, Grant grant, String by) throws StoreFailure {
    checkReach(grant, task.targets());
    if (task.state() != Task.State.RUNNING) {
      throw new Fault(409, "The task is over.");
    }
    audit(task, by, "task stopped", task.order.text());
    task.stop();
    moved();
  }

  CompletableFuture<Void> undo(Task task, Grant grant, String by) throws StoreFailure {
    checkReach(grant, task.targets());
    if (!mayUndo(task) || !task.beginUndo()) {
      throw new Fault(409, "The task cannot be undone, or not any more.");
    }
    audit(task, by, "task undone", task.order.text());
    moved();
    return run(() -> runner.undo(task, grant, by));
  }

  boolean mayUndo(Task task) {
    Instant now = parts.clock().instant();
    boolean over = task.state() == Task.State.DONE || task.state() == Task.State.STOPPED;
    return over
        && !task.did().isEmpty()
        && task.ended().filter(at -> now.isBefore(at.plus(UNDO_FOR))).isPresent();
  }

  /** For whoever wakes machines without being asked: it shows, and can be stopped, as a task. */
  @Override
  public void wake(Collection<Mac> macs, String by) {
    try {
      Begun unused =
          begin(
              TaskOrder.of(TaskKind.WAKE, TaskOrder.Said.NOTHING),
              macs,
              new Grant(Level.OPERATOR, Optional.empty()),
              by);
    } catch (StoreFailure e) {
      throw new IllegalStateException("machines are not woken", e);
    }
  }

  private CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.error("a task failed", e);
          }
          moved();
        },
        thread);
  }

  private List<Task.Target> targets(Collection<Mac> macs) {
    Site site = parts.site().get();
    Set<Mac> keys = new LinkedHashSet<>();
    macs.forEach(mac -> keys.add(parts.book().view().key(mac)));
    List<Task.Target> targets = new ArrayList<>();
    for (Mac mac : keys) {
      Optional<Machine> machine = parts.book().view().machine(mac);
      targets.add(
          new Task.Target(
              mac,
              machine.map(Machine::hostname).orElse(mac.toString()),
              machine.flatMap(m -> Reach.roomOf(site, m)),
              Task.Outcome.WAITING,
              Task.Why.NOTHING));
    }
    return targets;
  }

  /** Waking changes nothing that {@link Reach} would see, and a forgotten one stands nowhere. */
  private static void checkReach(Grant grant, List<Task.Target> targets) {
    if (!targets.stream().allMatch(target -> grant.operatesIn(target.room()))) {
      throw Guard.forbidden();
    }
  }

  private void audit(Task task, String by, String what, String detail) throws StoreFailure {
    parts
        .audit()
        .record(
            AuditEntry.done(parts.clock().instant(), Who.parse(by), what + " " + task.id, detail));
  }

  private void moved() {
    version.incrementAndGet();
    moved.run();
  }

  @Override
  public void close() {
    newestFirst().stream().filter(t -> t.state() == Task.State.RUNNING).forEach(Task::stop);
    thread.shutdown();
  }
}
