package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.inventory.Inventory;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane with probes that take as long as the test wants. */
@Timeout(30)
final class ParkingTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");

  /** Parks by the real rule; what came of a probe is said by hand. */
  private static final class ByHand implements Wire {
    private final Probes probes = new Probes();
    private final BlockingQueue<Ipv4> begun = new ArrayBlockingQueue<>(100);
    private final BlockingQueue<Finding> found = new ArrayBlockingQueue<>(100);

    @Override
    public OtherServers others() {
      return OtherServers.NONE;
    }

    @Override
    public synchronized boolean parks(
        Received received, Verdict verdict, Snapshot state, Instant now) {
      Optional<Offer> offer = Probes.wanted(verdict, state, now);
      if (offer.isEmpty()) {
        return false;
      }
      Probes.Answer answer = probes.ask(offer.get().address(), received, now);
      if (answer == Probes.Answer.PROBE) {
        begun.add(offer.get().address());
      }
      return answer == Probes.Answer.PROBE || answer == Probes.Answer.WAIT;
    }

    synchronized Received over(Ipv4 address, boolean isFree) {
      return probes.done(address, isFree, Fixture.NOW).orElseThrow();
    }

    @Override
    public List<Finding> findings(LeaseView leases, Instant now) {
      Finding one = found.poll();
      return one == null ? List.of() : List.of(one);
    }

    @Override
    public void decided(Received received, Verdict verdict) {}

    @Override
    public void look(LeaseTable table, Site site, Inventory inventory, Instant now) {}
  }

  private final MemoryPorts memory = new MemoryPorts();
  private final BlockingQueue<DhcpPacket> sent = new ArrayBlockingQueue<>(100);
  private final Site site =
      Fixture.site(Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199"));
  private final ByHand wire = new ByHand();
  private final LaneServer lane =
      new LaneServer(
          Fixture.responder(),
          () -> site,
          memory.ports(),
          () -> Fixture.NOW,
          new DhcpStatistics(),
          wire);
  private final Thread thread = new Thread(lane);

  @AfterEach
  void end() throws InterruptedException {
    lane.stop();
    thread.join();
  }

  private void hear(DhcpPacket packet) {
    lane.accept(new Received(packet, Fixture.DIRECT, (payload, to) -> sent.add(read(payload))));
  }

  private static DhcpPacket read(byte[] payload) {
    try {
      return DhcpCodec.decode(payload);
    } catch (MalformedPacket e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(10, TimeUnit.SECONDS);
    if (value == null) {
      throw new AssertionError("nothing came");
    }
    return value;
  }

  @Test
  void while_one_offer_waits_for_its_probe_a_known_machine_gets_its_own() throws Exception {
    hear(Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A.plus(5)));
    thread.start();
    assertThat(next(sent).yiaddr()).isEqualTo(A.plus(5));
    hear(Fixture.discover(Fixture.MAC));
    assertThat(next(wire.begun)).isEqualTo(A);
    hear(Fixture.discover(Fixture.OTHER_MAC));
    assertThat(next(sent).yiaddr()).isEqualTo(A.plus(5));
    assertThat(sent).isEmpty();
    lane.again(wire.over(A, true));
    assertThat(next(sent).yiaddr()).isEqualTo(A);
  }

  @Test
  void nobody_else_is_offered_an_address_that_is_being_probed() throws Exception {
    hear(Fixture.discover(Fixture.MAC));
    hear(Fixture.discover(Fixture.OTHER_MAC));
    thread.start();
    assertThat(next(wire.begun)).isEqualTo(A);
    assertThat(next(wire.begun)).isEqualTo(A.plus(1));
  }

  @Test
  void an_address_in_use_is_set_aside_on_disk_and_the_machine_gets_another() throws Exception {
    thread.start();
    hear(Fixture.discover(Fixture.MAC));
    assertThat(next(wire.begun)).isEqualTo(A);
    Received waited = wire.over(A, false);
    LeaseChange.Quarantined quarantined =
        new LeaseChange.Quarantined(A, Fixture.NOW.plusSeconds(3600));
    wire.found.add(
        new Wire.Finding(
            waited,
            new Verdict.Silence(
                io.arranque.timeline.Reason.ADDRESS_IN_USE,
                List.of(quarantined),
                Optional.empty(),
                List.of())));
    lane.again(waited);
    assertThat(next(wire.begun)).isEqualTo(A.plus(1));
    lane.again(wire.over(A.plus(1), true));
    assertThat(next(sent).yiaddr()).isEqualTo(A.plus(1));
    assertThat(memory.commits).containsExactly(List.of(quarantined));
  }
}
