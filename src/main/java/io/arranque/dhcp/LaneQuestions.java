package io.arranque.dhcp;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions of other threads about what only the lane may read. The lane answers them between two
 * batches; a copy of the table for each would cost more than the answer.
 */
final class LaneQuestions {
  private static final int WAITING = 64;

  private final Queue<Consumer<Snapshot>> waiting = new ArrayBlockingQueue<>(WAITING);

  /** From any thread. The question must be quick, and must not keep the snapshot. */
  <T> CompletableFuture<T> ask(Function<Snapshot, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean taken =
        waiting.offer(
            snapshot -> {
              try {
                answer.complete(question.apply(snapshot));
              } catch (RuntimeException | AssertionError e) {
                answer.completeExceptionally(e);
              }
            });
    if (!taken) {
      answer.completeExceptionally(new RejectedExecutionException("too many questions"));
    }
    return answer;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** By the lane alone. */
  void answer(Snapshot snapshot) {
    for (Consumer<Snapshot> next = waiting.poll(); next != null; next = waiting.poll()) {
      next.accept(snapshot);
    }
  }
}
