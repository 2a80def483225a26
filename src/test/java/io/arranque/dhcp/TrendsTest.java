package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final Trends trends = new Trends();
  private final DhcpStatistics statistics = new DhcpStatistics();

  @ParameterizedTest
  @CsvSource({
    // free, more, within minutes, full in minutes
    "60, 30, 60, 120",
    "60, 60, 30, 30",
    "0, 5, 60, 0",
    "60, 0, 60, ",
    "60, -4, 60, ",
    "60, 30, 9, ",
  })
  void aPoolIsFullWhenWhatIsFreeIsUsedAtTheRateOfTheHour(
      long free, long more, long within, Long full) {
    assertThat(Trends.fullIn(free, more, Duration.ofMinutes(within)).map(Duration::toMinutes))
        .isEqualTo(java.util.Optional.ofNullable(full));
  }

  private static PoolUse use(long leased) {
    return new PoolUse("sala5", 100, leased, 0, 0);
  }

  @Test
  void theRateIsThatOfTheLastHourAndNotOfTheMorning() {
    for (int minute = 0; minute <= 120; minute++) {
      // Sixty in the first hour, ten in the second.
      long leased = minute <= 60 ? minute : 60 + (minute - 60) / 6;
      trends.look(statistics, List.of(use(leased)), NOW.plus(Duration.ofMinutes(minute)));
    }
    assertThat(trends.fullIn(use(70), NOW.plus(Duration.ofHours(2))).map(Duration::toHours))
        .contains(3L);
  }

  @Test
  void aFreshStartForetellsNothing() {
    trends.look(statistics, List.of(use(0)), NOW);
    assertThat(trends.fullIn(use(50), NOW.plusSeconds(300))).isEmpty();
  }

  @Test
  void silencesAreThoseOfTheHour() {
    for (int i = 0; i < 5; i++) {
      statistics.countSilence("sala5", Reason.POOL_EXHAUSTED);
    }
    statistics.countSilence(Reason.UNKNOWN_SEGMENT);
    trends.look(statistics, List.of(), NOW);
    assertThat(trends.silences("sala5", statistics, NOW.plusSeconds(30))).isEmpty();
    statistics.countSilence("sala5", Reason.POOL_EXHAUSTED);
    statistics.countSilence("sala5", Reason.RATE_LIMITED);
    for (int minute = 1; minute <= 30; minute++) {
      trends.look(statistics, List.of(), NOW.plus(Duration.ofMinutes(minute)));
    }
    assertThat(trends.silences("sala5", statistics, NOW.plus(Duration.ofMinutes(31))))
        .containsOnlyKeys(Reason.POOL_EXHAUSTED, Reason.RATE_LIMITED)
        .containsEntry(Reason.POOL_EXHAUSTED, 1L);
    assertThat(trends.silences("", statistics, NOW)).isEmpty();
    for (int minute = 31; minute <= 100; minute++) {
      trends.look(statistics, List.of(), NOW.plus(Duration.ofMinutes(minute)));
    }
    assertThat(trends.silences("sala5", statistics, NOW.plus(Duration.ofMinutes(100)))).isEmpty();
  }
}
