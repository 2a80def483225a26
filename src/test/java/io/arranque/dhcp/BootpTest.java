package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.timeline.Reason;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 951, 1534 and 1542: clients older than DHCP. */
final class BootpTest {
  private static final Ipv4 FIXED = Ipv4.of("192.168.33.10");
  private static final DhcpPacket QUESTION =
      Fixture.discover(Fixture.MAC).without(OptionCode.MESSAGE_TYPE);

  private final Segment segment =
      Fixture.segment(
          Segment.Mode.SERVER,
          "192.168.33.100-192.168.33.199",
          Map.of(Fixture.MAC, FIXED),
          new UnknownMachines.Discover());
  private final PcRoom room = new PcRoom(segment);

  @Test
  void theReservationIsGivenWithoutAnythingOfDhcp() {
    Verdict.Reply reply = room.reply(QUESTION);
    DhcpPacket answer = reply.packet();
    assertThat(answer.yiaddr()).isEqualTo(FIXED);
    assertThat(answer.options().stream().map(DhcpOption::code))
        .containsExactly(1, 3, 6, 12, 15, 28, 42);
    assertThat(reply.destination()).isEqualTo(new Destination(Ipv4.BROADCAST, 68));
    assertThat(reply.changes()).isEmpty();
    assertThat(reply.sighting().orElseThrow().address()).contains(FIXED);
  }

  @Test
  void withoutReservationItIsNotAnsweredAndTheTimelineSaysWhy() {
    DhcpPacket stranger = Fixture.discover(Fixture.OTHER_MAC).without(OptionCode.MESSAGE_TYPE);
    Verdict verdict = room.hear(stranger);
    assertThat(room.silence(stranger)).isEqualTo(Reason.BOOTP_WITHOUT_RESERVATION);
    assertThat(verdict.events()).hasSize(1);
  }

  @Test
  void theAnswerHas300OctetsAndItsOptionsFitTheOldVendorField() throws MalformedPacket {
    String longName = "a.very.long.domain.name.that.does.not.fit.into.the.field.lab";
    PcRoom wordy =
        new PcRoom(Fixture.with(segment, new DhcpOption.Text(OptionCode.ROOT_PATH, longName)));
    Verdict.Reply reply = wordy.reply(QUESTION);
    byte[] wire = DhcpCodec.encode(reply.packet(), reply.layout());
    assertThat(wire).hasSize(300);
    assertThat(DhcpCodec.decode(wire).options().contains(OptionCode.ROOT_PATH)).isFalse();
    assertThat(DhcpCodec.decode(wire).options().contains(OptionCode.ROUTER)).isTrue();
  }

  @Test
  void aQuestionWithoutMagicCookieIsUnderstood() throws MalformedPacket {
    byte[] wire = DhcpCodec.encode(QUESTION);
    Arrays.fill(wire, 236, wire.length, (byte) 0);
    assertThat(room.reply(DhcpCodec.decode(wire)).packet().yiaddr()).isEqualTo(FIXED);
  }

  @Test
  void throughARelayTheAnswerGoesThereAndWithCiaddrToTheDevice() {
    Ipv4 router = Ipv4.of("192.168.33.254");
    Arrival at = new Arrival("sala5", Fixture.SERVER, 67, router, 67);
    assertThat(room.reply(QUESTION.withGiaddr(router), at).destination())
        .isEqualTo(new Destination(router, 67));
    assertThat(room.reply(QUESTION.withCiaddr(FIXED)).destination())
        .isEqualTo(new Destination(FIXED, 68));
  }

  @Test
  void aQuestionToAnotherServerByNameIsNotOurs() {
    assertThat(room.silence(QUESTION.withSname("vax"))).isEqualTo(Reason.NOT_OUR_SERVER_ID);
    room.reply(QUESTION.withSname("192.168.33.1"));
  }

  @Test
  void theReservationIsNotGivenWhileSomebodyElseSitsOnIt() {
    room.lease(Fixture.discover(Fixture.MAC));
    room.hear(Fixture.decline(Fixture.MAC, FIXED));
    assertThat(room.silence(QUESTION)).isEqualTo(Reason.BOOTP_WITHOUT_RESERVATION);
  }

  @Test
  void besideAnotherServerItIsThatOnesBusiness() {
    PcRoom proxy = new PcRoom(Fixture.segment(Segment.Mode.PROXY, "192.168.33.100-192.168.33.199"));
    assertThat(proxy.silence(QUESTION)).isEqualTo(Reason.NOT_A_BOOT_CLIENT);
  }

  @Test
  void anUnknownMessageTypeIsNoBootp() {
    DhcpPacket leaseQuery = QUESTION.with(new DhcpOption.Number(OptionCode.MESSAGE_TYPE, 1, 10));
    assertThat(leaseQuery.messageType()).isEmpty();
    assertThat(room.silence(leaseQuery)).isEqualTo(Reason.MALFORMED_PACKET);
    assertThat(QUESTION.with(MessageType.DISCOVER.option()).isBootp()).isFalse();
  }
}
