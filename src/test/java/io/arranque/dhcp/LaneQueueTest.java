package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LaneQueueTest {
  private final List<String> dropped = new ArrayList<>();

  /** Numbers whose tens tell the source; those of 900 and more are known. */
  private final LaneQueue<Integer> queue = queue(3);

  private LaneQueue<Integer> queue(int most) {
    return new LaneQueue<>(
        most,
        item -> item / 10,
        item -> item >= 900,
        (item, reason) -> dropped.add(item + " " + reason));
  }

  private void offer(int item) {
    queue.offer(item, item);
  }

  private List<Integer> drained(int size, long millis) throws InterruptedException {
    List<Integer> batch = new ArrayList<>();
    queue.drainTo(batch, size, millis);
    return batch;
  }

  @Test
  void whatWaitsComesOutInItsOrderAndWhatDoesNotFitIsRefused() throws Exception {
    List.of(1, 2, 3, 4).forEach(this::offer);
    assertThat(dropped).containsExactly("4 OVERLOADED");
    assertThat(drained(2, 0)).containsExactly(1, 2);
    offer(5);
    assertThat(drained(9, 0)).containsExactly(3, 5);
    assertThat(drained(9, 0)).isEmpty();
  }

  @Test
  void aQuestionAskedAnewTakesThePlaceOfTheOldOneAlsoWhenItIsFull() throws Exception {
    queue.offer(1, "a");
    queue.offer(12, "b");
    queue.offer(23, "c");
    queue.offer(4, "a");
    assertThat(dropped).as("the old one").containsExactly("1 OVERLOADED");
    queue.offer(35, "d");
    assertThat(dropped).hasSize(2);
    assertThat(drained(9, 0)).containsExactly(4, 12, 23);
    queue.offer(6, "a");
    assertThat(dropped).as("what was handed over is no longer there").hasSize(2);
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
    offer(1);
    offer(2);
    queue.wake();
    lane.join();
    assertThat(batch).containsExactly(1, 2);
  }

  @Test
  void aSourceIsLimitedOnlyWhileTheLaneIsBehind() throws Exception {
    LaneQueue<Integer> queue = queue(40);
    for (int i = 0; i < 13; i++) {
      queue.offer(i % 10, new Object());
    }
    // The first ten came while it was not behind.
    assertThat(dropped).containsExactly("0 RATE_LIMITED", "1 RATE_LIMITED", "2 RATE_LIMITED");
    queue.offer(20, 20);
    assertThat(queue.size()).isEqualTo(11);
    List<Integer> batch = new ArrayList<>();
    queue.drainTo(batch, 40, 0);
    dropped.clear();
    for (int i = 0; i < 10; i++) {
      queue.offer(i, new Object());
    }
    assertThat(dropped).as("what was drained counts no more").isEmpty();
  }

  @Test
  void theKnownAreTakenBeforeAFloodAndPutOneOfItOutWhenAllIsFull() throws Exception {
    LaneQueue<Integer> queue = queue(8);
    for (int i = 0; i < 10; i++) {
      queue.offer(100 + 10 * i, 100 + 10 * i);
    }
    queue.offer(900, 900);
    queue.offer(910, 910);
    assertThat(dropped)
        .containsExactly("180 OVERLOADED", "190 OVERLOADED", "100 OVERLOADED", "110 OVERLOADED");
    List<Integer> batch = new ArrayList<>();
    queue.drainTo(batch, 4, 0);
    assertThat(batch).containsExactly(900, 910, 120, 130);
  }

  @Test
  void theKnownDoNotTakeAllOfABatchWhileOthersWait() throws Exception {
    LaneQueue<Integer> queue = queue(16);
    for (int i = 0; i < 5; i++) {
      queue.offer(100 + 10 * i, 100 + 10 * i);
    }
    for (int i = 0; i < 8; i++) {
      queue.offer(900 + 10 * i, 900 + 10 * i);
    }
    List<Integer> batch = new ArrayList<>();
    queue.drainTo(batch, 8, 0);
    assertThat(batch).containsExactly(900, 910, 920, 930, 940, 950, 100, 110);
  }

  @Test
  void aThousandMachinesAtOnceAreNeverTakenForOne() {
    LaneQueue<Integer> queue = queue(8192);
    for (int i = 0; i < 8000; i++) {
      queue.offer(10 * i, 10 * i);
    }
    assertThat(dropped).isEmpty();
  }
}
