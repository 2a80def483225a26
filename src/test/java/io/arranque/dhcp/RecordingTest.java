package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written down of a storm, and what is not. */
@Timeout(30)
final class RecordingTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");

  private final DhcpStatistics statistics = new DhcpStatistics();

  private static Mac mac(int i) {
    return new Mac(0x525400000000L + i);
  }

  private static Sighting seen(int i, Optional<String> firmware) {
    Hardware hardware =
        new Hardware(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), firmware);
    return new Sighting(mac(i), hardware, Optional.of("sala5"), Optional.empty(), Fixture.NOW);
  }

  private static Verdict hear(Machine known, Instant at) {
    LeaseTable table = new LeaseTable();
    Site site = Fixture.site(Fixture.segment(Segment.Mode.SERVER, A + "-" + A.plus(9)));
    table.segments(site);
    return Fixture.responder()
        .respond(
            Fixture.selecting(Fixture.MAC, Fixture.SERVER, A),
            Fixture.DIRECT,
            new Snapshot(site, MemoryBook.of(known), table),
            at);
  }

  @Test
  void aMachineThatSaysNothingNewIsNotNotedAgainAndAgain() {
    Sighting first = hear(Machine.unknown(Fixture.MAC), Fixture.NOW).sighting().orElseThrow();
    Machine known = Machine.unknown(Fixture.MAC).seen(first);
    assertThat(hear(known, Fixture.NOW.plusSeconds(2)).sighting()).isEmpty();
    assertThat(hear(known, Fixture.NOW.plus(Sighting.GRANULARITY)).sighting()).isPresent();
  }

  @Test
  void aMachineThatMovedIsNotedAtOnce() {
    Sighting first = hear(Machine.unknown(Fixture.MAC), Fixture.NOW).sighting().orElseThrow();
    Sighting elsewhere =
        new Sighting(
            Fixture.MAC, first.hardware(), Optional.of("sala6"), first.address(), Fixture.NOW);
    Machine known = Machine.unknown(Fixture.MAC).seen(elsewhere);
    assertThat(hear(known, Fixture.NOW.plusSeconds(2)).sighting()).isPresent();
  }

  @Test
  void aFloodOfStrangersLeavesRoomForMachinesThatBootAndIsCounted() {
    MemoryBook book = MemoryBook.of();
    SightingsServer server = new SightingsServer(book, statistics);
    List<Sighting> flood = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      flood.add(seen(i, Optional.empty()));
    }
    flood.add(seen(200_000, Optional.of("bios")));
    server.accept(flood);
    server.close();
    assertThat(book.machine(mac(200_000))).isPresent();
    assertThat(book.machines().size() + statistics.unseen()).isEqualTo(100_001);
    assertThat(statistics.unseen()).isGreaterThan(90_000);
  }

  @Test
  void whatIsSeenOfOneMachineBeforeItIsWrittenIsWrittenOnceAndWhole() {
    MemoryBook book = MemoryBook.of();
    SightingsServer server = new SightingsServer(book, statistics);
    Sighting later =
        new Sighting(
            mac(1), Hardware.UNKNOWN, Optional.empty(), Optional.of(A), Fixture.NOW.plusSeconds(1));
    server.accept(List.of(seen(1, Optional.of("bios")), later));
    server.close();
    assertThat(book.committed())
        .singleElement()
        .isEqualTo(
            new InventoryChange.Seen(
                new Sighting(
                    mac(1),
                    seen(1, Optional.of("bios")).hardware(),
                    Optional.of("sala5"),
                    Optional.of(A),
                    Fixture.NOW.plusSeconds(1))));
  }

  @Test
  void aStormOfPlainAddressRequestsCostsBootEventsNothing() {
    MemoryTimeline timeline = new MemoryTimeline();
    Recorder recorder = new Recorder(timeline, statistics);
    for (int i = 0; i < 100_000; i++) {
      recorder.record(event(i, Reason.ADDRESS_ONLY, Fixture.NOW));
    }
    assertThat(timeline.events().size() + statistics.unrecorded()).isEqualTo(100_000);
    assertThat(timeline.events()).hasSizeLessThan(1_000);
    recorder.record(event(1, Reason.OK, Fixture.NOW));
    assertThat(timeline.events().get(timeline.events().size() - 1).reason()).isEqualTo(Reason.OK);
    // A minute later it is quiet, and all is shown again.
    int before = timeline.events().size();
    recorder.record(event(1, Reason.ADDRESS_ONLY, Fixture.NOW.plusSeconds(60)));
    assertThat(timeline.events()).hasSize(before + 1);
  }

  private static BootEvent event(int i, Reason reason, Instant at) {
    return BootEvent.of(at, mac(i), Stage.ACK, reason, Optional.of(A), "");
  }

  @Test
  void aMachinesLeasesAreFoundByItsMacUntilSomebodyElseHasTheAddress() {
    PublishedLeases leases = new PublishedLeases();
    Lease one = lease(A.plus(1), 1);
    Lease two = lease(A, 1);
    leases.put(one);
    leases.put(two);
    leases.put(two);
    assertThat(leases.of(mac(1))).containsExactlyInAnyOrder(one, two);
    assertThat(leases.all()).containsExactly(two, one);
    leases.put(lease(A, 2));
    assertThat(leases.of(mac(1))).containsExactly(one);
    leases.remove(A.plus(1));
    assertThat(leases.of(mac(1))).isEmpty();
    assertThat(leases.of(mac(2))).hasSize(1);
  }

  private static Lease lease(Ipv4 address, int machine) {
    return new Lease(
        address,
        mac(machine),
        "sala5",
        Fixture.NOW,
        Fixture.NOW.plusSeconds(3600),
        Optional.empty());
  }
}
