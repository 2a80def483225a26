package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an ACK needs no commit: RFC 2131 leaves the lease's length to the server. */
class LeaseTimeTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");

  /** Fixture's segment gives twelve hours. */
  private static final Duration FULL = Duration.ofHours(12);

  private final PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.109");

  @BeforeEach
  void aMachineHasALease() {
    room.answer(MessageType.OFFER, Fixture.discover(Fixture.MAC));
    room.answer(MessageType.ACK, Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "179, false", "180, false", "181, true", "360, true"})
  void aLeaseIsProlongedOnceAQuarterOfItIsOver(int minutes, boolean prolonged) {
    Instant ends = ends();
    room.pass(Duration.ofMinutes(minutes));
    for (DhcpPacket packet :
        new DhcpPacket[] {
          Fixture.renewing(Fixture.MAC, A),
          Fixture.initReboot(Fixture.MAC, A),
          Fixture.selecting(Fixture.MAC, Fixture.SERVER, A)
        }) {
      Duration told = time(room.answer(MessageType.ACK, packet));
      assertThat(told).isEqualTo(prolonged ? FULL : FULL.minusMinutes(minutes));
      assertThat(ends()).as("never before what it was told").isEqualTo(room.now().plus(told));
    }
    assertThat(ends().isAfter(ends)).isEqualTo(prolonged);
  }

  @Test
  void whatIsAnsweredFromALeaseAsItIsNeedsNoCommitAndNoOffer() {
    Verdict.Reply offer = room.reply(Fixture.discover(Fixture.MAC));
    assertThat(offer.offers()).isEmpty();
    Verdict.Reply ack = room.reply(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    assertThat(ack.changes()).isEmpty();
    assertThat(time(ack.packet())).isEqualTo(time(offer.packet()));
  }

  @Test
  void aNewHostNameIsCommitted() {
    DhcpPacket named =
        Fixture.selecting(Fixture.MAC, Fixture.SERVER, A)
            .with(new DhcpOption.Text(OptionCode.HOST_NAME, "pc-07"));
    assertThat(room.reply(named).changes()).hasSize(1);
    assertThat(room.reply(named).changes()).isEmpty();
    assertThat(room.table.at(A).orElseThrow().hostname()).contains("pc-07");
  }

  @Test
  void whoAsksForLessGetsLess() {
    DhcpPacket anHour =
        Fixture.selecting(Fixture.MAC, Fixture.SERVER, A)
            .with(new DhcpOption.Seconds(OptionCode.LEASE_TIME, 3600));
    Verdict.Reply ack = room.reply(anHour);
    assertThat(time(ack.packet())).isEqualTo(Duration.ofHours(1));
    assertThat(ends()).isEqualTo(room.now().plus(Duration.ofHours(1)));
  }

  @Test
  void aReleasedLeaseIsGivenAnew() {
    room.hear(Fixture.release(Fixture.MAC, A));
    assertThat(room.reply(Fixture.discover(Fixture.MAC)).offers()).hasSize(1);
    Verdict.Reply ack = room.reply(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    assertThat(ack.changes()).hasSize(1);
    assertThat(time(ack.packet())).isEqualTo(FULL);
  }

  private Instant ends() {
    return room.table.at(A).orElseThrow().expires();
  }

  private static Duration time(DhcpPacket packet) {
    return packet
        .options()
        .as(OptionCode.LEASE_TIME, DhcpOption.Seconds.class)
        .orElseThrow()
        .duration();
  }
}
