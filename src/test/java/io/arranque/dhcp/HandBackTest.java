package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.timeline.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2131 §4.3.3 to §4.3.5: DECLINE, RELEASE and INFORM. */
final class HandBackTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 B = Ipv4.of("192.168.33.101");

  private final PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.101");

  private Ipv4 lease(DhcpPacket discover) {
    return room.lease(discover);
  }

  private static Arrival from(Ipv4 source) {
    return new Arrival("sala5", Fixture.SERVER, 67, source, 68);
  }

  @Test
  void aReleasedAddressIsItsMachinesFirstChoiceStill() {
    lease(Fixture.discover(Fixture.MAC));
    assertThat(room.silence(Fixture.release(Fixture.MAC, A))).isEqualTo(Reason.ADDRESS_RELEASED);
    assertThat(room.table.at(A).orElseThrow().isLive(room.now())).isFalse();
    assertThat(lease(Fixture.discover(Fixture.MAC))).isEqualTo(A);
  }

  @Test
  void aMachineCannotReleaseOrDeclineAnothersAddress() {
    lease(Fixture.discover(Fixture.MAC));
    assertThat(room.silence(Fixture.release(Fixture.OTHER_MAC, A)))
        .isEqualTo(Reason.SENDER_NOT_HOLDER);
    assertThat(room.silence(Fixture.decline(Fixture.OTHER_MAC, A))).isEqualTo(Reason.NOT_OUR_LEASE);
    assertThat(room.table.at(A).orElseThrow().isLive(room.now())).isTrue();
  }

  @Test
  void aDeclinedAddressIsSetAsideForAWhile() {
    lease(Fixture.discover(Fixture.MAC));
    assertThat(room.silence(Fixture.decline(Fixture.MAC, A))).isEqualTo(Reason.ADDRESS_DECLINED);
    assertThat(lease(Fixture.discover(Fixture.MAC))).isEqualTo(B);
    assertThat(room.silence(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(Reason.POOL_EXHAUSTED);
    room.pass(HandBack.QUARANTINE);
    assertThat(lease(Fixture.discover(Fixture.OTHER_MAC))).isEqualTo(A);
  }

  @Test
  void aMachineThatDeclinesEverythingDoesNotUseUpThePool() {
    PcRoom big = PcRoom.serving("192.168.33.100-192.168.33.109");
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Ipv4 address = big.lease(Fixture.discover(Fixture.MAC));
      reasons.add(big.silence(Fixture.decline(Fixture.MAC, address)));
    }
    assertThat(reasons.subList(0, HandBack.DECLINES_MOST)).containsOnly(Reason.ADDRESS_DECLINED);
    assertThat(reasons.subList(HandBack.DECLINES_MOST, 8)).containsOnly(Reason.DECLINED_TOO_OFTEN);
    assertThat(big.answer(MessageType.OFFER, Fixture.discover(Fixture.OTHER_MAC)).yiaddr())
        .as("a fourth address was set aside by nobody")
        .isEqualTo(Ipv4.of("192.168.33.104"));
  }

  @Test
  void anOfferCannotBeDeclined() {
    room.hear(Fixture.discover(Fixture.MAC));
    assertThat(room.silence(Fixture.decline(Fixture.MAC, A))).isEqualTo(Reason.NOT_OUR_LEASE);
  }

  @Test
  void anAddressIsReleasedOnlyFromThatAddress() {
    lease(Fixture.discover(Fixture.MAC));
    Arrival elsewhere = new Arrival("sala5", Fixture.SERVER, 67, Ipv4.of("192.168.33.77"), 68);
    assertThat(room.silence(Fixture.release(Fixture.MAC, A), elsewhere))
        .isEqualTo(Reason.SENDER_NOT_HOLDER);
    assertThat(room.silence(Fixture.release(Fixture.MAC, A), from(A)))
        .isEqualTo(Reason.ADDRESS_RELEASED);
    assertThat(room.silence(Fixture.release(Fixture.MAC, A), from(A)))
        .isEqualTo(Reason.SENDER_NOT_HOLDER);
  }

  @Test
  void informWithoutAddressIsAnsweredWhereItCameFrom() {
    Ipv4 address = Ipv4.of("192.168.33.50");
    DhcpPacket inform = DhcpPacket.request(MessageType.INFORM, Fixture.MAC, 7);
    assertThat(room.reply(inform, from(address)).destination())
        .isEqualTo(new Destination(address, 68));
    assertThat(room.silence(inform)).isEqualTo(Reason.NOT_OUR_LEASE);
    assertThat(room.silence(inform, from(Ipv4.of("8.8.8.8")))).isEqualTo(Reason.NOT_OUR_LEASE);
  }

  @Test
  void informIsAnsweredWithoutAddressOrLeaseTime() {
    DhcpPacket inform =
        DhcpPacket.request(MessageType.INFORM, Fixture.MAC, 7).withCiaddr(Ipv4.of("192.168.33.50"));
    Verdict.Reply reply = room.reply(inform);
    assertThat(reply.packet().messageType()).contains(MessageType.ACK);
    assertThat(reply.packet().yiaddr().isAny()).isTrue();
    assertThat(reply.packet().options().contains(OptionCode.LEASE_TIME)).isFalse();
    assertThat(reply.packet().options().contains(OptionCode.ROUTER)).isTrue();
    assertThat(reply.destination()).isEqualTo(new Destination(Ipv4.of("192.168.33.50"), 68));
  }
}
