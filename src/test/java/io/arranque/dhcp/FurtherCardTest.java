package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two cards that people said are of one machine; the lease is live and belongs to the first. */
final class FurtherCardTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 ITS = A.plus(7);

  private final Site site = Fixture.site(Fixture.segment(Segment.Mode.SERVER, A + "-" + A.plus(9)));
  private final MemoryBook inventory = MemoryBook.of();

  @BeforeEach
  void known() {
    inventory.with(
        Machine.unknown(Fixture.MAC)
            .with(Assignment.NONE.withReservation(Optional.of(Ipv4.of("192.168.33.50")))));
  }

  private void merged() throws Exception {
    inventory.commit(
        now -> List.of(new InventoryChange.MacMerged(Fixture.OTHER_MAC, Fixture.MAC, "ana")));
  }

  private Ipv4 offered(DhcpPacket packet, Ipv4 leased) {
    LeaseTable table = new LeaseTable();
    table.load(
        new LeaseBook.LoadedLeases(
            List.of(
                new Lease(
                    leased,
                    Fixture.MAC,
                    "sala5",
                    Fixture.NOW,
                    Fixture.NOW.plusSeconds(3600),
                    Optional.empty())),
            Map.of()));
    table.segments(site);
    Verdict verdict =
        Fixture.responder()
            .respond(packet, Fixture.DIRECT, new Snapshot(site, inventory, table), Fixture.NOW);
    return ((Verdict.Reply) verdict).packet().yiaddr();
  }

  @Test
  void theMachinesReservationIsForWhicheverCardBoots() throws Exception {
    assertThat(offered(firmware(), ITS)).isNotIn(ITS, reserved());
    merged();
    assertThat(offered(firmware(), reserved())).isEqualTo(reserved());
  }

  private static DhcpPacket firmware() {
    return Fixture.discover(Fixture.OTHER_MAC)
        .with(new DhcpOption.Text(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001"));
  }

  private static Ipv4 reserved() {
    return Ipv4.of("192.168.33.50");
  }

  @Test
  void firmwareOfTheOtherCardTakesTheMachinesAddressOver() throws Exception {
    inventory.with(
        Machine.unknown(Fixture.MAC).with(Assignment.NONE.withRole(Optional.of("worker"))));
    merged();
    assertThat(offered(firmware(), ITS)).isEqualTo(ITS);
  }
}
