package io.arranque.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import io.arranque.wake.WakeRoute.Card;
import io.arranque.wake.WakeRoute.None;
import io.arranque.wake.WakeRoute.Routed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a magic packet goes. */
class WakeRouteTest {
  private static final Mac PC = Mac.of("52:54:00:00:00:01");
  private static final Card SALA5 = new Card(Ipv4.of("192.168.33.1"), Ipv4.of("192.168.33.255"));

  @Test
  void out_of_the_card_of_the_segment_it_was_seen_on() {
    assertThat(routes(Wires.seen(PC, "sala5", Optional.empty()))).containsExactly(SALA5);
  }

  @Test
  void behind_a_relay_to_the_directed_broadcast_of_its_subnet() {
    assertThat(routes(Wires.seen(PC, "far", Optional.empty())))
        .containsExactly(new Routed(Ipv4.of("192.168.44.127")));
  }

  @Test
  void one_that_was_never_seen_by_its_address_and_else_by_its_room() {
    Optional<String> sala6 = Optional.of("room-sala6");
    assertThat(routes(Wires.entered(PC, sala6, Optional.of(Ipv4.of("192.168.33.9")))))
        .containsExactly(SALA5);
    assertThat(routes(Wires.entered(PC, sala6, Optional.empty())))
        .containsExactly(new Card(Ipv4.of("192.168.34.1"), Ipv4.of("192.168.34.255")));
  }

  @Test
  void one_of_which_nothing_is_known_has_no_way() {
    assertThat(routes(Machine.unknown(PC))).containsExactly(new None(Reason.WAKE_NO_SEGMENT, ""));
    // Its segment's file has gone.
    assertThat(routes(Wires.seen(PC, "gone", Optional.empty())))
        .containsExactly(new None(Reason.WAKE_NO_SEGMENT, ""));
  }

  @Test
  void without_the_card_it_says_which_segment_lacks_it() {
    List<WakeRoute> routes =
        WakeRoute.to(
            Wires.seen(PC, "sala5", Optional.empty()),
            Wires.site(),
            (Segment segment) -> Optional.empty());
    assertThat(routes).containsExactly(new None(Reason.WAKE_NO_CARD, "sala5"));
  }

  private static List<WakeRoute> routes(Machine machine) {
    return WakeRoute.to(machine, Wires.site(), Wires::own);
  }
}
