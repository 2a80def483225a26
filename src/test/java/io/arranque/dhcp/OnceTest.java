package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryTimeline;
import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OnceTest {
  private final MemoryTimeline timeline = new MemoryTimeline();
  private final Once once = new Once(timeline);

  private void record(Mac mac, int second, Reason reason) {
    once.record(
        BootEvent.of(
            Fixture.NOW.plusSeconds(second), mac, Stage.DISCOVER, reason, Optional.empty(), ""));
  }

  @Test
  void a_machine_is_told_of_the_other_server_once_in_ten_minutes() {
    for (int second = 0; second < 600; second++) {
      record(Fixture.MAC, second, Reason.OTHER_DHCP_SERVER);
    }
    assertThat(timeline.events()).hasSize(1);
    record(Fixture.MAC, 600, Reason.OTHER_DHCP_SERVER);
    record(Fixture.OTHER_MAC, 600, Reason.OTHER_DHCP_SERVER);
    assertThat(timeline.events()).hasSize(3);
  }

  @Test
  void everything_else_is_recorded_as_it_comes() {
    record(Fixture.MAC, 0, Reason.OK);
    record(Fixture.MAC, 0, Reason.OK);
    assertThat(timeline.events()).hasSize(2);
  }
}
