package io.arranque.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Throttle throttle = new Throttle();
  private Instant now = NOON;

  /** A wrong password from an address that nobody used before; whether it was looked at. */
  private boolean guess(int number, String name) {
    if (!throttle.attempt("10.0.%d.%d".formatted(number / 250, number % 250), name, now).isZero()) {
      return false;
    }
    throttle.failed(name, now);
    return true;
  }

  @Test
  void an_address_has_its_share_of_each_minute() {
    for (int i = 0; i < Throttle.ATTEMPTS; i++) {
      assertThat(throttle.attempt("10.0.0.1", "n" + i, now)).isZero();
      now = now.plusSeconds(2);
    }
    assertThat(throttle.attempt("10.0.0.1", "other", now)).isEqualTo(Duration.ofSeconds(50));
    assertThat(throttle.attempt("10.0.0.2", "other", now)).isZero();
    now = NOON.plus(Throttle.WINDOW);
    assertThat(throttle.attempt("10.0.0.1", "other", now)).isZero();
  }

  @Test
  void guesses_at_one_name_from_many_addresses_get_ever_longer_pauses() {
    for (int i = 0; i < Throttle.FAILURES; i++) {
      assertThat(guess(i, "ana")).isTrue();
    }
    assertThat(guess(100, "ana")).isFalse();
    assertThat(guess(100, "eva")).isTrue();
    int looked = 0;
    for (int second = 1; second <= 3_600; second++) {
      now = NOON.plusSeconds(second);
      if (guess(1_000 + second, "ana")) {
        looked++;
      }
    }
    // After 1, 2, 4, 8 and then each 15 minutes.
    assertThat(looked).isEqualTo(7);
  }

  @Test
  void a_name_that_nobody_has_is_paused_alike() {
    for (int i = 0; i < Throttle.FAILURES; i++) {
      assertThat(guess(i, "nobody")).isTrue();
    }
    assertThat(guess(99, "nobody")).isFalse();
  }

  @Test
  void whoever_logged_in_from_here_before_is_not_shut_out_by_others() {
    throttle.succeeded("10.9.9.9", "ana");
    for (int i = 0; i < Throttle.FAILURES; i++) {
      guess(i, "ana");
    }
    assertThat(throttle.attempt("10.8.8.8", "ana", now)).isPositive();
    assertThat(throttle.attempt("10.9.9.9", "ana", now)).isZero();
    for (int i = 0; i < Throttle.ATTEMPTS; i++) {
      throttle.attempt("10.9.9.9", "ana", now);
    }
    assertThat(throttle.attempt("10.9.9.9", "ana", now)).isPositive();
  }

  @Test
  void a_day_later_all_is_forgotten_and_a_success_forgives() {
    for (int i = 0; i < Throttle.FAILURES; i++) {
      guess(i, "ana");
    }
    now = NOON.plus(Duration.ofDays(1));
    assertThat(guess(50, "ana")).isTrue();
    assertThat(guess(51, "ana")).isTrue();
    throttle.succeeded("10.0.0.50", "ana");
    for (int i = 0; i < Throttle.FAILURES; i++) {
      assertThat(guess(200 + i, "ana")).isTrue();
    }
  }

  @Test
  void a_flood_of_names_and_addresses_is_bounded_and_so_is_what_is_told_of_it() {
    int told = 0;
    for (int i = 0; i < 3 * Throttle.MAX_KEYS; i++) {
      throttle.attempt("10.%d.%d.1".formatted(i / 250, i % 250), "n" + i, now);
      throttle.failed("n" + i, now);
      if (throttle.mayTell(now)) {
        told++;
      }
    }
    assertThat(told).isEqualTo(Throttle.TOLD);
    assertThat(throttle.mayTell(now.plus(Throttle.WINDOW))).isTrue();
    assertThat(throttle.keys()).isLessThanOrEqualTo(2 * Throttle.MAX_KEYS);
  }
}
