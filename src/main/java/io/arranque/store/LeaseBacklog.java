package io.arranque.store;

import io.arranque.dhcp.LeaseChange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The commits that are in the journal and not yet in the database. While the database takes nothing
 * it holds one entry per address, not one per commit. Thread-safe.
 */
final class LeaseBacklog {
  private record Commit(long sequence, List<LeaseChange> changes) {}

  /** What all commits {@code from} to {@code to} come to; belongs to whoever has it. */
  record Portion(long from, long to, LeaseOutcome outcome) {}

  private final Queue<Commit> waiting = new ArrayDeque<>();
  private @Nullable Portion taken;
  private long completeTo;
  private long last;
  private long waitingChanges;

  /**
   * Begins with what a replay found.
   *
   * @param completeTo the last commit that the database has
   * @param last the last commit there is
   */
  LeaseBacklog(long completeTo, long last, List<LeaseChange> replayed) {
    this.completeTo = completeTo;
    this.last = last;
    if (last > completeTo) {
      waiting.add(new Commit(last, replayed));
      waitingChanges = replayed.size();
    }
  }

  synchronized void add(long sequence, List<LeaseChange> changes) {
    waiting.add(new Commit(sequence, changes));
    waitingChanges += changes.size();
    last = sequence;
  }

  /** How many changes nobody has taken. */
  synchronized long waitingChanges() {
    return waitingChanges;
  }

  /** The last commit that is durably in the database. */
  synchronized long completeTo() {
    return completeTo;
  }

  /**
   * The oldest commits, of together at least {@code changes} changes if there are as many; the same
   * ones and all newer ones as long as {@link #done} was not said of them.
   */
  synchronized Optional<Portion> take(int changes) {
    Portion again = taken;
    LeaseOutcome outcome = new LeaseOutcome();
    long to = completeTo;
    if (again != null) {
      outcome.add(again.outcome().changes());
      to = again.to();
    }
    while (!waiting.isEmpty() && (again != null || outcome.size() < changes)) {
      Commit next = waiting.remove();
      waitingChanges -= next.changes().size();
      outcome.add(next.changes());
      to = next.sequence();
    }
    taken = to > completeTo ? new Portion(completeTo + 1, to, outcome) : null;
    return Optional.ofNullable(taken);
  }

  /** The portion that was taken last is durably in the database. */
  synchronized void done(Portion portion) {
    completeTo = portion.to();
    taken = null;
  }

  /** Everything that the database lacks; empty when it lacks nothing. */
  synchronized Optional<Portion> all() {
    if (last == completeTo) {
      return Optional.empty();
    }
    LeaseOutcome outcome = new LeaseOutcome();
    if (taken != null) {
      outcome.add(taken.outcome().changes());
    }
    waiting.forEach(commit -> outcome.add(commit.changes()));
    return Optional.of(new Portion(completeTo + 1, last, outcome));
  }
}
