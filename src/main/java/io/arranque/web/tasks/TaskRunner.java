package io.arranque.web.tasks;

import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.arranque.inventory.Action;
import io.arranque.inventory.Actions;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import io.arranque.inventory.Undo;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.Who;
import io.arranque.site.BootPolicy;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.wake.WakeNews;
import io.arranque.wake.WakeOrder;
import io.arranque.web.access.Changes;
import io.arranque.web.access.Changes.Each;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Sayable;
import io.arranque.web.base.Fault;
import io.arranque.web.base.Parts;
import io.arranque.web.tasks.Task.Outcome;
import io.arranque.web.tasks.Task.Why;
import io.arranque.web.views.Desk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Does what a task says, on the thread of {@link Tasks}. */
final class TaskRunner {
  /**
   * As many machines as are committed at once. While they are decided nobody else commits: a
   * machine that boots must not wait for a task of thousands.
   */
  private static final int AT_ONCE = 100;

  private static final Duration DECIDING = Duration.ofMillis(50);

  private final Parts parts;
  private final Desk desk;
  private final Runnable moved;

  TaskRunner(Parts parts, Runnable moved) {
    this.parts = parts;
    this.desk = new Desk(parts);
    this.moved = moved;
  }

  /** What it would come to for one machine now; nothing is committed. */
  Decision decide(Inventory now, Mac mac, TaskOrder order, String by) {
    Decision decision =
        Actions.decide(
            parts.site().get(),
            now,
            mac,
            order.action(),
            this::policyInForce,
            by,
            parts.clock().instant());
    return order.action() instanceof Action.Vars
        ? new Sayable(parts).vet(now, mac, decision)
        : decision;
  }

  private BootPolicy policyInForce(Mac mac) {
    return desk.bootPlan(Question.of(mac)).policy().boot().value();
  }

  void run(Task task, Grant grant) {
    List<Mac> accepted = new ArrayList<>();
    inTurn(
        task,
        task.waiting(),
        task::isStopping,
        macs ->
            new Changes.Maker(parts)
                .as(() -> grant)
                .each(
                    macs,
                    (now, mac) -> decide(now, mac, task.order, task.by),
                    soon(),
                    task.order.asksForBoot()),
        (mac, each) -> {
          if (each.refusals().isEmpty()) {
            accepted.add(mac);
            done(task, mac, each);
          } else {
            task.tell(mac, Outcome.REFUSED, Why.of(each.refusals().get(0)));
          }
        });
    if (task.order.action() instanceof Action.Wake && !accepted.isEmpty()) {
      wake(task, accepted);
    } else if (task.isStopping()) {
      task.giveUp(parts.clock().instant());
    }
    task.endIfOver(parts.clock().instant());
  }

  private void done(Task task, Mac mac, Each each) {
    if (task.order.action() instanceof Action.Wake) {
      return;
    }
    each.before().ifPresent(before -> task.changed(Undo.did(before, each.macs(), each.changes())));
    record(task, mac, each);
    task.tell(mac, Outcome.DONE, Why.NOTHING);
  }

  void undo(Task task, Grant grant, String by) {
    Map<Mac, Undo.Did> did = task.did();
    // Where a machine was that is forgotten nobody can see any more: it was checked before.
    Grant enough =
        task.order.kind() == TaskKind.FORGET ? new Grant(Level.OPERATOR, Optional.empty()) : grant;
    List<Mac> order =
        task.targets().stream().map(Task.Target::mac).filter(did::containsKey).toList();
    inTurn(
        task,
        order,
        () -> false,
        macs ->
            new Changes.Maker(parts)
                .as(() -> enough)
                .each(
                    macs,
                    (now, mac) -> Undo.of(now, Objects.requireNonNull(did.get(mac)), by),
                    soon(),
                    false),
        (mac, each) ->
            task.tell(
                mac,
                each.refusals().isEmpty() ? Outcome.UNDONE : Outcome.LEFT,
                each.refusals().isEmpty() ? Why.NOTHING : Why.of(each.refusals().get(0))));
    task.endUndo();
  }

  private interface Commit {
    Map<Mac, Each> of(List<Mac> macs) throws StoreFailure;
  }

  private void inTurn(
      Task task,
      List<Mac> macs,
      BooleanSupplier stopped,
      Commit commit,
      BiConsumer<Mac, Each> each) {
    int next = 0;
    while (next < macs.size() && !stopped.getAsBoolean()) {
      List<Mac> some = macs.subList(next, Math.min(macs.size(), next + AT_ONCE));
      try {
        Map<Mac, Each> decided = commit.of(some);
        decided.forEach(each);
        next += decided.size();
      } catch (StoreFailure | Fault e) {
        Why why =
            e instanceof StoreFailure
                ? Why.failure(String.valueOf(e.getMessage()))
                : new Why("people.forbidden", Guard.FORBIDDEN, "", "");
        macs.subList(next, macs.size()).forEach(mac -> task.tell(mac, failed(task), why));
        return;
      }
      moved.run();
    }
  }

  private static Outcome failed(Task task) {
    return task.state() == Task.State.UNDOING ? Outcome.LEFT : Outcome.REFUSED;
  }

  private static BooleanSupplier soon() {
    long until = System.nanoTime() + DECIDING.toNanos();
    return () -> System.nanoTime() < until;
  }

  private void wake(Task task, List<Mac> macs) {
    WakeOrder order =
        parts.waker().begin(macs, Who.parse(task.by).name(), news -> heard(task, news));
    task.onStop(
        () -> {
          order.stop();
          task.giveUp(parts.clock().instant());
          moved.run();
        });
  }

  private void heard(Task task, WakeNews news) {
    switch (news.state()) {
      case ASKED -> task.tell(news.mac(), Outcome.ASKED, Why.NOTHING);
      case HEARD -> task.tell(news.mac(), Outcome.DONE, Why.NOTHING);
      case SILENT -> task.tell(news.mac(), Outcome.SILENT, Why.of(news.reason(), news.detail()));
      case FAILED -> task.tell(news.mac(), Outcome.REFUSED, Why.of(news.reason(), news.detail()));
      case STOPPED -> task.tell(news.mac(), Outcome.STOPPED, Why.NOTHING);
    }
    task.endIfOver(parts.clock().instant());
    moved.run();
  }

  /** What the timeline tells beside what {@link Changes} tells it. */
  private void record(Task task, Mac mac, Each each) {
    String who = Who.parse(task.by).name();
    if (task.order.action() instanceof Action.Arm arm) {
      boolean ends = arm.time().isZero();
      event(mac, Reason.ARMED, ends ? "no longer" : arm.time().toMinutes() + " min, by " + who);
    } else if (task.order.kind() != TaskKind.ROLE
        && each.changes().stream()
            .anyMatch(c -> c instanceof InventoryChange.InstallationChanged)) {
      event(mac, Reason.INSTALL_AGAIN, who);
    }
  }

  private void event(Mac mac, Reason reason, String detail) {
    parts
        .timeline()
        .record(
            BootEvent.of(
                parts.clock().instant(), mac, Stage.WAITING, reason, Optional.empty(), detail));
  }
}
