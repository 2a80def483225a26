package io.arranque.dhcp;

import io.arranque.dhcp.AddressOrder.Answer;
import io.arranque.inventory.StoreFailure;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Orders of operators on their way to the decision lane, which carries each out between two
 * batches: decide, commit, apply, tell. One commit for each: people are few.
 */
final class LaneOrders {
  private static final int WAITING = 64;

  private record Given(AddressOrder order, CompletableFuture<Answer> answer) {}

  private final Queue<Given> waiting = new ArrayBlockingQueue<>(WAITING);

  /** From any thread. */
  CompletableFuture<Answer> give(AddressOrder order) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (!waiting.offer(new Given(order, answer))) {
      answer.complete(Answer.NOT_ANSWERED);
    }
    return answer;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * By the lane alone, with a table that has nothing provisional in it, and nothing whose time is
   * over.
   */
  void carryOut(LeaseTable table, LeaseBook book, PublishedLeases published, Instant now) {
    for (Given next = waiting.poll(); next != null; next = waiting.poll()) {
      // Whoever gave up waiting has been told that nothing happens.
      if (!next.answer().isDone()) {
        next.answer().complete(carryOut(next.order(), table, book, published, now));
      }
    }
  }

  private static Answer carryOut(
      AddressOrder order,
      LeaseTable table,
      LeaseBook book,
      PublishedLeases published,
      Instant now) {
    AddressOrder.Decision decision = order.decide(table, now);
    if (decision.changes().isEmpty()) {
      return decision.answer();
    }
    try {
      book.commit(decision.changes());
    } catch (StoreFailure e) {
      return Answer.NOT_WRITTEN;
    }
    decision.changes().forEach(table::apply);
    table.keep();
    published.take(decision.changes(), table);
    return decision.answer();
  }
}
