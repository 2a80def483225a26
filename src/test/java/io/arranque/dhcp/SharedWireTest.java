package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several segments behind one card. */
final class SharedWireTest {
  private static final Ipv4 FIVE = Ipv4.of("192.168.33.100");
  private static final Ipv4 SIX = Ipv4.of("10.6.0.20");
  private static final Ipv4 SERVER_SIX = Ipv4.of("10.6.0.1");
  private static final Mac THIRD = Mac.of("52:54:00:00:00:03");
  private static final Arrival BOTH = from(Ipv4.ANY);

  private final PcRoom room = room(Map.of());

  private static Arrival from(Ipv4 source) {
    return new Arrival(
        "sala5", Fixture.SERVER, 67, source, 68, List.of(new Arrival.Local("sala6", SERVER_SIX)));
  }

  private static PcRoom room(Map<Mac, Ipv4> reservedInSix) {
    return new PcRoom(
        Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.100"),
        Fixture.segment(
            "sala6",
            "10.6.0.0/24",
            Segment.Mode.SERVER,
            "10.6.0.20-10.6.0.21",
            reservedInSix,
            new UnknownMachines.Discover()));
  }

  @Test
  void theFirstSegmentWithAFreeAddressServesWithItsOwnRouterAndServer() {
    assertThat(room.lease(Fixture.discover(Fixture.MAC), BOTH)).isEqualTo(FIVE);
    DhcpPacket offer = room.answer(MessageType.OFFER, Fixture.discover(Fixture.OTHER_MAC), BOTH);
    assertThat(offer.yiaddr()).isEqualTo(SIX);
    assertThat(offer.options().address(OptionCode.SERVER_IDENTIFIER)).contains(SERVER_SIX);
    assertThat(offer.options().option(OptionCode.ROUTER))
        .contains(new DhcpOption.Addresses(OptionCode.ROUTER, List.of(SERVER_SIX)));
  }

  @Test
  void aMachineStaysWhereItsLeaseIs() {
    room.lease(Fixture.discover(Fixture.MAC), BOTH);
    room.lease(Fixture.discover(Fixture.OTHER_MAC), BOTH);
    room.hear(Fixture.release(Fixture.MAC, FIVE), from(FIVE));
    assertThat(room.lease(Fixture.discover(Fixture.OTHER_MAC), BOTH)).isEqualTo(SIX);
    room.answer(MessageType.ACK, Fixture.initReboot(Fixture.OTHER_MAC, SIX), BOTH);
    Verdict.Reply renewed = room.reply(Fixture.renewing(Fixture.OTHER_MAC, SIX), from(SIX));
    assertThat(renewed.packet().options().address(OptionCode.SERVER_IDENTIFIER))
        .contains(SERVER_SIX);
  }

  @Test
  void aReservationDecidesAndEndsTheLeaseOnTheOtherSegment() {
    room.lease(Fixture.discover(Fixture.MAC), BOTH);
    PcRoom reserved = room(Map.of(Fixture.MAC, Ipv4.of("10.6.0.50")));
    reserved.table.load(new LeaseBook.LoadedLeases(List.copyOf(room.table.leases()), Map.of()));
    reserved.table.segments(reserved.site);
    assertThat(reserved.lease(Fixture.discover(Fixture.MAC), BOTH)).isEqualTo(Ipv4.of("10.6.0.50"));
    assertThat(reserved.lease(Fixture.discover(Fixture.OTHER_MAC), BOTH))
        .as("the first is free again at once, though a fresh one is preferred")
        .isEqualTo(FIVE);
  }

  @Test
  void theAddressAskedForDecidesWhenItIsFree() {
    DhcpPacket discover =
        Fixture.discover(Fixture.MAC)
            .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, SIX));
    assertThat(room.answer(MessageType.OFFER, discover, BOTH).yiaddr()).isEqualTo(SIX);
  }

  @Test
  void subnetSelectionChoosesAmongTheSegmentsOfTheWire() {
    DhcpPacket discover =
        Fixture.discover(Fixture.MAC)
            .with(new DhcpOption.Address(OptionCode.SUBNET_SELECTION, Ipv4.of("10.6.0.0")));
    assertThat(room.answer(MessageType.OFFER, discover, BOTH).yiaddr()).isEqualTo(SIX);
  }

  @Test
  void eitherOfOurAddressesMeansUs() {
    room.hear(Fixture.discover(Fixture.MAC), BOTH);
    room.answer(MessageType.ACK, Fixture.selecting(Fixture.MAC, SERVER_SIX, FIVE), BOTH);
  }

  @Test
  void whenBothAreFullNobodyElseIsServed() {
    for (Mac mac : List.of(Fixture.MAC, Fixture.OTHER_MAC, THIRD)) {
      room.lease(Fixture.discover(mac), BOTH);
    }
    assertThat(room.silence(Fixture.discover(Mac.of("52:54:00:00:00:04")), BOTH))
        .isEqualTo(Reason.POOL_EXHAUSTED);
  }

  @Test
  void informReleaseAndDeclineGoByTheAddressTheySpeakOf() {
    room.lease(Fixture.discover(Fixture.MAC), BOTH);
    room.lease(Fixture.discover(Fixture.OTHER_MAC), BOTH);
    DhcpPacket inform =
        DhcpPacket.request(MessageType.INFORM, Fixture.OTHER_MAC, 7).withCiaddr(SIX);
    assertThat(
            room.answer(MessageType.ACK, inform, from(SIX))
                .options()
                .address(OptionCode.SERVER_IDENTIFIER))
        .contains(SERVER_SIX);
    assertThat(room.silence(Fixture.release(Fixture.OTHER_MAC, SIX), from(SIX)))
        .isEqualTo(Reason.ADDRESS_RELEASED);
  }
}
