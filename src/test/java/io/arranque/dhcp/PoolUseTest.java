package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PoolUseTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");

  private static PoolUse use(PcRoom room) {
    return PoolUse.of(
        room.site.segments().values().iterator().next(),
        Set.of(Fixture.SERVER),
        room.table,
        room.now());
  }

  private static Mac mac(int i) {
    return new Mac(0x525400000000L + i);
  }

  @Test
  void an_address_is_counted_once_whether_offered_leased_or_set_aside() {
    PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.109");
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 10, 0, 0, 0));
    room.hear(Fixture.discover(mac(1)));
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 10, 0, 1, 0));
    room.hear(Fixture.selecting(mac(1), Fixture.SERVER, A));
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 10, 1, 0, 0));
    room.hear(Fixture.discover(mac(1)));
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 10, 1, 0, 0));
    room.hear(Fixture.decline(mac(1), A));
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 10, 0, 0, 1));
  }

  @Test
  void an_ended_lease_and_a_reserved_address_are_not_part_of_it() {
    PcRoom room =
        new PcRoom(
            Fixture.segment(
                Segment.Mode.SERVER,
                "192.168.33.100-192.168.33.109",
                Map.of(mac(9), A.plus(9)),
                new Segment.UnknownMachines.Discover()));
    room.hear(Fixture.selecting(mac(9), Fixture.SERVER, A.plus(9)));
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 9, 0, 0, 0));
    room.hear(Fixture.selecting(mac(1), Fixture.SERVER, A));
    room.pass(Duration.ofHours(13));
    assertThat(use(room)).isEqualTo(new PoolUse("sala5", 9, 0, 0, 0));
  }

  @Test
  void the_warning_comes_at_nine_tenths_and_goes_below_85_percent() {
    assertThat(new PoolUse("s", 100, 89, 0, 0).isNearlyFull(false)).isFalse();
    assertThat(new PoolUse("s", 100, 80, 5, 5).isNearlyFull(false)).isTrue();
    assertThat(new PoolUse("s", 100, 85, 0, 0).isNearlyFull(true)).isTrue();
    assertThat(new PoolUse("s", 100, 84, 0, 0).isNearlyFull(true)).isFalse();
    assertThat(new PoolUse("s", 0, 0, 0, 0).isNearlyFull(false)).isFalse();
  }
}
