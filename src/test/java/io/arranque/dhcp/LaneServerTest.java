package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LaneServerTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");

  private final MemoryPorts memory = new MemoryPorts();
  private final DhcpStatistics statistics = new DhcpStatistics();
  private final BlockingQueue<DhcpPacket> sent = new ArrayBlockingQueue<>(10_000);
  private final Site site =
      Fixture.site(Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.199"));
  private final LaneServer lane =
      new LaneServer(
          Fixture.responder(), () -> site, memory.ports(), () -> Fixture.NOW, statistics);
  private final Thread thread = new Thread(lane);

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void hear(DhcpPacket packet) {
    lane.accept(new Received(packet, Fixture.DIRECT, (payload, to) -> sent.add(decoded(payload))));
  }

  private static DhcpPacket decoded(byte[] payload) {
    try {
      return DhcpCodec.decode(payload);
    } catch (io.arranque.dhcp.packet.MalformedPacket e) {
      throw new AssertionError(e);
    }
  }

  private DhcpPacket next() throws InterruptedException {
    DhcpPacket packet = sent.poll(10, TimeUnit.SECONDS);
    if (packet == null) {
      throw new AssertionError("nothing was sent");
    }
    return packet;
  }

  @Test
  void aRoomThatPowersOnAtOnceIsOneCommitAndEachMachineHasItsOwnAddress() throws Exception {
    for (int i = 0; i < 100; i++) {
      hear(Fixture.selecting(new Mac(0x525400000000L + i), Fixture.SERVER, A.plus(i)));
    }
    thread.start();
    for (int i = 0; i < 100; i++) {
      assertThat(next().messageType()).contains(MessageType.ACK);
    }
    assertThat(memory.commits).hasSize(1);
    assertThat(lane.leases()).extracting(Lease::address).doesNotHaveDuplicates().hasSize(100);
  }

  @Test
  void withinABatchEachDecisionSeesTheOnesBefore() throws Exception {
    hear(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    hear(Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A));
    thread.start();
    assertThat(next().messageType()).contains(MessageType.ACK);
    assertThat(next().messageType()).contains(MessageType.NAK);
  }

  @Test
  void anOfferDoesNotWaitForTheDiskThatTheOthersOfItsBatchWaitFor() throws Exception {
    memory.failsToCommit = true;
    hear(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    hear(Fixture.discover(Fixture.OTHER_MAC));
    thread.start();
    assertThat(next().messageType()).contains(MessageType.OFFER);
    while (statistics.silences().getOrDefault(Reason.COMMIT_FAILED, 0L) == 0) {
      Thread.onSpinWait();
    }
    assertThat(statistics.silences()).containsEntry(Reason.COMMIT_FAILED, 1L);
    assertThat(sent).as("nothing that was promised").isEmpty();
    assertThat(lane.leases()).isEmpty();
  }

  @Test
  void aFailedCommitMeansSilenceUntouchedMemoryAndRecoveryByItself() throws Exception {
    hear(Fixture.discover(Fixture.OTHER_MAC));
    thread.start();
    assertThat(next().yiaddr()).isEqualTo(A);
    memory.broken = true;
    hear(Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A));
    hear(Fixture.discover(Fixture.MAC));
    // Silences leave no trace on the wire: wait until the lane has counted the request.
    while (statistics.silences().getOrDefault(Reason.COMMIT_FAILED, 0L) == 0) {
      Thread.onSpinWait();
    }
    assertThat(lane.leases()).isEmpty();
    memory.broken = false;
    sent.clear();
    hear(Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A));
    DhcpPacket ack = next();
    while (ack.messageType().filter(MessageType.OFFER::equals).isPresent()) {
      ack = next();
    }
    assertThat(ack.messageType()).contains(MessageType.ACK);
    assertThat(ack.yiaddr()).isEqualTo(A);
    assertThat(lane.leases()).hasSize(1);
    assertThat(memory.timeline.events())
        .extracting(BootEvent::reason)
        .contains(Reason.COMMIT_FAILED);
  }

  @Test
  void whatDoesNotFitTheQueueIsCountedAsOverload() {
    for (int i = 0; i < LaneServer.QUEUE + 3; i++) {
      hear(Fixture.discover(new Mac(0x525400000000L + i)));
    }
    assertThat(statistics.silences()).containsEntry(Reason.OVERLOADED, 3L);
  }

  @Test
  void ofAMachineThatAsksAgainBeforeItsTurnOnlyTheLastDiscoverIsAnswered() throws Exception {
    hear(Fixture.discover(Fixture.MAC));
    hear(Fixture.discover(Fixture.OTHER_MAC));
    hear(Fixture.discover(Fixture.MAC).withSecs(4));
    assertThat(statistics.silences()).containsEntry(Reason.OVERLOADED, 1L);
    thread.start();
    assertThat(List.of(next().mac(), next().mac()))
        .containsExactly(Optional.of(Fixture.MAC), Optional.of(Fixture.OTHER_MAC));
    thread.interrupt();
    thread.join();
    assertThat(sent).isEmpty();
  }

  @Test
  void aReplyThatCannotBeSentCostsNoOtherOfItsBatch() throws Exception {
    lane.accept(
        new Received(
            Fixture.selecting(Fixture.OTHER_MAC, Fixture.SERVER, A.plus(1)),
            Fixture.DIRECT,
            (payload, to) -> {
              throw new IllegalStateException("cannot be sent");
            }));
    hear(Fixture.selecting(Fixture.MAC, Fixture.SERVER, A));
    thread.start();
    assertThat(next().yiaddr()).isEqualTo(A);
    assertThat(statistics.silences()).containsEntry(Reason.INTERNAL_ERROR, 1L);
  }

  @Test
  void aBugCostsOneAnswerAndNotTheLane() throws Exception {
    LaneServer broken =
        new LaneServer(
            Fixture.responder(), () -> site, memory.ports(), () -> Fixture.NOW, statistics);
    Thread its = new Thread(broken);
    // A card always has an address; none at all is a bug.
    broken.accept(
        new Received(
            Fixture.discover(Fixture.OTHER_MAC),
            new Arrival("sala5", brokenAddress(), 67, Ipv4.ANY, 68),
            (payload, to) -> {}));
    broken.accept(
        new Received(
            Fixture.discover(Fixture.MAC),
            Fixture.DIRECT,
            (payload, to) -> sent.add(decoded(payload))));
    its.start();
    assertThat(next().messageType()).contains(MessageType.OFFER);
    assertThat(statistics.silences()).containsEntry(Reason.INTERNAL_ERROR, 1L);
    its.interrupt();
    its.join();
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static Ipv4 brokenAddress() {
    return null;
  }
}
