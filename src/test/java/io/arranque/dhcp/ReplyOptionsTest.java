package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionParser;
import io.arranque.site.Segment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RFC 2132, 3396, 3442 and 6842: which options a reply has, and in what order. */
final class ReplyOptionsTest {
  private static final Segment SEGMENT =
      Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199");

  private static DhcpPacket asking(Integer... codes) {
    return Fixture.discover(Fixture.MAC)
        .with(new DhcpOption.Codes(OptionCode.PARAMETER_REQUEST_LIST, 1, List.of(codes)));
  }

  private static PcRoom with(DhcpOption... options) {
    return new PcRoom(Fixture.with(SEGMENT, options));
  }

  private static DhcpOption option(int code, Object value) {
    return OptionParser.parse(code, value).option().orElseThrow();
  }

  private static List<Integer> codes(DhcpPacket packet) {
    return packet.options().stream().map(DhcpOption::code).toList();
  }

  @Test
  void whatIsAskedForStandsInTheClientsOrderAndTheMaskBeforeTheRouter() {
    DhcpPacket offer =
        with(option(42, "192.168.33.1"), option(26, 1500))
            .answer(MessageType.OFFER, asking(42, 15, 3, 26, 1, 58));
    assertThat(codes(offer)).containsExactly(53, 54, 51, 42, 15, 1, 3, 26, 58, 6, 59);
  }

  @Test
  void firmwareGetsMaskAndRouterBeforeItsBootFileWhichOvmfsHttpBootInsistsOn() {
    DhcpPacket offer =
        with(option(42, "192.168.33.1"))
            .answer(MessageType.OFFER, Fixture.capture("uefi-http.http.discover"));
    assertThat(codes(offer)).containsSubsequence(53, 54, 51, 1, 3, 6, 60, 67);
  }

  @Test
  void whatThePlanHasAndNobodyAskedForIsNotSent() {
    DhcpPacket offer = with(option(42, "192.168.33.1")).answer(MessageType.OFFER, asking(1));
    assertThat(codes(offer)).containsExactly(53, 54, 51, 1, 3, 6, 58, 59);
  }

  @Test
  void whoAsksForClasslessRoutesGetsNoRouterBeside() {
    PcRoom room =
        with(
            option(121, List.of("0.0.0.0/0 192.168.33.1", "10.0.0.0/8 192.168.33.2")),
            option(33, List.of("10.1.1.1", "192.168.33.2")));
    assertThat(codes(room.answer(MessageType.OFFER, asking(1, 33, 121, 3))))
        .contains(121)
        .doesNotContain(3, 33);
    assertThat(codes(room.answer(MessageType.OFFER, asking(1, 3, 33))))
        .contains(3, 33)
        .doesNotContain(121);
    assertThat(codes(PcRoom.serving("192.168.33.100").answer(MessageType.OFFER, asking(121, 3))))
        .as("no classless routes set, so the router it is")
        .contains(3);
  }

  @Test
  void theClientIdentifierComesBackInEveryReplyAlsoARefusal() {
    DhcpOption id = new DhcpOption.Opaque(OptionCode.CLIENT_IDENTIFIER, Octets.ofHex("ff0102"));
    PcRoom room = with();
    DhcpPacket offer = room.answer(MessageType.OFFER, Fixture.discover(Fixture.MAC).with(id));
    DhcpPacket ack =
        room.answer(
            MessageType.ACK,
            Fixture.selecting(Fixture.MAC, Fixture.SERVER, offer.yiaddr()).with(id));
    DhcpPacket nak =
        room.answer(
            MessageType.NAK,
            Fixture.selecting(Fixture.MAC, Fixture.SERVER, Fixture.SERVER).with(id));
    for (DhcpPacket reply : List.of(offer, ack, nak)) {
      assertThat(reply.options().option(OptionCode.CLIENT_IDENTIFIER)).contains(id);
    }
    assertThat(room.answer(MessageType.OFFER, Fixture.discover(Fixture.MAC)).options().contains(61))
        .isFalse();
  }

  @Test
  void aLongSearchListIsSplitAndJoinedAgain() throws MalformedPacket {
    List<String> domains =
        IntStream.range(0, 20).mapToObj(i -> "department-" + i + ".campus.example").toList();
    DhcpOption search = option(OptionCode.DOMAIN_SEARCH, domains);
    assertThat(search.encode().size()).isGreaterThan(255);
    DhcpPacket discover =
        asking(OptionCode.DOMAIN_SEARCH)
            .with(new DhcpOption.Number(OptionCode.MAX_MESSAGE_SIZE, 2, 1500));
    Verdict.Reply reply = with(search).reply(discover);
    DhcpPacket read = DhcpCodec.decode(DhcpCodec.encode(reply.packet(), reply.layout()));
    assertThat(read.options().octets(OptionCode.DOMAIN_SEARCH)).contains(search.encode());
  }

  @Test
  void whatDoesNotFitIsWhatTheClientWantsLeast() throws MalformedPacket {
    PcRoom room =
        with(
            new DhcpOption.Opaque(224, octets(150)),
            new DhcpOption.Opaque(225, octets(150)),
            new DhcpOption.Opaque(226, octets(150)));
    Verdict.Reply reply = room.reply(asking(226, 224, 225, 1, 3));
    DhcpPacket read = DhcpCodec.decode(DhcpCodec.encode(reply.packet(), reply.layout()));
    assertThat(codes(read)).contains(226, 51).doesNotContain(225);
    assertThat(DhcpCodec.encode(reply.packet(), reply.layout()).length).isLessThanOrEqualTo(548);
  }

  private static Octets octets(int count) {
    return Octets.ofHex("ab".repeat(count));
  }

  @Test
  void aRelaysOptionTakesNoRoomFromTheClientsAndCannotOverrunTheMessage() throws MalformedPacket {
    Segment far =
        Fixture.segment(
            "sala6",
            "10.6.0.0/24",
            Segment.Mode.SERVER,
            "10.6.0.20-10.6.0.30",
            java.util.Map.of(),
            new Segment.UnknownMachines.Discover());
    var relay = io.arranque.address.Ipv4.of("10.6.0.1");
    Octets huge = Octets.ofHex("01fe" + "ab".repeat(254) + "02fe" + "cd".repeat(254));
    DhcpPacket discover =
        asking(1, 3)
            .withGiaddr(relay)
            .with(DhcpOption.decode(OptionCode.RELAY_AGENT_INFORMATION, huge));
    Verdict.Reply reply =
        new PcRoom(SEGMENT, far)
            .reply(discover, new Arrival("sala5", Fixture.SERVER, 67, relay, 67));
    DhcpPacket read = DhcpCodec.decode(DhcpCodec.encode(reply.packet(), reply.layout()));
    assertThat(read.options().octets(OptionCode.RELAY_AGENT_INFORMATION)).contains(huge);
    assertThat(codes(read)).contains(53, 54, 51, 1, 3);
  }

  @Test
  void ofSeveralArchitecturesTheFirstThatCanBeServedCounts() {
    DhcpPacket discover =
        Fixture.capture("uefi-pxe.pxe.discover")
            .with(new DhcpOption.Codes(OptionCode.CLIENT_ARCHITECTURE, 2, List.of(27, 7, 0)));
    DhcpPacket offer = with().answer(MessageType.OFFER, discover);
    assertThat(offer.options().text(OptionCode.BOOTFILE_NAME))
        .isEqualTo(Optional.of("snponly.efi"));
  }
}
