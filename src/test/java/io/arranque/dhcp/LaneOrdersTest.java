package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.AddressOrder.Answer;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.inventory.InventoryBook;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.store.Database;
import io.arranque.store.InventoryStore;
import io.arranque.store.LeaseStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators order, on the real lane and the real database. */
@Timeout(60)
class LaneOrdersTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 B = Ipv4.of("192.168.33.101");

  @TempDir Path state;
  private volatile Instant now = Fixture.NOW;

  /** Two addresses. */
  private final Site site =
      Fixture.site(Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.101"));

  private final BlockingQueue<DhcpPacket> sent = new ArrayBlockingQueue<>(100);
  private Database database;
  private LeaseStore store;
  private LaneServer lane;
  private Thread thread;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(state, Optional.empty());
    store = LeaseStore.open(database, state);
    InventoryBook inventory = new InventoryStore(database, () -> now);
    lane =
        new LaneServer(
            Fixture.responder(),
            () -> site,
            new DhcpPorts(store, inventory, new MemoryTimeline()),
            () -> now,
            new DhcpStatistics());
    thread = new Thread(lane);
    thread.start();
  }

  @AfterEach
  void close() throws Exception {
    lane.stop();
    thread.join();
    store.close();
    database.close();
  }

  private DhcpPacket answered(DhcpPacket packet) throws InterruptedException {
    lane.accept(new Received(packet, Fixture.DIRECT, (payload, to) -> sent.add(decoded(payload))));
    DhcpPacket answer = sent.poll(10, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("nothing was sent");
    }
    return answer;
  }

  private static DhcpPacket decoded(byte[] payload) {
    try {
      return DhcpCodec.decode(payload);
    } catch (MalformedPacket e) {
      throw new AssertionError(e);
    }
  }

  private Answer order(AddressOrder order) throws Exception {
    return lane.orders().give(order).get(10, TimeUnit.SECONDS);
  }

  private void given(Mac mac, Ipv4 address) throws InterruptedException {
    assertThat(answered(Fixture.selecting(mac, Fixture.SERVER, address)).messageType())
        .contains(MessageType.ACK);
  }

  private Lease lease() {
    return lane.published().of(Fixture.MAC).get(0);
  }

  @Test
  void aReleasedLeaseIsOverAlsoAfterARestartAndItsAddressIsTheMachinesFirstChoice()
      throws Exception {
    given(Fixture.MAC, A);
    now = now.plusSeconds(60);

    assertThat(order(new AddressOrder.Release(A, Fixture.MAC))).isEqualTo(Answer.DONE);

    assertThat(lease().isLive(now)).isFalse();
    close();
    open();
    assertThat(answered(Fixture.discover(Fixture.OTHER_MAC)).yiaddr()).isEqualTo(B);
    assertThat(lease().expires()).isEqualTo(now);
    assertThat(answered(Fixture.discover(Fixture.MAC)).yiaddr()).isEqualTo(A);
  }

  @Test
  void itsMachineGetsItBackWhenItRenewsAsLongAsNobodyElseHasIt() throws Exception {
    given(Fixture.MAC, A);
    order(new AddressOrder.Release(A, Fixture.MAC));
    assertThat(answered(Fixture.renewing(Fixture.MAC, A)).messageType()).contains(MessageType.ACK);
    assertThat(lease().isLive(now)).isTrue();
  }

  @Test
  void onceAnotherMachineHasItTheOldOneIsToldNo() throws Exception {
    given(Fixture.MAC, A);
    given(Fixture.OTHER_MAC, B);
    order(new AddressOrder.Release(A, Fixture.MAC));
    Mac third = Mac.of("52:54:00:77:77:77");
    assertThat(answered(Fixture.discover(third)).yiaddr()).as("the only free one").isEqualTo(A);
    given(third, A);
    assertThat(answered(Fixture.renewing(Fixture.MAC, A)).messageType()).contains(MessageType.NAK);
    assertThat(order(new AddressOrder.Release(A, Fixture.MAC))).isEqualTo(Answer.ANOTHERS);
    assertThat(lane.published().of(third).get(0).isLive(now)).isTrue();
  }

  @Test
  void whatIsNotLeasedIsNotReleased() throws Exception {
    assertThat(order(new AddressOrder.Release(A, Fixture.MAC))).isEqualTo(Answer.NOT_LEASED);
    given(Fixture.MAC, A);
    now = now.plus(Duration.ofHours(13));
    assertThat(order(new AddressOrder.Release(A, Fixture.MAC))).isEqualTo(Answer.NOT_LEASED);
  }

  @Test
  void anAddressThatWasSetAsideIsTakenBackIntoUseForGood() throws Exception {
    given(Fixture.MAC, A);
    lane.accept(new Received(Fixture.decline(Fixture.MAC, A), Fixture.DIRECT, (payload, to) -> {}));
    // Leaves no trace on the wire; the lane answers questions between two batches.
    while (holds().setAside().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(order(new AddressOrder.UseAgain(A))).isEqualTo(Answer.DONE);
    assertThat(order(new AddressOrder.UseAgain(A))).isEqualTo(Answer.NOT_SET_ASIDE);
    close();
    open();
    assertThat(answered(Fixture.discover(Fixture.OTHER_MAC)).yiaddr()).isEqualTo(A);
    assertThat(holds().setAside()).isEmpty();
    assertThat(holds().offers()).extracting(Offer::address).containsExactly(A);
  }

  private Holds holds() throws Exception {
    return lane.questions().ask(state -> Holds.of(state.leases())).get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatCannotBeWrittenChangesNothing() throws Exception {
    given(Fixture.MAC, A);
    store.close();
    assertThat(order(new AddressOrder.Release(A, Fixture.MAC))).isEqualTo(Answer.NOT_WRITTEN);
    assertThat(lease().isLive(now)).isTrue();
    assertThat(answered(Fixture.discover(Fixture.MAC)).yiaddr()).isEqualTo(A);
  }

  @Test
  void anOrderThatItsGiverHasGivenUpIsNotCarriedOut() throws Exception {
    given(Fixture.MAC, A);
    lane.stop();
    thread.join();
    LaneOrders orders = new LaneOrders();
    orders.give(new AddressOrder.Release(A, Fixture.MAC)).complete(Answer.NOT_ANSWERED);
    LeaseTable table = new LeaseTable();
    table.load(store.load());
    orders.carryOut(table, store, new PublishedLeases(), now);
    assertThat(table.at(A).orElseThrow().isLive(now)).isTrue();
    assertThat(orders.isEmpty()).isTrue();
  }
}
