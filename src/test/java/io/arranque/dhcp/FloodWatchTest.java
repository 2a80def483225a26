package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When unknown machines are an alarm. */
final class FloodWatchTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");

  /** The last second of a minute: what follows falls into the next. */
  private static final Instant START = Instant.parse("2026-03-01T08:00:59Z");

  private final FloodWatch watch = new FloodWatch("sala5");

  private static Mac mac(int i) {
    return new Mac(0x525400000000L + i);
  }

  private static Instant after(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static Received received(DhcpPacket packet) {
    return new Received(packet, Fixture.DIRECT, (payload, to) -> {});
  }

  private void offered(int from, int to, int seconds, Offer.To kind) {
    for (int i = from; i < to; i++) {
      DhcpPacket discover = Fixture.discover(mac(i));
      Offer offer = new Offer(A, mac(i), "sala5", after(seconds + 60), kind);
      watch.note(received(discover), reply(discover, List.of(offer)), after(seconds));
    }
  }

  private static Verdict reply(DhcpPacket packet, List<Offer> offers) {
    return new Verdict.Reply(
        packet, new Destination(A, 68), List.of(), offers, Optional.empty(), List.of());
  }

  private void taken(int from, int to, int seconds) {
    for (int i = from; i < to; i++) {
      DhcpPacket request = Fixture.selecting(mac(i), Fixture.SERVER, A);
      watch.note(received(request), reply(request, List.of()), after(seconds));
    }
  }

  private boolean alarm(int seconds) {
    return watch.look(after(seconds)).alarm();
  }

  @Test
  void aRoomOfNewMachinesThatTakeTheirOffersIsNoAlarmAtAnyMoment() {
    offered(0, 1000, 0, Offer.To.STRANGER);
    assertThat(alarm(1)).isFalse();
    taken(0, 1000, 3);
    for (int seconds = 4; seconds < 150; seconds++) {
      assertThat(alarm(seconds)).as("after %d s", seconds).isFalse();
    }
  }

  @Test
  void offersThatNobodyTakesAreAnAlarmThatGoesAwayByItself() {
    offered(0, 2000, 0, Offer.To.STRANGER);
    assertThat(alarm(25)).isTrue();
    assertThat(watch.look(after(25)).message())
        .startsWith(watch.look(after(25)).asked() + " unknown machines")
        .contains("Known machines are served");
    assertThat(watch.look(after(25)).asked()).isBetween(1950L, 2000L);
    assertThat(alarm(75)).isFalse();
  }

  @Test
  void onceBegunItDoesNotEndAtTheBoundWhereItBegan() {
    offered(0, 150, 0, Offer.To.STRANGER);
    assertThat(alarm(25)).as("too few to begin").isFalse();
    offered(1000, 1300, 26, Offer.To.STRANGER);
    assertThat(alarm(50)).isTrue();
    assertThat(alarm(65)).as("the first have left the minute").isTrue();
    offered(2000, 2150, 66, Offer.To.STRANGER);
    assertThat(alarm(100)).as("few enough not to begin, too many to end").isTrue();
    assertThat(alarm(140)).isFalse();
  }

  @Test
  void machinesThatAreRefusedAreAnAlarmAndOneThatAsksAgainCountsOnce() {
    for (int i = 0; i < 500; i++) {
      refused(i % 20);
    }
    assertThat(alarm(1)).isFalse();
    refused(20);
    assertThat(alarm(1)).isTrue();
    assertThat(watch.look(after(1)).refused()).isEqualTo(21);
  }

  private void refused(int machine) {
    watch.note(
        received(Fixture.discover(mac(machine))),
        Verdict.Silence.because(Reason.POOL_KEPT_FOR_KNOWN),
        after(0));
  }

  @Test
  void knownMachinesAreNeverAnAlarm() {
    offered(0, 5000, 0, Offer.To.KNOWN);
    assertThat(watch.look(after(25)).asked()).isZero();
  }

  @Test
  void theRelayAndSwitchPortThatMostCameThroughIsNamed() {
    List<DhcpPacket> packets = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      DhcpPacket packet = Fixture.discover(mac(i)).withGiaddr(A.plus(i % 3 == 0 ? i : 1));
      packets.add(packet);
    }
    packets.forEach(
        packet -> {
          Offer offer =
              new Offer(A, packet.mac().orElseThrow(), "sala5", after(60), Offer.To.STRANGER);
          watch.note(received(packet), reply(packet, List.of(offer)), after(0));
        });
    assertThat(watch.look(after(25)).where()).contains("relay 192.168.33.101");
  }

  @Test
  void whoeverInventsPlacesAndMachinesFillsNoMemory() {
    for (int i = 0; i < 300_000; i++) {
      DhcpPacket packet = Fixture.discover(mac(i)).withGiaddr(A.plus(i));
      Offer offer = new Offer(A, mac(i), "sala5", after(60), Offer.To.STRANGER_IN_A_CROWD);
      watch.note(received(packet), reply(packet, List.of(offer)), after(0));
    }
    // A bit for each, and no more bits than it has.
    assertThat(watch.look(after(25)).asked()).isBetween(50_000L, 1L << 17);
    assertThat(watch.look(after(25)).where()).isEmpty();
  }
}
