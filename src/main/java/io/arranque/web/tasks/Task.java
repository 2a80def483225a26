package io.arranque.web.tasks;

import io.arranque.address.Mac;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.Undo;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something done to many machines: what became of each, how far it is, whether it can be undone.
 * Thread-safe; moves on by those who do it.
 */
final class Task {
  /** The whole. */
  enum State {
    RUNNING,
    DONE,
    STOPPED,
    UNDOING,
    UNDONE
  }

  /** One machine. */
  enum Outcome {
    WAITING,
    /** A packet was sent; it was not heard of yet. */
    ASKED,
    DONE,
    REFUSED,
    SILENT,
    STOPPED,
    UNDONE,
    /** It could not be undone, and is left as it is. */
    LEFT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isOpen() {
      return this == WAITING || this == ASKED;
    }
  }

  /**
   * Why, for people.
   *
   * @param key of the page's words
   * @param sentence in English
   * @param advice the key of what to do about it; may be empty
   * @param refusal what it was refused with, for those who say its detail in other words
   */
  record Why(String key, String sentence, String advice, String detail, Optional<Refusal> refusal) {
    static final Why NOTHING = new Why("", "", "", "");

    Why(String key, String sentence, String advice, String detail) {
      this(key, sentence, advice, detail, Optional.empty());
    }

    static Why of(Refusal refusal) {
      return new Why(
          "refusal." + refusal.kind(),
          refusal.kind().sentence(),
          "",
          refusal.detail(),
          Optional.of(refusal));
    }

    static Why of(Reason reason, String detail) {
      return new Why("reason." + reason, reason.sentence(), "reason." + reason + ".advice", detail);
    }

    static Why failure(String message) {
      return new Why("task.failed", "The database could not be written.", "", message);
    }
  }

  /** A machine of the task. {@code name} is its host name at the beginning. */
  record Target(Mac mac, String name, Optional<String> room, Outcome outcome, Why why) {
    Target with(Outcome now, Why why) {
      return new Target(mac, name, room, now, why);
    }
  }

  final String id;
  final TaskOrder order;

  /** Who, with the address, as the inventory's changes carry it. */
  final String by;

  final Instant began;
  private final Map<Mac, Target> targets = new LinkedHashMap<>();
  private final Map<Mac, Undo.Did> did = new LinkedHashMap<>();
  private State state = State.RUNNING;
  private boolean stopping;
  private Optional<Instant> ended = Optional.empty();
  private Runnable stopper = () -> {};

  Task(String id, TaskOrder order, String by, Instant began, List<Target> targets) {
    this.id = id;
    this.order = order;
    this.by = by;
    this.began = began;
    targets.forEach(target -> this.targets.put(target.mac(), target));
  }

  synchronized State state() {
    return state;
  }

  synchronized Optional<Instant> ended() {
    return ended;
  }

  synchronized List<Target> targets() {
    return List.copyOf(targets.values());
  }

  synchronized Map<Outcome, Integer> counts() {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    targets.values().forEach(target -> counts.merge(target.outcome(), 1, Integer::sum));
    return counts;
  }

  /** The machines that something was changed on, as long as that is not undone. */
  synchronized Map<Mac, Undo.Did> did() {
    return Map.copyOf(did);
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /** Machines that nothing was done to yet. */
  synchronized List<Mac> waiting() {
    List<Mac> macs = new ArrayList<>();
    targets.values().stream()
        .filter(target -> target.outcome() == Outcome.WAITING)
        .forEach(target -> macs.add(target.mac()));
    return macs;
  }

  /** What a machine came to. A word that comes after the last one, or too late, is not heard. */
  synchronized void tell(Mac mac, Outcome outcome, Why why) {
    Target target = targets.get(mac);
    boolean late =
        outcome == Outcome.ASKED && target != null && target.outcome() != Outcome.WAITING;
    boolean over = state == State.RUNNING && target != null && !target.outcome().isOpen();
    if (target != null && !late && !over) {
      targets.put(mac, target.with(outcome, why));
    }
  }

  synchronized void changed(Undo.Did what) {
    if (what.isChange()) {
      did.put(what.before().mac(), what);
    }
  }

  /** Ended when no machine is open any more. */
  synchronized void endIfOver(Instant now) {
    boolean open = targets.values().stream().anyMatch(target -> target.outcome().isOpen());
    if (state == State.RUNNING && !open) {
      state = stopping ? State.STOPPED : State.DONE;
      ended = Optional.of(now);
    }
  }

  /** What to do when it is stopped; at once, if it is being stopped already. */
  void onStop(Runnable stop) {
    boolean now;
    synchronized (this) {
      stopper = stop;
      now = stopping;
    }
    if (now) {
      stop.run();
    }
  }

  /** Not with the lock: who is stopped tells this task of it. */
  void stop() {
    Runnable stop;
    synchronized (this) {
      stopping = true;
      stop = stopper;
    }
    stop.run();
  }

  /** Those that were only asked count as over: nobody waits for them any more. */
  synchronized void giveUp(Instant now) {
    targets.replaceAll(
        (mac, target) ->
            target.outcome().isOpen() ? target.with(Outcome.STOPPED, target.why()) : target);
    endIfOver(now);
  }

  synchronized boolean beginUndo() {
    boolean may = state == State.DONE || state == State.STOPPED;
    if (may) {
      state = State.UNDOING;
    }
    return may;
  }

  synchronized void endUndo() {
    state = State.UNDONE;
    did.clear();
  }
}
