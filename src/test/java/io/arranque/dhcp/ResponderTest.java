package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.plan.Planned;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2131 §4.3, by the state the client is in. */
final class ResponderTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 B = Ipv4.of("192.168.33.101");

  private final PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.101");

  private Ipv4 lease(DhcpPacket discover) {
    return room.lease(discover);
  }

  @Test
  void initIsOfferedTheFirstAddressWithEverythingOfTable3() {
    Verdict.Reply reply = room.reply(Fixture.discover(Fixture.MAC));
    DhcpPacket offer = reply.packet();
    assertThat(offer.yiaddr()).isEqualTo(A);
    assertThat(offer.ciaddr().isAny()).isTrue();
    assertThat(offer.xid()).isEqualTo(0x1234);
    assertThat(offer.options().address(OptionCode.SERVER_IDENTIFIER)).contains(Fixture.SERVER);
    assertThat(offer.options().option(OptionCode.LEASE_TIME))
        .contains(new DhcpOption.Seconds(OptionCode.LEASE_TIME, 43_200));
    assertThat(offer.options().text(OptionCode.HOST_NAME)).contains("pc-525400123456");
    assertThat(offer.options().text(OptionCode.DOMAIN_NAME)).contains("sala5.lab");
    assertThat(reply.destination()).isEqualTo(new Destination(Ipv4.BROADCAST, 68));
    assertThat(reply.changes()).isEmpty();
    assertThat(reply.events())
        .extracting(BootEvent::stage)
        .containsExactly(Stage.DISCOVER, Stage.OFFER);
  }

  @Test
  void theParameterRequestListDecidesBeyondMaskRouterAndDns() {
    DhcpPacket offer =
        room.answer(
            MessageType.OFFER,
            Fixture.discover(Fixture.MAC)
                .with(
                    new DhcpOption.Codes(
                        OptionCode.PARAMETER_REQUEST_LIST, 1, List.of(OptionCode.NTP_SERVERS))));
    assertThat(offer.options().contains(OptionCode.NTP_SERVERS)).isTrue();
    assertThat(offer.options().contains(OptionCode.SUBNET_MASK)).isTrue();
    assertThat(offer.options().contains(OptionCode.ROUTER)).isTrue();
    assertThat(offer.options().contains(OptionCode.DOMAIN_NAME)).isFalse();
  }

  @Test
  void initGetsAnotherAddressThanWhatIsOnOfferToSomebodyElse() {
    room.hear(Fixture.discover(Fixture.MAC));
    assertThat(room.answer(MessageType.OFFER, Fixture.discover(Fixture.OTHER_MAC)).yiaddr())
        .isEqualTo(B);
  }

  @Test
  void initIsOfferedTheAddressItWishesForWhenThatIsFree() {
    DhcpPacket discover =
        Fixture.discover(Fixture.MAC).with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, B));
    assertThat(room.answer(MessageType.OFFER, discover).yiaddr()).isEqualTo(B);
  }

  @Test
  void anOfferNobodyTookIsFreeAgainAfterAMinute() {
    PcRoom small = PcRoom.serving("192.168.33.100");
    small.hear(Fixture.discover(Fixture.MAC));
    assertThat(small.silence(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(Reason.POOL_EXHAUSTED);
    small.pass(ServerMode.OFFER_HOLDS);
    assertThat(small.answer(MessageType.OFFER, Fixture.discover(Fixture.OTHER_MAC)).yiaddr())
        .isEqualTo(A);
  }

  @Test
  void selectingGetsTheLeaseItWasOfferedAndItIsToBeWrittenDown() {
    room.hear(Fixture.discover(Fixture.MAC));
    Verdict.Reply reply = room.reply(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    assertThat(reply.packet().messageType()).contains(MessageType.ACK);
    assertThat(reply.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            LeaseChange.Bound.class,
            bound -> {
              assertThat(bound.lease().address()).isEqualTo(A);
              assertThat(bound.lease().expires()).isEqualTo(Fixture.NOW.plus(Duration.ofHours(12)));
            });
  }

  @Test
  void selectingAnotherServerIsAnsweredBySilence() {
    room.hear(Fixture.discover(Fixture.MAC));
    assertThat(room.silence(Fixture.selecting(Fixture.MAC, Fixture.OTHER_SERVER, A)))
        .isEqualTo(Reason.NOT_OUR_SERVER_ID);
  }

  @Test
  void selectingAnotherServerFreesTheAddressAtOnce() {
    PcRoom small = PcRoom.serving("192.168.33.100");
    small.hear(Fixture.discover(Fixture.MAC));
    assertThat(small.silence(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(Reason.POOL_EXHAUSTED);
    small.hear(Fixture.selecting(Fixture.MAC, Fixture.OTHER_SERVER, A));
    assertThat(small.answer(MessageType.OFFER, Fixture.discover(Fixture.OTHER_MAC)).yiaddr())
        .isEqualTo(A);
  }

  @Test
  void selectingSomethingElseThanWasOfferedIsRefused() {
    room.hear(Fixture.discover(Fixture.MAC));
    room.answer(MessageType.NAK, Fixture.selecting(Fixture.MAC, Fixture.SERVER, B));
  }

  @Test
  void selectingAfterARestartForgotTheOfferIsGrantedWhenTheAddressIsFree() {
    room.answer(MessageType.ACK, Fixture.selecting(Fixture.MAC, Fixture.SERVER, B));
  }

  @Test
  void initRebootGetsItsAddressAgainButNobodyElses() {
    lease(Fixture.discover(Fixture.MAC));
    room.answer(MessageType.ACK, Fixture.initReboot(Fixture.MAC, A));
    room.answer(MessageType.NAK, Fixture.initReboot(Fixture.OTHER_MAC, A));
    room.answer(MessageType.NAK, Fixture.initReboot(Fixture.MAC, B));
  }

  @Test
  void initRebootFromAnotherNetworkIsRefusedByBroadcast() {
    lease(Fixture.discover(Fixture.MAC));
    Verdict.Reply reply = room.reply(Fixture.initReboot(Fixture.MAC, Ipv4.of("10.9.8.7")));
    assertThat(reply.packet().messageType()).contains(MessageType.NAK);
    assertThat(reply.packet().yiaddr().isAny()).isTrue();
    assertThat(reply.packet().options().contains(OptionCode.LEASE_TIME)).isFalse();
    assertThat(reply.destination().address()).isEqualTo(Ipv4.BROADCAST);
  }

  @Test
  void initRebootOfAMachineWithoutRecordIsAnsweredBySilence() {
    assertThat(room.silence(Fixture.initReboot(Fixture.MAC, A))).isEqualTo(Reason.NOT_OUR_LEASE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMachineWithoutRecordIsRefusedOnlyWhereTheOperatorSaysThatNobodyElseServes(
      boolean authoritative) {
    Segment segment = Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.101");
    PcRoom here = new PcRoom(authoritative ? Fixture.authoritative(segment) : segment);
    Ipv4 elsewhere = Ipv4.of("10.9.8.7");
    for (DhcpPacket packet :
        List.of(
            Fixture.initReboot(Fixture.MAC, A),
            Fixture.initReboot(Fixture.MAC, elsewhere),
            Fixture.renewing(Fixture.MAC, A),
            Fixture.renewing(Fixture.MAC, elsewhere))) {
      if (authoritative) {
        here.answer(MessageType.NAK, packet);
      } else {
        assertThat(here.silence(packet)).isEqualTo(Reason.NOT_OUR_LEASE);
      }
    }
  }

  @Test
  void initRebootAndRenewingTakeUpAnEndedLeaseWhoseAddressIsFree() {
    lease(Fixture.discover(Fixture.MAC));
    room.pass(Duration.ofHours(13));
    room.answer(MessageType.ACK, Fixture.initReboot(Fixture.MAC, A));
    room.pass(Duration.ofHours(13));
    room.answer(MessageType.ACK, Fixture.renewing(Fixture.MAC, A));
    room.pass(Duration.ofHours(13));
    lease(Fixture.discover(Fixture.OTHER_MAC));
    lease(Fixture.discover(io.arranque.address.Mac.of("52:54:00:00:00:09")));
    room.answer(MessageType.NAK, Fixture.renewing(Fixture.MAC, A));
  }

  @Test
  void aRefusalHasNothingButWhatTable3Allows() {
    lease(Fixture.capture("uefi-pxe.pxe.discover"));
    DhcpPacket wrong =
        Fixture.capture("uefi-pxe.pxe.request")
            .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, Fixture.SERVER))
            .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, Ipv4.of("10.9.8.7")))
            .with(new DhcpOption.Opaque(OptionCode.CLIENT_IDENTIFIER, Octets.ofHex("ff01")));
    DhcpPacket nak = room.answer(MessageType.NAK, wrong);
    assertThat(nak.options().stream().map(DhcpOption::code)).containsExactly(53, 54, 61, 56);
    assertThat(nak.ciaddr().isAny() && nak.yiaddr().isAny() && nak.siaddr().isAny()).isTrue();
    assertThat(nak.file() + nak.sname()).isEmpty();
    assertThat(nak.xid()).isEqualTo(wrong.xid());
    assertThat(nak.flags()).isEqualTo(wrong.flags());
    assertThat(nak.hops() + nak.secs()).isZero();
  }

  @Test
  void renewingIsProlongedByUnicastAndIsNoNews() {
    lease(Fixture.discover(Fixture.MAC));
    room.pass(Duration.ofHours(6));
    Verdict.Reply reply = room.reply(Fixture.renewing(Fixture.MAC, A));
    assertThat(reply.packet().ciaddr()).isEqualTo(A);
    assertThat(reply.destination()).isEqualTo(new Destination(A, 68));
    assertThat(reply.events()).isEmpty();
    assertThat(room.table.at(A).orElseThrow().expires())
        .isEqualTo(room.now().plus(Duration.ofHours(12)));
    assertThat(room.table.at(A).orElseThrow().since()).isEqualTo(Fixture.NOW);
  }

  @Test
  void renewingGoesOnWhenTheSegmentsFileWasRenamed() {
    Instant since = room.now().minus(Duration.ofHours(3));
    room.table.load(
        new LeaseBook.LoadedLeases(
            List.of(
                new Lease(
                    B,
                    Fixture.MAC,
                    "sala4",
                    since,
                    room.now().plus(Duration.ofHours(9)),
                    Optional.empty())),
            Map.of()));
    room.table.segments(room.site);
    Verdict.Reply reply = room.reply(Fixture.renewing(Fixture.MAC, B));
    assertThat(reply.packet().messageType()).contains(MessageType.ACK);
    assertThat(room.table.of(Fixture.MAC, "sala5").orElseThrow().since()).isEqualTo(since);
    assertThat(room.table.of(Fixture.MAC, "sala4")).isEmpty();
  }

  @Test
  void renewingSomebodyElsesAddressIsRefused() {
    lease(Fixture.discover(Fixture.MAC));
    room.answer(MessageType.NAK, Fixture.renewing(Fixture.OTHER_MAC, A));
  }

  @Test
  void anEndedLeaseIsKeptForItsMachineUntilNothingElseIsFree() {
    lease(Fixture.discover(Fixture.MAC));
    room.pass(Duration.ofHours(13));
    assertThat(lease(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(B);
    room.pass(Duration.ofMinutes(1));
    assertThat(lease(Fixture.discover(Fixture.MAC))).isEqualTo(A);
    room.pass(Duration.ofHours(13));
    assertThat(lease(Fixture.discover(io.arranque.address.Mac.of("52:54:00:00:00:09"))))
        .as("the one that ended first")
        .isEqualTo(B);
  }

  @ParameterizedTest
  @CsvSource({"3600, 3600", "1, 60", "43200, 43200", "86400, 43200", "4294967295, 43200"})
  void theLeaseTimeAskedForIsGivenWithinBounds(long asked, long given) {
    DhcpPacket discover =
        Fixture.discover(Fixture.MAC).with(new DhcpOption.Seconds(OptionCode.LEASE_TIME, asked));
    DhcpPacket offer = room.answer(MessageType.OFFER, discover);
    assertThat(seconds(offer, OptionCode.LEASE_TIME)).isEqualTo(given);
    assertThat(seconds(offer, OptionCode.RENEWAL_TIME)).isEqualTo(given / 2);
    assertThat(seconds(offer, OptionCode.REBINDING_TIME)).isEqualTo(given * 7 / 8);
  }

  private static long seconds(DhcpPacket packet, int code) {
    return packet.options().as(code, DhcpOption.Seconds.class).orElseThrow().seconds();
  }

  @Test
  void aReservationWinsAndNobodyElseGetsIt() {
    PcRoom reserved =
        new PcRoom(
            Fixture.segment(
                Segment.Mode.SERVER,
                "192.168.33.100-192.168.33.101",
                Map.of(Fixture.MAC, A),
                new UnknownMachines.Discover()));
    assertThat(reserved.answer(MessageType.OFFER, Fixture.discover(Fixture.OTHER_MAC)).yiaddr())
        .isEqualTo(B);
    assertThat(reserved.answer(MessageType.OFFER, Fixture.discover(Fixture.MAC)).yiaddr())
        .isEqualTo(A);
    reserved.answer(MessageType.NAK, Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A));
  }

  @Test
  void routerServerAndEndsOfTheSubnetAreNeverGiven() {
    PcRoom whole = PcRoom.serving("192.168.33.0-192.168.33.2");
    assertThat(whole.answer(MessageType.OFFER, Fixture.discover(Fixture.MAC)).yiaddr())
        .isEqualTo(Ipv4.of("192.168.33.2"));
    assertThat(whole.silence(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(Reason.POOL_EXHAUSTED);
  }

  @Test
  void unknownMachinesAreIgnoredWhereTheSegmentSaysSo() {
    PcRoom closed =
        new PcRoom(
            Fixture.segment(
                Segment.Mode.SERVER,
                "192.168.33.100-192.168.33.101",
                Map.of(),
                new UnknownMachines.Ignore()));
    assertThat(closed.silence(Fixture.discover(Fixture.MAC))).isEqualTo(Reason.MACHINE_IGNORED);
  }

  @Test
  void aReplyOfAnotherServerIsNoRequest() {
    assertThat(room.silence(DhcpPacket.replyTo(Fixture.discover(Fixture.MAC))))
        .isEqualTo(Reason.NOT_A_REQUEST);
  }

  @Test
  void whatIsSentOfTheNetworkIsInThePlanWithItsOrigin() {
    // The page and explain read it there.
    var planner = new io.arranque.plan.Planner(new io.arranque.plan.Templates());
    var plan =
        planner.plan(
            new io.arranque.plan.PlanRequest(
                room.site,
                MemoryBook.of(),
                Clients.of(Fixture.discover(Fixture.MAC), Fixture.MAC),
                new io.arranque.plan.Reach(
                    room.site.segmentOf(Fixture.SERVER),
                    Fixture.SERVER,
                    java.util.Optional.empty(),
                    java.util.Optional.empty())));
    assertThat(plan.options())
        .extracting(Planned::value)
        .extracting(DhcpOption::code)
        .containsExactly(1, 3, 6, 12, 15, 28, 42);
    assertThat(plan.options().get(0).origin()).hasToString("segment sala5");
  }
}
