package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KEYS = List.of("lease-time", "dns", "room", "pool", "router");

  @ParameterizedTest
  @CsvSource({
    "leasetime,lease-time",
    "lease_time,lease-time",
    "leaseTime,lease-time",
    "dnss,dns",
    "rom,room",
    "poool,pool",
    "ruoter,router"
  })
  void aSlipFindsTheWordThatWasMeant(String slip, String meant) {
    assertThat(Spelling.closest(slip, KEYS)).contains(meant);
  }

  @Test
  void aStrangeWordFindsNone() {
    assertThat(Spelling.closest("gateway", KEYS)).isEmpty();
  }

  @Test
  void twoSwappedLettersAreOneSlip() {
    assertThat(Spelling.distance("ruoter", "router")).isEqualTo(1);
  }
}
