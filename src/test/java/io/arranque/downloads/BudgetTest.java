package io.arranque.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.site.DownloadSettings;
import io.arranque.site.DownloadSettings.Limit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {
  private static final long MBIT = 1_000_000;
  private static final long GBIT = 1_000 * MBIT;

  @ParameterizedTest
  @CsvSource({"10, 0, 10", "10, 9, 1", "10, 10, 0", "10, 12, 0"})
  void byNumberAsManyAreFreeAsAreMissing(int limit, int machines, int free) {
    Budget budget = budget(new Limit(limit), Optional.empty(), GBIT);
    assertThat(budget.free(new Load(machines, GBIT, 0), 3)).isEqualTo(free);
  }

  /** Machines, Mbit/s, machines that the rate does not show yet, and how many may begin. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 8", // nobody knows how fast one is: eight are tried
    "8, 0, 8, 0", // and then it is seen what comes of them
    "8, 400, 0, 10", // 50 Mbit/s each: ten more fit
    "9, 400, 1, 9", // of which one was just told to begin
    "18, 900, 0, 0",
    "18, 950, 0, 0",
    "1, 890, 0, 1", // the last bit of a wire is used too
  })
  void byRateAsManyAsFitBegin(int machines, long rate, int untested, int free) {
    Budget budget = budget(Limit.NONE, Optional.of(900 * MBIT), 0);
    assertThat(budget.free(new Load(machines, rate * MBIT, untested), 0)).isEqualTo(free);
  }

  @Test
  void numberAndRateHoldTogether() {
    Budget budget = budget(new Limit(3), Optional.of(900 * MBIT), 0);
    assertThat(budget.free(new Load(1, 100 * MBIT, 0), 0)).isEqualTo(2);
    assertThat(budget.free(new Load(1, 900 * MBIT, 0), 0)).isZero();
  }

  @Test
  void withoutAnySettingNobodyWaitsBeforeTheWireIsFullAndSharedByMany() {
    Budget budget = budget(Limit.AUTO, Optional.empty(), GBIT);
    int any = Integer.MAX_VALUE;
    assertThat(budget.free(new Load(500, 800 * MBIT, 0), 0)).isEqualTo(any);
    assertThat(budget.free(new Load(40, 940 * MBIT, 0), 0)).isEqualTo(22);
    assertThat(budget.free(new Load(70, 940 * MBIT, 0), 0)).isZero();
    // Once there is a queue it goes one by one, also when the rate sinks for a moment.
    assertThat(budget.free(new Load(61, 300 * MBIT, 0), 9)).isEqualTo(1);
  }

  @Test
  void aCardThatDoesNotSayHowFastItIsLimitsNothing() {
    assertThat(budget(Limit.AUTO, Optional.empty(), 0).isUnlimited()).isTrue();
    assertThat(budget(Limit.NONE, Optional.empty(), GBIT).isUnlimited()).isTrue();
  }

  @Test
  void aSlowWireServesAtLeastOne() {
    Budget budget = budget(Limit.AUTO, Optional.empty(), 10 * MBIT);
    assertThat(budget.free(new Load(0, 0, 0), 5)).isEqualTo(1);
  }

  private static Budget budget(Limit limit, Optional<Long> rate, long cards) {
    return Budget.of(new DownloadSettings(limit, rate, Set.of()), cards);
  }
}
