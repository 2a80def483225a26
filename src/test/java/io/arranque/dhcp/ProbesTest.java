package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProbesTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Instant T = Fixture.NOW;

  private final PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.199");
  private final Probes probes = new Probes();

  private Optional<Ipv4> wanted(DhcpPacket packet) {
    Verdict verdict = room.hear(packet);
    return Probes.wanted(verdict, new Snapshot(room.site, MemoryBook.of(), room.table), room.now())
        .map(Offer::address);
  }

  private static Received received(int xid) {
    return new Received(
        DhcpPacket.request(io.arranque.dhcp.packet.MessageType.DISCOVER, Fixture.MAC, xid),
        Fixture.DIRECT,
        (payload, to) -> {});
  }

  @Test
  void the_first_offer_of_an_address_is_probed_and_its_acknowledgement_is_not() {
    assertThat(wanted(Fixture.discover(Fixture.MAC))).contains(A);
    assertThat(wanted(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A))).isEmpty();
  }

  @Test
  void a_machine_that_has_or_lately_had_the_address_is_not_kept_waiting() {
    room.hear(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    assertThat(wanted(Fixture.discover(Fixture.MAC))).isEmpty();
    room.pass(Duration.ofHours(12 + 23));
    assertThat(wanted(Fixture.discover(Fixture.MAC))).isEmpty();
    room.pass(Duration.ofDays(2));
    assertThat(wanted(Fixture.discover(Fixture.MAC))).contains(A);
  }

  @Test
  void another_machine_that_inherits_the_address_makes_it_a_first_offer_again() {
    PcRoom small = PcRoom.serving("192.168.33.100");
    small.hear(Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A));
    small.pass(Duration.ofHours(13));
    Verdict verdict = small.hear(Fixture.discover(Fixture.MAC));
    assertThat(
            Probes.wanted(
                verdict, new Snapshot(small.site, MemoryBook.of(), small.table), small.now()))
        .isPresent();
  }

  @Test
  void a_segment_that_says_so_is_not_probed() {
    Segment s = Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199");
    Segment quiet =
        new Segment(
            s.name(),
            s.subnet(),
            s.interfaceName(),
            false,
            s.mode(),
            false,
            false,
            s.pool(),
            s.router(),
            s.dns(),
            s.domain(),
            s.leaseTime(),
            s.options(),
            s.reservations(),
            s.unknownMachines(),
            s.room(),
            s.vars());
    PcRoom unprobed = new PcRoom(quiet);
    Verdict verdict = unprobed.hear(Fixture.discover(Fixture.MAC));
    assertThat(
            Probes.wanted(
                verdict,
                new Snapshot(unprobed.site, MemoryBook.of(), unprobed.table),
                unprobed.now()))
        .isEmpty();
  }

  @Test
  void a_silence_wants_no_probe() {
    assertThat(wanted(Fixture.renewing(Fixture.MAC, A))).isEmpty();
  }

  @Test
  void the_newest_question_is_the_one_that_is_answered_after_the_probe() {
    Received again = received(2);
    assertThat(probes.ask(A, received(1), T)).isEqualTo(Probes.Answer.PROBE);
    assertThat(probes.ask(A, again, T)).isEqualTo(Probes.Answer.WAIT);
    assertThat(probes.done(A, true, T)).contains(again);
  }

  @Test
  void an_address_found_free_is_taken_for_free_for_some_minutes() {
    probes.ask(A, received(1), T);
    probes.done(A, true, T);
    assertThat(probes.ask(A, received(2), T.plusSeconds(299))).isEqualTo(Probes.Answer.SEND);
    assertThat(probes.ask(A, received(2), T.plusSeconds(300))).isEqualTo(Probes.Answer.PROBE);
  }

  @Test
  void what_was_found_free_before_another_machine_had_it_says_nothing_of_that_machine() {
    probes.ask(A, received(1), T);
    probes.done(A, true, T);
    assertThat(probes.ask(A, received(2), T.plusSeconds(60), T.plusSeconds(61)))
        .as("released a second ago, by an operator perhaps")
        .isEqualTo(Probes.Answer.PROBE);
  }

  @Test
  void one_found_in_use_is_not() {
    probes.ask(A, received(1), T);
    probes.done(A, false, T);
    assertThat(probes.ask(A, received(2), T)).isEqualTo(Probes.Answer.PROBE);
  }

  @Test
  void a_room_that_powers_on_is_not_delayed_beyond_the_bound() {
    for (int i = 0; i < Probes.WAITING; i++) {
      assertThat(probes.ask(A.plus(i), received(i), T)).isEqualTo(Probes.Answer.PROBE);
    }
    assertThat(probes.ask(A.plus(Probes.WAITING), received(0), T)).isEqualTo(Probes.Answer.SKIP);
    probes.done(A, true, T);
    assertThat(probes.ask(A.plus(Probes.WAITING), received(0), T)).isEqualTo(Probes.Answer.PROBE);
  }
}
