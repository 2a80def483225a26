package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LaneQueueTest {
  private final LaneQueue<Integer> queue = new LaneQueue<>(3);

  private List<Integer> drained(int size, long millis) throws InterruptedException {
    List<Integer> batch = new ArrayList<>();
    queue.drainTo(batch, size, millis);
    return batch;
  }

  @Test
  void whatWaitsComesOutInItsOrderAndWhatDoesNotFitIsRefused() throws Exception {
    assertThat(List.of(1, 2, 3, 4).stream().map(i -> queue.offer(i, i)))
        .containsExactly(true, true, true, false);
    assertThat(drained(2, 0)).containsExactly(1, 2);
    assertThat(queue.offer(5, 5)).isTrue();
    assertThat(drained(9, 0)).containsExactly(3, 5);
    assertThat(drained(9, 0)).isEmpty();
  }

  @Test
  void aQuestionAskedAnewTakesThePlaceOfTheOldOneAlsoWhenItIsFull() throws Exception {
    assertThat(queue.offer(1, "a") && queue.offer(2, "b") && queue.offer(3, "c")).isTrue();
    assertThat(queue.offer(4, "a")).as("one was dropped, the old").isFalse();
    assertThat(queue.offer(5, "d")).isFalse();
    assertThat(drained(9, 0)).containsExactly(4, 2, 3);
    assertThat(queue.offer(6, "a")).as("what was handed over is no longer there").isTrue();
  }

  @Test
  void oneWhoWaitsIsWokenForAllThatWasOffered() throws Exception {
    List<Integer> batch = new ArrayList<>();
    Thread lane =
        new Thread(
            () -> {
              try {
                queue.drainTo(batch, 9, 20_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    lane.start();
    while (lane.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(queue.offer(1, 1) && queue.offer(2, 2)).isTrue();
    queue.wake();
    lane.join();
    assertThat(batch).containsExactly(1, 2);
  }
}
