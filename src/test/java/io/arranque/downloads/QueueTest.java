package io.arranque.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Set<String> FILES = Set.of("linux/vmlinuz", "linux/initrd");
  private static final int NOBODY_MORE = 0;

  private final Queue queue = new Queue();

  @Test
  void whoAsksFirstIsFirst() {
    List.of(1, 2, 3).forEach(n -> waits(n, START));

    assertThat(places(1, 2, 3)).containsExactly(1, 2, 3);
    assertThat(queue.standing(mac(2), 1).mayGo()).isFalse();
    assertThat(queue.standing(mac(1), 1).mayGo()).isTrue();
  }

  @Test
  void whatIsFreeIsKeptForThoseAheadUntilTheyAsk() {
    List.of(1, 2, 3).forEach(n -> waits(n, START));

    assertThat(queue.standing(mac(3), 2).mayGo()).isFalse();
    assertThat(queue.standing(mac(3), 3).mayGo()).isTrue();
    assertThat(queue.standing(mac(4), 3).mayGo()).as("a newcomer does not jump").isFalse();
  }

  @Test
  void askingAgainKeepsThePlace() {
    waits(1, START);
    waits(2, START);
    waits(1, START.plusSeconds(2));

    assertThat(places(1, 2)).containsExactly(1, 2);
    assertThat(queue.standing(mac(1), NOBODY_MORE).asked()).isTrue();
    assertThat(queue.standing(mac(9), NOBODY_MORE).asked()).isFalse();
  }

  @Test
  void whoDoesNotAskAgainLosesThePlaceToTheNext() {
    waits(1, START);
    waits(2, START);
    Instant later = START.plus(Duration.ofSeconds(2)).plus(Queue.GRACE).plusMillis(1);
    waits(2, later.minusSeconds(1));

    settle(later);

    assertThat(queue.standing(mac(2), 1).mayGo()).isTrue();
    assertThat(queue.waiting()).extracting(Waiting::mac).containsExactly(mac(2));
  }

  @Test
  void whoLostThePlaceComesInAgainAtTheEnd() {
    waits(1, START);
    Instant later = START.plusSeconds(60);
    settle(later);
    waits(2, later);
    waits(1, later);

    assertThat(places(2, 1)).containsExactly(1, 2);
  }

  @Test
  void aTicketEndsWhenAllFilesHaveBeenFetched() {
    queue.admit(mac(1), address(1), FILES, START);

    queue.fetched(address(1), "linux/vmlinuz", START.plusSeconds(1));
    assertThat(queue.tickets()).hasSize(1);
    queue.fetched(address(2), "linux/initrd", START.plusSeconds(1));
    assertThat(queue.tickets()).as("another's download").hasSize(1);
    queue.fetched(address(1), "linux/initrd", START.plusSeconds(2));

    assertThat(queue.tickets()).isEmpty();
  }

  @Test
  void aTicketEndsWhenItsMachineGetsNoByteForAWhile() {
    queue.admit(mac(1), address(1), FILES, START);
    Instant lastByte = START.plusSeconds(20);

    queue.settle(lastByte.plus(Queue.QUIET), at -> Optional.of(lastByte));
    assertThat(queue.tickets()).hasSize(1);
    queue.settle(lastByte.plus(Queue.QUIET).plusMillis(1), at -> Optional.of(lastByte));

    assertThat(queue.tickets()).isEmpty();
  }

  @Test
  void aMachineThatWasAdmittedAndNeverFetchesFreesItsTicket() {
    queue.admit(mac(1), address(1), FILES, START);

    settle(START.plus(Queue.QUIET).plusMillis(1));

    assertThat(queue.tickets()).isEmpty();
  }

  @Test
  void aMachineThatRunsHoldsNoTicket() {
    queue.admit(mac(1), address(1), FILES, START);

    queue.leave(mac(1), START.plusSeconds(8));

    assertThat(queue.tickets()).isEmpty();
  }

  @Test
  void aMachineThatStartsOverGoesToTheEnd() {
    queue.admit(mac(1), address(1), FILES, START);
    waits(2, START);

    assertThat(queue.isFresh(mac(1), START.plusSeconds(1))).as("the same request again").isTrue();
    assertThat(queue.isFresh(mac(1), START.plusSeconds(9))).isFalse();
    waits(1, START.plusSeconds(9));

    assertThat(places(2, 1)).containsExactly(1, 2);
    assertThat(queue.tickets()).isEmpty();
  }

  @Test
  void repeatedRequestsDoNotKeepATicketFreshForEver() {
    queue.admit(mac(1), address(1), FILES, START);
    queue.admit(mac(1), address(1), FILES, START.plusSeconds(2));

    assertThat(queue.isFresh(mac(1), START.plusSeconds(4))).isFalse();
  }

  @Test
  void anAddressHasOnePlaceHoweverManyNamesItUses() {
    for (int n = 1; n <= 50; n++) {
      queue.enqueue(mac(n), address(1), Duration.ofSeconds(2), START);
    }

    assertThat(queue.waiting()).extracting(Waiting::mac).containsExactly(mac(50));
  }

  @Test
  void theQueueIsBoundedAndWhoComesLaterWaitsWithoutAPlace() {
    for (int n = 1; n <= Queue.MAX_WAITING + 10; n++) {
      waits(n, START);
    }

    assertThat(queue.waitingCount()).isEqualTo(Queue.MAX_WAITING);
    Standing late = queue.standing(mac(Queue.MAX_WAITING + 5), NOBODY_MORE);
    assertThat(late.mayGo()).isFalse();
    assertThat(late.place()).isEqualTo(Queue.MAX_WAITING + 1);
    assertThat(late.asked()).isFalse();
  }

  @Test
  void nothingIsPromisedBeforeAMachineWasThrough() {
    waits(1, START);
    assertThat(queue.standing(mac(1), NOBODY_MORE).estimate()).isEmpty();
  }

  @Test
  void theEstimateFollowsHowLongTheOthersTook() {
    queue.admit(mac(1), address(1), FILES, START);
    queue.admit(mac(2), address(2), FILES, START);
    queue.admit(mac(3), address(3), FILES, START);
    queue.leave(mac(1), START.plusSeconds(30));
    List.of(11, 12, 13, 14, 15).forEach(n -> waits(n, START));

    // Two are loading: the fifth of the queue has to wait for three rounds of 30 s.
    assertThat(queue.standing(mac(15), NOBODY_MORE).estimate()).contains(Duration.ofSeconds(90));
    assertThat(queue.standing(mac(11), NOBODY_MORE).estimate()).contains(Duration.ofSeconds(30));
  }

  @Test
  void theNextInLineAskOftenerThanTheOthers() {
    for (int n = 1; n <= 60; n++) {
      waits(n, START);
    }
    assertThat(queue.standing(mac(1), NOBODY_MORE).askAgain())
        .isLessThan(queue.standing(mac(60), NOBODY_MORE).askAgain());
    assertThat(queue.standing(mac(1), NOBODY_MORE).isNext()).isTrue();
    assertThat(queue.standing(mac(60), NOBODY_MORE).isNext()).isFalse();
  }

  /** Machines ask, stop asking, fetch, break off and start over at random. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverHappensNobodyIsLeftBehindAndTheBudgetHolds(long seed) {
    Random random = new Random(seed);
    int budget = 1 + random.nextInt(6);
    Set<Integer> wanting = new HashSet<>();
    for (int n = 1; n <= 60; n++) {
      wanting.add(n);
    }
    Instant now = START;
    for (int round = 0; round < 2_000 && !wanting.isEmpty(); round++) {
      now = now.plusMillis(1_000);
      for (int n : new ArrayList<>(wanting)) {
        if (random.nextInt(20) == 0) {
          continue; // it was slow, or is switched off for a moment
        }
        int free = budget - queue.tickets().size();
        if (queue.isFresh(mac(n), now) || queue.tickets().stream().anyMatch(holds(n))) {
          finishSometimes(random, n, now, wanting);
        } else if (queue.standing(mac(n), free).mayGo()) {
          queue.admit(mac(n), address(n), FILES, now);
        } else {
          waits(n, now);
        }
        assertThat(queue.tickets().size()).isLessThanOrEqualTo(budget);
      }
      settle(now);
    }
    assertThat(wanting).as("seed %d", seed).isEmpty();
    assertThat(queue.tickets()).isEmpty();
  }

  private void finishSometimes(Random random, int n, Instant now, Set<Integer> wanting) {
    switch (random.nextInt(8)) {
      case 0 -> {
        FILES.forEach(file -> queue.fetched(address(n), file, now));
        wanting.remove(n);
      }
      case 1 -> {
        queue.leave(mac(n), now);
        wanting.remove(n);
      }
      default -> {}
    }
  }

  private static java.util.function.Predicate<Ticket> holds(int n) {
    return ticket -> ticket.mac().equals(mac(n));
  }

  private List<Integer> places(int... machines) {
    List<Integer> places = new ArrayList<>();
    for (int n : machines) {
      places.add(queue.standing(mac(n), NOBODY_MORE).place());
    }
    return places;
  }

  private void waits(int n, Instant now) {
    queue.enqueue(mac(n), address(n), Duration.ofSeconds(2), now);
  }

  private void settle(Instant now) {
    queue.settle(now, at -> Optional.empty());
  }

  static Mac mac(int n) {
    return new Mac(0x525400_000000L + n);
  }

  static Ipv4 address(int n) {
    return Ipv4.of("10.0.0.0").plus(n);
  }
}
