package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What machines that nobody knows may take from a pool, and what is left for the others. */
final class StrangersTest {
  private static final Ipv4 A = Ipv4.of("10.9.0.10");
  private static final Ipv4 SERVER = Ipv4.of("10.9.0.1");
  private static final Arrival AT = new Arrival("sala9", SERVER, 67, Ipv4.ANY, 68);
  private static final Mac ENTERED = Mac.of("52:54:00:99:00:01");
  private static final Duration LEASE_TIME = Duration.ofHours(12);

  private final MemoryBook book = MemoryBook.of();
  private final LeaseTable table = new LeaseTable();
  private Site site = Fixture.site();
  private Instant now = Fixture.NOW;

  private void pool(int size) {
    site =
        Fixture.site(
            Fixture.segment(
                "sala9",
                "10.9.0.0/16",
                Segment.Mode.SERVER,
                A + "-" + A.plus(size - 1),
                Map.of(),
                new Segment.UnknownMachines.Discover()));
    table.segments(site);
  }

  private void enter(Mac mac) {
    book.with(
        Machine.unknown(mac)
            .with(
                new Machine.Assignment(
                    Optional.empty(),
                    Optional.of("sala9"),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of())));
  }

  private static Mac stranger(int i) {
    return new Mac(0x020000000000L + i);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    table.expire(now);
    table.keep();
  }

  private Verdict hear(DhcpPacket packet) {
    Verdict verdict = Fixture.responder().respond(packet, AT, new Snapshot(site, book, table), now);
    table.apply(verdict);
    table.keep();
    return verdict;
  }

  private Optional<Ipv4> offered(Mac mac) {
    return hear(Fixture.discover(mac)) instanceof Verdict.Reply reply
        ? Optional.of(reply.packet().yiaddr())
        : Optional.empty();
  }

  private Optional<Ipv4> leased(Mac mac) {
    return offered(mac)
        .filter(
            address ->
                hear(Fixture.selecting(mac, SERVER, address)) instanceof Verdict.Reply reply
                    && reply.packet().messageType().filter(MessageType.ACK::equals).isPresent());
  }

  private Reason silence(DhcpPacket packet) {
    return ((Verdict.Silence) hear(packet)).reason();
  }

  @ParameterizedTest
  @CsvSource({"7,0", "8,2", "19,2", "20,2", "30,3", "100,10", "4096,409"})
  void a_tenth_of_the_pool_is_for_machines_that_are_known(int size, int kept) {
    pool(size);
    int given = 0;
    while (given < size && leased(stranger(given)).isPresent()) {
      given++;
    }
    assertThat(given).isEqualTo(size - kept);
    if (kept > 0) {
      assertThat(silence(Fixture.discover(stranger(9999)))).isEqualTo(Reason.POOL_KEPT_FOR_KNOWN);
    }
    for (int i = 0; i < kept; i++) {
      Mac known = new Mac(ENTERED.bits() + i);
      enter(known);
      assertThat(leased(known)).as("known machine %d", i).isPresent();
    }
    assertThat(silence(Fixture.discover(stranger(9998)))).isEqualTo(Reason.POOL_EXHAUSTED);
  }

  @Test
  void a_stranger_does_not_get_by_REQUEST_what_it_would_not_be_offered() {
    pool(10);
    for (int i = 0; i < 8; i++) {
      assertThat(leased(stranger(i))).isPresent();
    }
    assertThat(silence(Fixture.selecting(stranger(8), SERVER, A.plus(9))))
        .isEqualTo(Reason.POOL_KEPT_FOR_KNOWN);
    assertThat(hear(Fixture.renewing(stranger(3), A.plus(3))))
        .as("what it has it keeps")
        .isInstanceOf(Verdict.Reply.class);
  }

  @Test
  void what_was_offered_is_given_although_the_pool_has_run_low_meanwhile() {
    pool(10);
    List<Ipv4> offers =
        IntStream.range(0, 8).mapToObj(i -> offered(stranger(i)).orElseThrow()).toList();
    assertThat(offered(stranger(8))).isEmpty();
    assertThat(offered(stranger(0))).as("again").contains(offers.get(0));
    for (int i = 0; i < 8; i++) {
      assertThat(hear(Fixture.selecting(stranger(i), SERVER, offers.get(i))))
          .isInstanceOf(Verdict.Reply.class);
    }
  }

  @Test
  void half_of_what_is_free_can_be_on_offer_to_strangers_and_a_room_of_them_in_any_pool() {
    pool(4096);
    int offers = 0;
    while (offered(stranger(offers)).isPresent()) {
      offers++;
    }
    assertThat(offers).isEqualTo(2048);
    assertThat(silence(Fixture.discover(stranger(9999)))).isEqualTo(Reason.TOO_MANY_STRANGERS);
    enter(ENTERED);
    assertThat(leased(ENTERED)).isPresent();
    for (int i = 0; i < 4; i++) {
      hear(Fixture.selecting(stranger(i), SERVER, A.plus(i)));
    }
    assertThat(offered(stranger(9999))).as("some were taken").isPresent();
    assertThat(Strangers.heldAtMost(new PoolRoom(70, 70, 0, 0))).isEqualTo(64);
  }

  @Test
  void offers_to_a_crowd_of_strangers_are_held_shorter_and_those_before_as_long_as_promised() {
    pool(4096);
    for (int i = 0; i < 2048; i++) {
      assertThat(offered(stranger(i))).isPresent();
    }
    enter(ENTERED);
    Ipv4 known = offered(ENTERED).orElseThrow();
    pass(Duration.ofSeconds(11));
    PoolRoom room = table.room(site.segments().get("sala9"), now);
    assertThat(room.strangersHold()).as("the first quarter").isEqualTo(1024);
    assertThat(room.free()).isEqualTo(4096 - 1024 - 1);
    assertThat(table.offerAt(known)).isPresent();
    pass(Duration.ofSeconds(50));
    assertThat(table.room(site.segments().get("sala9"), now))
        .isEqualTo(new PoolRoom(4096, 4096, 0, 0));
    assertThat(table.offers()).isEmpty();
  }

  @Test
  void a_thousand_new_machines_at_the_same_instant_all_get_an_address() {
    pool(4096);
    List<Ipv4> offers =
        IntStream.range(0, 1000).mapToObj(i -> offered(stranger(i)).orElseThrow()).toList();
    assertThat(offers).doesNotHaveDuplicates();
    for (int i = 0; i < 1000; i++) {
      assertThat(hear(Fixture.selecting(stranger(i), SERVER, offers.get(i))))
          .isInstanceOf(Verdict.Reply.class);
    }
  }

  @Test
  void the_address_of_an_entered_machine_is_kept_from_strangers_for_a_week_after_its_lease() {
    pool(7);
    enter(ENTERED);
    Ipv4 its = leased(ENTERED).orElseThrow();
    for (int i = 0; i < 6; i++) {
      assertThat(leased(stranger(i))).isPresent();
    }
    pass(LEASE_TIME.plusSeconds(1));
    for (int i = 10; i < 16; i++) {
      assertThat(leased(stranger(i))).as("the others' are given anew").isPresent();
    }
    assertThat(silence(Fixture.discover(stranger(16)))).isEqualTo(Reason.POOL_EXHAUSTED);
    assertThat(hear(Fixture.selecting(stranger(16), SERVER, its)))
        .as("nor when it is asked for by number")
        .satisfies(
            verdict ->
                assertThat(((Verdict.Reply) verdict).packet().messageType())
                    .contains(MessageType.NAK));
    assertThat(leased(ENTERED)).contains(its);
    pass(LEASE_TIME.plus(Strangers.KEPT).plusSeconds(1));
    List<Ipv4> all =
        IntStream.range(20, 27).mapToObj(i -> leased(stranger(i)).orElseThrow()).toList();
    assertThat(all).contains(its);
  }

  @Test
  void another_known_machine_gets_it_before_it_goes_without() {
    pool(7);
    enter(ENTERED);
    Ipv4 its = leased(ENTERED).orElseThrow();
    pass(LEASE_TIME.plusSeconds(1));
    for (int i = 0; i < 6; i++) {
      assertThat(leased(stranger(i))).isPresent();
    }
    Mac other = new Mac(ENTERED.bits() + 1);
    enter(other);
    assertThat(leased(other)).contains(its);
  }

  @Test
  void reserved_addresses_are_nobodys_and_do_not_count_as_free() {
    pool(100);
    Segment segment = site.segments().get("sala9");
    assertThat(table.room(segment, now)).isEqualTo(new PoolRoom(100, 100, 0, 0));
    table.setAside(Set.of(A.plus(3), A.plus(4), SERVER));
    assertThat(table.room(segment, now)).isEqualTo(new PoolRoom(98, 98, 0, 0));
    leased(stranger(0));
    assertThat(table.room(segment, now)).isEqualTo(new PoolRoom(98, 97, 0, 0));
    pass(LEASE_TIME.plusSeconds(1));
    assertThat(table.room(segment, now)).isEqualTo(new PoolRoom(98, 98, 0, 0));
  }
}
