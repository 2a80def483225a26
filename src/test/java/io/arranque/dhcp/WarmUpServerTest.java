package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WarmUpServerTest {
  @Test
  void eachMadeUpMachineGoesThroughTheWholeExchange() throws Exception {
    Site site = Fixture.site(Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199"));
    WarmUpServer warmUp = new WarmUpServer(Fixture.responder(), () -> site, () -> Fixture.NOW);
    // 16 machines, once through a relay and once without: OFFER, ACK, and the ACK of a renewal.
    assertThat(warmUp.round()).isEqualTo(2 * 16 * 3);
    assertThat(warmUp.round()).as("again").isEqualTo(2 * 16 * 3);
    warmUp.end();
  }

  @Test
  void everyRoundGivesLeasesAnewInsteadOfTellingWhatIsLeft() throws Exception {
    Site site = Fixture.site(Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199"));
    WarmUpServer warmUp = new WarmUpServer(Fixture.responder(), () -> site, () -> Fixture.NOW);
    assertThat(warmUp.round()).isPositive();
    assertThat(warmUp.leases()).isNotEmpty().noneMatch(lease -> lease.isLive(Fixture.NOW));
    warmUp.end();
  }

  @Test
  void aSiteThatAnswersNobodyIsNoTrouble() throws Exception {
    Site site = Fixture.site(Fixture.segment(Segment.Mode.OFF, "192.168.33.100-192.168.33.199"));
    WarmUpServer warmUp = new WarmUpServer(Fixture.responder(), () -> site, () -> Fixture.NOW);
    assertThat(warmUp.round()).isZero();
    warmUp.end();
  }
}
