package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why there is no address: a pool that is too small wants another remedy than a foreign device. */
final class AddressInUseTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 B = Ipv4.of("192.168.33.101");
  private static final Ipv4 RESERVED = Ipv4.of("192.168.33.50");

  private static PcRoom withReservation(String pool) {
    return new PcRoom(
        Fixture.segment(
            Segment.Mode.SERVER,
            pool,
            Map.of(Fixture.MAC, RESERVED),
            new Segment.UnknownMachines.Discover()));
  }

  private static void uses(PcRoom room, Ipv4 address) {
    room.table.apply(
        new Verdict.Silence(
            Reason.ADDRESS_IN_USE,
            List.of(new LeaseChange.Quarantined(address, room.now().plus(HandBack.QUARANTINE))),
            Optional.empty(),
            List.of()));
    room.table.keep();
  }

  private static BootEvent refused(PcRoom room, Mac mac) {
    return ((Verdict.Silence) room.hear(Fixture.discover(mac))).events().get(0);
  }

  @Test
  void aPoolThatOtherDevicesUseUpIsNotTooSmall() {
    PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.101");
    uses(room, A);
    uses(room, B);
    BootEvent refused = refused(room, Fixture.MAC);
    assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_IN_USE);
    assertThat(refused.address()).contains(A);
    assertThat(refused.detail()).as("who it is, only the probe knows").isEmpty();

    room.pass(HandBack.QUARANTINE);
    assertThat(room.lease(Fixture.discover(Fixture.MAC))).isEqualTo(A);
    assertThat(room.lease(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(B);
  }

  @Test
  void aPoolThatMachinesUseUpIsTooSmallAlsoWhenADeviceTookTheLastOfIt() {
    PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.101");
    room.lease(Fixture.discover(Fixture.OTHER_MAC));
    uses(room, room.table.at(A).isPresent() ? B : A);
    BootEvent refused = refused(room, Fixture.MAC);
    assertThat(refused.reason()).isEqualTo(Reason.POOL_EXHAUSTED);
    assertThat(refused.address()).isEmpty();
  }

  @Test
  void aReservedAddressThatADeviceUsesIsTheReasonHoweverFullThePoolIs() {
    PcRoom room = withReservation("192.168.33.100");
    room.lease(Fixture.discover(Fixture.OTHER_MAC));
    uses(room, RESERVED);
    BootEvent refused = refused(room, Fixture.MAC);
    assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_IN_USE);
    assertThat(refused.address()).contains(RESERVED);
  }

  @Test
  void aReservedAddressThatADeviceUsesCostsNothingWhileThePoolHasAnother() {
    PcRoom room = withReservation("192.168.33.100");
    uses(room, RESERVED);
    assertThat(room.lease(Fixture.discover(Fixture.MAC))).isEqualTo(A);
  }
}
