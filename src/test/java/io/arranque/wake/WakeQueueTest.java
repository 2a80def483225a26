package io.arranque.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is woken when, second by second. */
class WakeQueueTest {
  private static final int ANY = Integer.MAX_VALUE;

  private final WakeQueue queue = new WakeQueue();
  private Instant now = Instant.parse("2026-11-23T07:45:00Z");

  @Test
  void without_limit_there_is_a_fifth_of_a_second_between_two() {
    queue.add(1, macs(40), now);
    Instant began = now;
    List<Integer> woken = new ArrayList<>();
    while (woken.size() < 40) {
      first(ANY).ifPresent(woken::add);
      now = now.plusMillis(10);
    }
    assertThat(woken).doesNotHaveDuplicates();
    assertThat(Duration.between(began, now)).isBetween(seconds(7.8), seconds(8.2));
  }

  @Test
  void no_more_are_on_their_way_than_the_storm_control_has_room_for() {
    queue.add(1, macs(5), now);
    assertThat(first(2)).contains(1);
    pass(seconds(0.2));
    assertThat(first(2)).contains(2);
    pass(seconds(0.2));
    assertThat(first(2)).isEmpty();
    // Its firmware is there, but it loads nothing yet: still on its way.
    assertThat(queue.heard(mac(1))).hasSize(1);
    assertThat(first(2)).isEmpty();
    // From here on the storm control counts it by itself, and says one less.
    queue.loading(mac(1));
    assertThat(first(1)).isEmpty();
    assertThat(first(2)).contains(3);
  }

  @Test
  void one_that_does_not_come_holds_its_place_for_a_minute_and_a_half() {
    queue.add(1, macs(2), now);
    assertThat(first(1)).contains(1);
    pass(seconds(89));
    assertThat(first(1)).isEmpty();
    pass(seconds(2));
    assertThat(first(1)).contains(2);
  }

  @Test
  void the_storm_control_holds_nobody_back_for_longer_than_ten_minutes() {
    queue.add(1, macs(3), now);
    pass(WakeQueue.PATIENCE.minusSeconds(1));
    assertThat(first(0)).isEmpty();
    pass(seconds(1));
    assertThat(first(0)).contains(1);
    pass(seconds(0.2));
    assertThat(first(0)).contains(2);
  }

  @Test
  void one_that_is_not_heard_is_asked_four_times_and_one_that_is_never_again() {
    queue.add(1, macs(2), now);
    assertThat(rounds(0, mac(1))).isEqualTo(1);
    pass(seconds(0.2));
    assertThat(rounds(0, mac(2))).isEqualTo(1);
    queue.heard(mac(2));
    int more = 0;
    for (int second = 0; second < 200; second++) {
      pass(seconds(1));
      Optional<WakeQueue.Due> due = queue.due(() -> ANY, now);
      assertThat(due.map(WakeQueue.Due::mac)).isNotEqualTo(Optional.of(mac(2)));
      more += due.isPresent() ? 1 : 0;
    }
    assertThat(more).isEqualTo(WakeQueue.ROUNDS.size() - 1);
  }

  @Test
  void one_that_is_not_heard_in_five_minutes_is_told_of_once() {
    queue.add(1, macs(1), now);
    assertThat(first(ANY)).contains(1);
    pass(WakeQueue.HEARD_WITHIN.minusMillis(1));
    assertThat(queue.silent(now)).isEmpty();
    pass(seconds(1));
    assertThat(queue.silent(now)).containsExactly(new WakeQueue.Place(1, mac(1)));
    assertThat(queue.silent(now)).isEmpty();
    assertThat(queue.pause(now)).isEmpty();
  }

  @Test
  void who_stops_names_those_that_got_nothing_and_the_others_get_nothing_more() {
    queue.add(1, macs(3), now);
    queue.add(2, Set.of(mac(9)), now);
    assertThat(first(ANY)).contains(1);
    assertThat(queue.stop(1)).containsExactly(mac(2), mac(3));
    pass(seconds(2));
    // The other order goes on.
    assertThat(first(ANY)).contains(9);
    pass(seconds(0.5));
    assertThat(queue.due(() -> ANY, now)).isEmpty();
    // It may still be heard of.
    assertThat(queue.heard(mac(1))).containsExactly(new WakeQueue.Place(1, mac(1)));
  }

  @Test
  void it_is_looked_at_again_when_something_can_be_due_and_not_before() {
    assertThat(queue.pause(now)).isEmpty();
    queue.add(1, macs(2), now);
    assertThat(first(ANY)).contains(1);
    assertThat(queue.pause(now)).contains(WakeQueue.INTERVAL);
    pass(WakeQueue.INTERVAL);
    assertThat(first(ANY)).contains(2);
    assertThat(queue.pause(now)).contains(seconds(0.8));
  }

  private int rounds(int round, Mac mac) {
    Optional<WakeQueue.Due> due = queue.due(() -> ANY, now);
    return due.filter(d -> d.mac().equals(mac) && d.round() == round).isPresent() ? 1 : 0;
  }

  /** The number of the machine that is asked for the first time now. */
  private Optional<Integer> first(int mayStart) {
    Optional<WakeQueue.Due> due = queue.due(() -> mayStart, now);
    while (due.isPresent() && due.get().round() > 0) {
      due = queue.due(() -> mayStart, now);
    }
    return due.map(d -> (int) (d.mac().bits() & 0xff));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static Set<Mac> macs(int count) {
    Set<Mac> macs = new LinkedHashSet<>();
    for (int i = 1; i <= count; i++) {
      macs.add(mac(i));
    }
    return macs;
  }

  private static Mac mac(int number) {
    return new Mac(0x52_54_00_00_00_00L + number);
  }
}
