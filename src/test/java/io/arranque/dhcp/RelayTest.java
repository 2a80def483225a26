package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.timeline.Reason;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2131 §4.1, RFC 3046, 3527, 5107 and 3011: what comes through a relay. */
final class RelayTest {
  private static final Ipv4 RELAY = Ipv4.of("10.6.0.1");
  private static final Ipv4 FAR = Ipv4.of("10.6.0.20");
  private static final Arrival FROM_RELAY = new Arrival("sala5", Fixture.SERVER, 67, RELAY, 67);

  /** Circuit "p7", and whatever else follows in hex. */
  private static final String CIRCUIT = "01027037";

  private final PcRoom room =
      new PcRoom(
          Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.101"),
          far("sala6", "10.6.0.0/24", "10.6.0.20-10.6.0.30"),
          far("sala7", "10.7.0.0/24", "10.7.0.20-10.7.0.30"));

  private static Segment far(String name, String subnet, String pool) {
    return Fixture.segment(
        name, subnet, Segment.Mode.SERVER, pool, Map.of(), new UnknownMachines.Discover());
  }

  private static DhcpPacket relayed(DhcpPacket packet) {
    return packet.withGiaddr(RELAY).withHops(1);
  }

  private static DhcpPacket relayed(DhcpPacket packet, String option82) {
    return relayed(packet)
        .with(DhcpOption.decode(OptionCode.RELAY_AGENT_INFORMATION, Octets.ofHex(option82)));
  }

  @Test
  void theRelayIsAnsweredAtItsPortWithAnAddressOfItsSubnet() {
    Verdict.Reply reply = room.reply(relayed(Fixture.discover(Fixture.MAC)), FROM_RELAY);
    assertThat(reply.packet().yiaddr()).isEqualTo(FAR);
    assertThat(reply.packet().giaddr()).isEqualTo(RELAY);
    assertThat(reply.packet().hops()).isZero();
    assertThat(reply.destination()).isEqualTo(new Destination(RELAY, 67));
  }

  @Test
  void onACardOfNoSegmentRelaysAndRenewalsAreHeardAndNobodyElse() {
    Ipv4 ours = Ipv4.of("172.16.0.5");
    Arrival relay = new Arrival(RelayCards.NO_SEGMENT, ours, 67, RELAY, 67);
    DhcpPacket offer = room.reply(relayed(Fixture.discover(Fixture.MAC)), relay).packet();
    assertThat(offer.yiaddr()).isEqualTo(FAR);
    assertThat(offer.options().address(OptionCode.SERVER_IDENTIFIER)).contains(ours);
    room.reply(relayed(Fixture.selecting(Fixture.MAC, ours, FAR)), relay);

    Arrival machine = new Arrival(RelayCards.NO_SEGMENT, ours, 67, FAR, 68);
    Verdict.Reply renewed = room.reply(Fixture.renewing(Fixture.MAC, FAR), machine);
    assertThat(renewed.packet().yiaddr()).isEqualTo(FAR);
    assertThat(renewed.destination()).isEqualTo(new Destination(FAR, 68));

    Arrival local = new Arrival(RelayCards.NO_SEGMENT, ours, 67, Ipv4.ANY, 68);
    assertThat(room.silence(Fixture.discover(Fixture.OTHER_MAC), local))
        .isEqualTo(Reason.RELAYS_ONLY);
    assertThat(room.silence(Fixture.renewing(Fixture.OTHER_MAC, FAR), local))
        .as("from another address than it says")
        .isEqualTo(Reason.RELAYS_ONLY);
  }

  @Test
  void aRelayOfNoSegmentIsNotAnswered() {
    DhcpPacket discover = Fixture.discover(Fixture.MAC).withGiaddr(Ipv4.of("10.77.0.1"));
    assertThat(room.silence(discover, FROM_RELAY)).isEqualTo(Reason.UNKNOWN_SEGMENT);
  }

  @ParameterizedTest
  @CsvSource({
    // giaddr, source
    "10.6.0.1, 0.0.0.0",
    "192.168.33.1, 192.168.33.1",
    "192.168.33.77, 192.168.33.78",
    "255.255.255.255, 192.168.33.78",
    "127.0.0.1, 192.168.33.78",
    "224.0.0.1, 192.168.33.78",
    "0.0.0.9, 192.168.33.78",
    "10.6.0.0, 10.6.0.1",
    "10.6.0.255, 10.6.0.1",
  })
  void aRelayThatCannotHaveSentThePacketIsNotAnswered(Ipv4Text giaddr, Ipv4Text source) {
    Arrival at = new Arrival("sala5", Fixture.SERVER, 67, source.address(), 68);
    DhcpPacket discover = Fixture.discover(Fixture.MAC).withGiaddr(giaddr.address());
    assertThat(room.silence(discover, at)).isEqualTo(Reason.RELAY_NOT_CREDIBLE);
  }

  /** So that the table above reads as what it is. */
  record Ipv4Text(Ipv4 address) {
    static Ipv4Text valueOf(String text) {
      return new Ipv4Text(Ipv4.of(text));
    }
  }

  @Test
  void aRelayOnTheWireItselfIsAnswered() {
    Ipv4 router = Ipv4.of("192.168.33.254");
    Arrival at = new Arrival("sala5", Fixture.SERVER, 67, router, 67);
    DhcpPacket discover = Fixture.discover(Fixture.MAC).withGiaddr(router);
    assertThat(room.reply(discover, at).destination()).isEqualTo(new Destination(router, 67));
  }

  @Test
  void aPacketThatWentInACircleIsDropped() {
    DhcpPacket discover = relayed(Fixture.discover(Fixture.MAC));
    assertThat(room.silence(discover.withHops(17), FROM_RELAY)).isEqualTo(Reason.TOO_MANY_RELAYS);
    room.answer(MessageType.OFFER, discover.withHops(16), FROM_RELAY);
  }

  @Test
  void aRefusalGoesThroughTheRelayWhichIsToBroadcastIt() {
    room.lease(relayed(Fixture.discover(Fixture.MAC)), FROM_RELAY);
    Verdict.Reply reply =
        room.reply(
            relayed(Fixture.initReboot(Fixture.MAC, Ipv4.of("10.9.8.7")), CIRCUIT), FROM_RELAY);
    assertThat(reply.packet().messageType()).contains(MessageType.NAK);
    assertThat(reply.packet().isBroadcast()).isTrue();
    assertThat(reply.destination()).isEqualTo(new Destination(RELAY, 67));
    assertThat(reply.packet().options().octets(OptionCode.RELAY_AGENT_INFORMATION))
        .contains(Octets.ofHex(CIRCUIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {CIRCUIT, "0102703702080006001122334455", "ff00", "00", "0109"})
  void option82ComesBackAsItCameAndLast(String option82) {
    DhcpPacket offer =
        room.answer(
            MessageType.OFFER, relayed(Fixture.discover(Fixture.MAC), option82), FROM_RELAY);
    String hex = HexFormat.of().formatHex(DhcpCodec.encode(offer));
    String end = "52%02x%sff".formatted(option82.length() / 2, option82);
    assertThat(hex.replaceAll("(00)+$", "")).endsWith(end);
  }

  @Test
  void linkSelectionSaysTheSubnetAndGiaddrStillGetsTheReply() {
    DhcpPacket discover = relayed(Fixture.discover(Fixture.MAC), CIRCUIT + "05040a070000");
    Verdict.Reply reply = room.reply(discover, FROM_RELAY);
    assertThat(reply.packet().yiaddr()).isEqualTo(Ipv4.of("10.7.0.20"));
    assertThat(reply.destination()).isEqualTo(new Destination(RELAY, 67));
    DhcpPacket nowhere = relayed(Fixture.discover(Fixture.MAC), "05040a630000");
    assertThat(room.silence(nowhere, FROM_RELAY)).isEqualTo(Reason.UNKNOWN_SEGMENT);
  }

  @Test
  void linkSelectionServesARelayThatIsInNoSegmentItself() {
    Ipv4 uplink = Ipv4.of("172.16.0.9");
    Arrival at = new Arrival("sala5", Fixture.SERVER, 67, uplink, 67);
    DhcpPacket discover = relayed(Fixture.discover(Fixture.MAC), "05040a070000").withGiaddr(uplink);
    assertThat(room.reply(discover, at).destination()).isEqualTo(new Destination(uplink, 67));
  }

  @Test
  void aMachineCannotMoveItselfByLinkSelectionOfItsOwn() {
    DhcpPacket discover =
        Fixture.discover(Fixture.MAC)
            .with(
                DhcpOption.decode(
                    OptionCode.RELAY_AGENT_INFORMATION, Octets.ofHex("05040a0700000b040a090909")));
    DhcpPacket offer = room.answer(MessageType.OFFER, discover);
    assertThat(offer.yiaddr()).isEqualTo(Ipv4.of("192.168.33.100"));
    assertThat(offer.options().address(OptionCode.SERVER_IDENTIFIER)).contains(Fixture.SERVER);
  }

  @Test
  void serverIdOverrideIsWhatTheMachineTakesForUs() {
    String override = CIRCUIT + "0b040a060001";
    DhcpPacket offer =
        room.answer(
            MessageType.OFFER, relayed(Fixture.discover(Fixture.MAC), override), FROM_RELAY);
    assertThat(offer.options().address(OptionCode.SERVER_IDENTIFIER)).contains(RELAY);
    assertThat(offer.siaddr()).as("no boot file, no server").isEqualTo(Ipv4.ANY);
    DhcpPacket request = relayed(Fixture.selecting(Fixture.MAC, RELAY, offer.yiaddr()), override);
    DhcpPacket ack = room.answer(MessageType.ACK, request, FROM_RELAY);
    assertThat(ack.options().address(OptionCode.SERVER_IDENTIFIER)).contains(RELAY);
    DhcpPacket release =
        relayed(Fixture.release(Fixture.MAC, offer.yiaddr()), override)
            .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, RELAY));
    assertThat(room.silence(release, FROM_RELAY)).isEqualTo(Reason.ADDRESS_RELEASED);
    assertThat(room.silence(relayed(Fixture.selecting(Fixture.MAC, RELAY, FAR)), FROM_RELAY))
        .as("without the override the relay is another server")
        .isEqualTo(Reason.NOT_OUR_SERVER_ID);
  }

  @Test
  void subnetSelectionThroughARelayChoosesAmongWhatRelaysServeAndIsSentBack() {
    DhcpOption wanted = new DhcpOption.Address(OptionCode.SUBNET_SELECTION, Ipv4.of("10.7.0.0"));
    DhcpPacket offer =
        room.answer(
            MessageType.OFFER, relayed(Fixture.discover(Fixture.MAC)).with(wanted), FROM_RELAY);
    assertThat(offer.yiaddr()).isEqualTo(Ipv4.of("10.7.0.20"));
    assertThat(offer.options().option(OptionCode.SUBNET_SELECTION)).contains(wanted);
    DhcpOption direct =
        new DhcpOption.Address(OptionCode.SUBNET_SELECTION, Ipv4.of("192.168.33.0"));
    DhcpPacket refused =
        room.answer(
            MessageType.OFFER,
            relayed(Fixture.discover(Fixture.OTHER_MAC)).with(direct),
            FROM_RELAY);
    assertThat(refused.yiaddr()).isEqualTo(FAR);
    assertThat(refused.options().contains(OptionCode.SUBNET_SELECTION)).isFalse();
  }

  @Test
  void renewingComesAroundTheRelayAndGoesBackSo() {
    Ipv4 address = room.lease(relayed(Fixture.discover(Fixture.MAC)), FROM_RELAY);
    Arrival routed = new Arrival("sala5", Fixture.SERVER, 67, address, 68);
    Verdict.Reply reply = room.reply(Fixture.renewing(Fixture.MAC, address), routed);
    assertThat(reply.packet().messageType()).contains(MessageType.ACK);
    assertThat(reply.destination()).isEqualTo(new Destination(address, 68));
  }

  @Test
  void rebindingComesThroughTheRelayAndGoesBackThroughIt() {
    Ipv4 address = room.lease(relayed(Fixture.discover(Fixture.MAC)), FROM_RELAY);
    Verdict.Reply reply = room.reply(relayed(Fixture.renewing(Fixture.MAC, address)), FROM_RELAY);
    assertThat(reply.packet().ciaddr()).isEqualTo(address);
    assertThat(reply.destination()).isEqualTo(new Destination(RELAY, 67));
  }

  @Test
  void informThroughTheRelayIsAnsweredToTheMachineAndWithoutAddressThroughTheRelay() {
    DhcpPacket inform = relayed(DhcpPacket.request(MessageType.INFORM, Fixture.MAC, 7));
    assertThat(room.reply(inform.withCiaddr(FAR), FROM_RELAY).destination())
        .isEqualTo(new Destination(FAR, 68));
    assertThat(room.reply(inform, FROM_RELAY).destination()).isEqualTo(new Destination(RELAY, 67));
    assertThat(room.silence(inform.withCiaddr(Ipv4.of("8.8.8.8")), FROM_RELAY))
        .isEqualTo(Reason.NOT_OUR_LEASE);
  }
}
