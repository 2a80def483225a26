package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody on the wire makes up 20 000 machines. */
@Timeout(120)
final class FloodTest {
  private static final int INVENTED = 20_000;
  private static final int POOL = 4096;
  private static final int BATCH = 1024;
  private static final Ipv4 A = Ipv4.of("10.9.0.10");
  private static final Ipv4 SERVER = Ipv4.of("10.9.0.1");
  private static final Arrival AT = new Arrival("sala9", SERVER, 67, Ipv4.ANY, 68);
  private static final Mac KNOWN = Mac.of("52:54:00:99:00:01");

  private final MemoryBook book = MemoryBook.of();
  private final MemoryTimeline timeline = new MemoryTimeline();
  private final Disk disk = new Disk();
  private final DhcpStatistics statistics = new DhcpStatistics();
  private final Watching wire = new Watching();
  private final List<DhcpPacket> sent = new ArrayList<>();
  private final Site site =
      Fixture.site(
          Fixture.segment(
              "sala9",
              "10.9.0.0/16",
              Segment.Mode.SERVER,
              A + "-" + A.plus(POOL - 1),
              Map.of(),
              new Segment.UnknownMachines.Discover()));
  private Instant now = Fixture.NOW;
  private final LaneServer lane =
      new LaneServer(
          Fixture.responder(),
          () -> site,
          new DhcpPorts(disk, book, timeline),
          () -> now,
          statistics,
          wire);

  @AfterEach
  void end() {
    lane.stop();
    lane.run();
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

  private Received received(DhcpPacket packet) {
    return new Received(packet, AT, (payload, to) -> sent.add(decoded(payload)));
  }

  private static DhcpPacket decoded(byte[] payload) {
    try {
      return DhcpCodec.decode(payload);
    } catch (MalformedPacket e) {
      throw new AssertionError(e);
    }
  }

  /** A batch; what was answered to it. */
  private List<DhcpPacket> hear(List<DhcpPacket> packets) {
    sent.clear();
    lane.process(packets.stream().map(this::received).toList());
    return List.copyOf(sent);
  }

  private static Mac invented(int i) {
    return new Mac(0x020000000000L + i * 7919L);
  }

  /** The whole flood, batch by batch, a millisecond each; {@code taking}: it takes its offers. */
  private void flood(boolean taking, Runnable meanwhile) {
    for (int from = 0; from < INVENTED; from += BATCH) {
      List<DhcpPacket> discovers = new ArrayList<>();
      for (int i = from; i < Math.min(INVENTED, from + BATCH); i++) {
        discovers.add(Fixture.discover(invented(i)));
      }
      List<DhcpPacket> offers = hear(discovers);
      if (taking) {
        hear(
            offers.stream()
                .map(o -> Fixture.selecting(o.mac().orElseThrow(), SERVER, o.yiaddr()))
                .toList());
      }
      now = now.plusMillis(1);
      meanwhile.run();
    }
  }

  private boolean getsAnAddress(Mac mac) {
    List<DhcpPacket> offers = hear(List.of(Fixture.discover(mac)));
    return !offers.isEmpty()
        && hear(List.of(Fixture.selecting(mac, SERVER, offers.get(0).yiaddr()))).stream()
            .anyMatch(ack -> ack.messageType().filter(MessageType.ACK::equals).isPresent());
  }

  private boolean alarm(int secondsLater) {
    now = now.plusSeconds(secondsLater);
    wire.floods.look(
        site.segments().keySet(), now, f -> wire.said.add("begin"), f -> wire.said.add("end"));
    return !wire.floods.problems().isEmpty();
  }

  @Test
  void discovers_without_end_take_no_address_from_those_who_are_known() {
    List<Mac> room = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      room.add(new Mac(KNOWN.bits() + i));
      enter(room.get(i));
    }
    List<Mac> waiting = new ArrayList<>(room);
    flood(false, () -> assertThat(getsAnAddress(waiting.remove(0))).isTrue());
    waiting.forEach(mac -> assertThat(getsAnAddress(mac)).as("after it").isTrue());

    assertThat(statistics.silences().get(Reason.TOO_MANY_STRANGERS))
        .isGreaterThan(INVENTED - POOL / 2 - 1L);
    assertThat(disk.leases).as("nothing is written for offers").hasSize(200);
    assertThat(alarm(20)).isTrue();
    assertThat(alarm(120)).isFalse();
    assertThat(wire.said).containsExactly("begin", "end");
    assertThat(getsAnAddress(invented(INVENTED))).as("a new machine, once it is over").isTrue();
  }

  @Test
  void machines_that_take_what_they_are_offered_leave_a_tenth_of_the_pool_to_the_known() {
    for (int i = 0; i < 409; i++) {
      enter(new Mac(KNOWN.bits() + i));
    }
    flood(true, () -> {});
    assertThat(disk.leases).hasSize(POOL - POOL / 10);
    for (int i = 0; i < 409; i++) {
      assertThat(getsAnAddress(new Mac(KNOWN.bits() + i))).as("known machine %d", i).isTrue();
    }
    assertThat(disk.leases).hasSize(POOL);
    assertThat(alarm(10)).isTrue();
    assertThat(wire.floods.problems().get(0).message())
        .contains("somebody may be making up addresses");
    assertThat(alarm(120)).isFalse();
  }

  @Test
  void what_is_written_of_it_is_bounded() {
    flood(true, () -> {});
    lane.stop();
    lane.run();
    assertThat(timeline.events().size()).isLessThan(1_000);
    assertThat(book.machines().size() + statistics.unseen()).isGreaterThanOrEqualTo(INVENTED);
    assertThat(disk.leases).hasSizeLessThanOrEqualTo(POOL);
  }

  @Test
  void a_room_of_a_thousand_new_machines_is_no_flood() {
    List<DhcpPacket> discovers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      discovers.add(Fixture.discover(invented(i)));
    }
    List<DhcpPacket> offers = hear(discovers);
    assertThat(offers).hasSize(1000);
    assertThat(alarm(1)).isFalse();
    List<DhcpPacket> acks =
        hear(
            offers.stream()
                .map(o -> Fixture.selecting(o.mac().orElseThrow(), SERVER, o.yiaddr()))
                .toList());
    assertThat(acks).hasSize(1000);
    for (int i = 0; i < 12; i++) {
      assertThat(alarm(10)).isFalse();
    }
  }

  /** Keeps the last lease of each address, as the database does. */
  private static final class Disk implements LeaseBook {
    final Map<Ipv4, Lease> leases = new HashMap<>();

    @Override
    public LoadedLeases load() {
      return new LoadedLeases(List.of(), Map.of());
    }

    @Override
    public void commit(List<LeaseChange> changes) {
      for (LeaseChange change : changes) {
        if (change instanceof LeaseChange.Bound bound) {
          leases.put(bound.lease().address(), bound.lease());
        }
      }
    }
  }

  /** Only what concerns floods, and no probes. */
  private final class Watching implements Wire {
    final Floods floods = new Floods();
    final List<String> said = new ArrayList<>();

    @Override
    public OtherServers others() {
      return OtherServers.NONE;
    }

    @Override
    public boolean parks(Received received, Verdict verdict, Snapshot state, Instant at) {
      return false;
    }

    @Override
    public List<Finding> findings(LeaseView leases, Instant at) {
      return List.of();
    }

    @Override
    public void decided(Received received, Verdict verdict) {
      floods.note(received.segment(site), received, verdict, now);
    }

    @Override
    public void look(LeaseTable table, Site of, Inventory inventory, Instant at) {}
  }
}
