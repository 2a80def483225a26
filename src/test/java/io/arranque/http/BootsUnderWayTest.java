package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.InventoryChange.BootStarted;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BootsUnderWayTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final String SCRIPT = "/ipxe?mac=52-54-00-12-34-56";

  private final BootDesk desk =
      new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ofSeconds(5));
  private final MemoryBook book = new MemoryBook().assign(TestSite.MAC, "worker");
  private final Site site = TestSite.at(Path.of("site"));

  private BootAnswer ready(Duration after) {
    return desk.ready(BootRoutes.parse("GET", SCRIPT), snapshot(), exchange(after));
  }

  private BootSnapshot snapshot() {
    return new BootSnapshot(site, book, LeasedAddresses.UNKNOWN);
  }

  private static Exchange exchange(Duration after) {
    return new Exchange(TestSite.CLIENT, TestSite.LOCAL, START.plus(after), TestSite.NONCE, "");
  }

  private Text begun() {
    Text script =
        (Text) desk.answer(BootRoutes.parse("GET", SCRIPT), snapshot(), exchange(Duration.ZERO));
    script.changes().stream()
        .filter(BootStarted.class::isInstance)
        .forEach(change -> book.with(((BootStarted) change).boot()));
    return script;
  }

  @Test
  void aScriptIsRepeatedUntilTheMachineWasSilent() {
    Text script = begun();
    Text repeated = (Text) ready(Duration.ofSeconds(4));
    assertThat(repeated.body()).isEqualTo(script.body());
    assertThat(repeated.changes()).isEmpty();
    assertThat(repeated.event()).isEmpty();
    assertThat(ready(Duration.ofSeconds(8))).isEqualTo(repeated);
    assertThat(ready(Duration.ofSeconds(13))).isNull();
  }

  @Test
  void notForEverHoweverOftenItAsks() {
    begun();
    for (int second = 1; second < 60; second++) {
      assertThat(ready(Duration.ofSeconds(second))).as("second %s", second).isNotNull();
    }
    assertThat(ready(Duration.ofSeconds(60))).isNull();
  }

  @Test
  void aBootThatWasNotCommittedIsNotRepeated() {
    desk.answer(BootRoutes.parse("GET", SCRIPT), snapshot(), exchange(Duration.ZERO));
    assertThat(ready(Duration.ofSeconds(1))).isNull();
  }

  @Test
  void aClockThatWasSetBackRepeatsNothing() {
    begun();
    assertThat(ready(Duration.ofSeconds(-1))).isNull();
  }

  @Test
  void anotherMachinesAddressGetsNothingRepeated() {
    begun();
    Exchange other =
        new Exchange(
            io.arranque.address.Ipv4.of("10.77.0.51"),
            TestSite.LOCAL,
            START.plusSeconds(1),
            TestSite.NONCE,
            "");
    assertThat(desk.ready(BootRoutes.parse("GET", SCRIPT), snapshot(), other)).isNull();
  }
}
