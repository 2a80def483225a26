package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PerMinuteTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final PerMinute few = new PerMinute(2);

  @Test
  void aFewAreSaidAndTheRestOfTheMinuteIsNot() {
    assertThat(few.next(NOW)).isEqualTo(PerMinute.Say.YES);
    assertThat(few.next(NOW)).isEqualTo(PerMinute.Say.LAST);
    assertThat(few.next(NOW.plusSeconds(59))).isEqualTo(PerMinute.Say.NO);
  }

  @Test
  void theNextMinuteSpeaksAgain() {
    few.next(NOW);
    few.next(NOW);
    few.next(NOW);
    assertThat(few.next(NOW.plusSeconds(60))).isEqualTo(PerMinute.Say.YES);
  }

  @Test
  void aClockThatIsSetBackDoesNotSilenceItForYears() {
    few.next(NOW);
    few.next(NOW);
    assertThat(few.next(NOW.minusSeconds(86_400))).isEqualTo(PerMinute.Say.YES);
  }
}
