package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.SwitchPort;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people set in the page about one machine, as it comes out on the wire. */
final class ReservedAddressTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 B = Ipv4.of("192.168.33.101");
  private static final Ipv4 BESIDE = Ipv4.of("192.168.33.10");

  private final PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.101");
  private final MemoryBook inventory = new MemoryBook();

  private void reserve(Mac mac, Ipv4 address) {
    inventory.with(
        Machine.unknown(mac).with(Assignment.NONE.withReservation(Optional.of(address))));
  }

  private Verdict hear(DhcpPacket packet) {
    return hear(packet, Fixture.DIRECT);
  }

  private Verdict hear(DhcpPacket packet, Arrival at) {
    Verdict verdict =
        Fixture.responder()
            .respond(packet, at, new Snapshot(room.site, inventory, room.table), Fixture.NOW);
    room.table.apply(verdict);
    room.table.keep();
    return verdict;
  }

  private DhcpPacket answer(DhcpPacket packet) {
    return ((Verdict.Reply) hear(packet)).packet();
  }

  @Test
  void aMachineGetsTheAddressReservedInThePageInsideThePoolAndBesideIt() {
    reserve(Fixture.MAC, B);
    assertThat(answer(Fixture.discover(Fixture.MAC)).yiaddr()).isEqualTo(B);
    reserve(Fixture.OTHER_MAC, BESIDE);
    assertThat(answer(Fixture.discover(Fixture.OTHER_MAC)).yiaddr()).isEqualTo(BESIDE);
  }

  @Test
  void nobodyElseIsEverGivenIt() {
    reserve(Fixture.OTHER_MAC, A);
    assertThat(answer(Fixture.discover(Fixture.MAC)).yiaddr()).isEqualTo(B);
    DhcpPacket wish =
        Fixture.discover(Fixture.MAC).with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, A));
    assertThat(answer(wish).yiaddr()).isEqualTo(B);
    reserve(Mac.of("52:54:00:00:00:09"), B);
    Verdict full = hear(Fixture.discover(Mac.of("52:54:00:00:00:08")));
    assertThat(((Verdict.Silence) full).reason()).isEqualTo(Reason.POOL_EXHAUSTED);
  }

  @Test
  void whoeverHoldsALeaseOfItIsMovedWhenItRenewsAndOnlyThenTheOtherGetsIt() {
    assertThat(answer(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A)).messageType())
        .contains(MessageType.ACK);
    reserve(Fixture.OTHER_MAC, A);
    assertThat(answer(Fixture.discover(Fixture.OTHER_MAC)).yiaddr()).isEqualTo(B);

    assertThat(answer(Fixture.renewing(Fixture.MAC, A)).messageType()).contains(MessageType.NAK);
  }

  @Test
  void thePageWinsOverTheFile() {
    PcRoom withFile =
        new PcRoom(
            Fixture.segment(
                Segment.Mode.SERVER,
                "192.168.33.100-192.168.33.101",
                Map.of(Fixture.MAC, BESIDE),
                new Segment.UnknownMachines.Discover()));
    reserve(Fixture.MAC, B);
    Verdict.Reply reply =
        (Verdict.Reply)
            Fixture.responder()
                .respond(
                    Fixture.discover(Fixture.MAC),
                    Fixture.DIRECT,
                    new Snapshot(withFile.site, inventory, withFile.table),
                    Fixture.NOW);
    assertThat(reply.packet().yiaddr()).isEqualTo(B);
  }

  @Test
  void theMachinesOwnOptionIsInTheReplyAndOneItTurnedOffIsNot() {
    inventory.with(
        Machine.unknown(Fixture.MAC)
            .with(
                Assignment.NONE.withOptions(
                    OptionLines.of(Map.of("mtu", "1400", "ntp-servers", "none")))));

    DhcpPacket offer = answer(Fixture.discover(Fixture.MAC));

    assertThat(offer.options().number(26)).hasValue(1400);
    assertThat(offer.options().contains(OptionCode.NTP_SERVERS)).isFalse();
    assertThat(answer(Fixture.discover(Fixture.OTHER_MAC)).options().contains(42)).isTrue();
  }

  @Test
  void theSwitchPortIsKeptWithTheSightingAlsoWhenNoRelayButASnoopingSwitchTold() {
    DhcpPacket packet =
        Fixture.discover(Fixture.MAC)
            .with(
                DhcpOption.decode(
                    OptionCode.RELAY_AGENT_INFORMATION,
                    Octets.ofHex("01074769312f302f37" + "02080006001122aabbcc")));

    SwitchPort told = hear(packet).sighting().flatMap(Sighting::switchPort).orElseThrow();

    assertThat(told.port()).isEqualTo("Gi1/0/7");
    assertThat(told.device()).isEqualTo("00:11:22:aa:bb:cc");
    assertThat(told.relay()).isEmpty();
    Ipv4 relay = Ipv4.of("192.168.33.254");
    Verdict relayed =
        hear(packet.withGiaddr(relay), new Arrival("sala5", Fixture.SERVER, 67, relay, 67));
    assertThat(relayed.sighting().flatMap(Sighting::switchPort).flatMap(SwitchPort::relay))
        .contains(relay);
    assertThat(hear(Fixture.discover(Fixture.MAC)).sighting().flatMap(Sighting::switchPort))
        .isEmpty();
  }
}
