package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The UUID of option 97 as a second identity: never at the cost of anybody's live lease. */
final class ReplacedCardTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final Ipv4 ITS = A.plus(7);
  private static final String REAL = "00112233445566778899aabbccddeeff";

  /** As on the wire: 03000200-0400-0500-0006-000700080009. */
  private static final String JUNK = "00020003000400050006000700080009";

  private final Site site = Fixture.site(Fixture.segment(Segment.Mode.SERVER, A + "-" + A.plus(9)));
  private final MemoryBook inventory = MemoryBook.of();

  private static DhcpPacket discover(Mac mac, String uuid) {
    return Fixture.discover(mac)
        .with(
            DhcpOption.decode(
                OptionCode.CLIENT_MACHINE_IDENTIFIER,
                Octets.of(HexFormat.of().parseHex("00" + uuid))));
  }

  /** What a new card is offered when the old one's lease lasts until then. */
  private Ipv4 offered(String uuid, Instant oldEnds) {
    LeaseTable table = new LeaseTable();
    table.load(
        new LeaseBook.LoadedLeases(
            List.of(
                new Lease(ITS, Fixture.MAC, "sala5", Fixture.NOW, oldEnds, Optional.of("pc-07"))),
            Map.of()));
    table.segments(site);
    Hardware hardware =
        new Hardware(
            discover(Fixture.MAC, uuid).uuid(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("bios"));
    inventory.with(
        Machine.unknown(Fixture.MAC)
            .seen(
                new Sighting(
                    Fixture.MAC, hardware, Optional.of("sala5"), Optional.of(ITS), Fixture.NOW)));
    Verdict verdict =
        Fixture.responder()
            .respond(
                discover(Fixture.OTHER_MAC, uuid),
                Fixture.DIRECT,
                new Snapshot(site, inventory, table),
                Fixture.NOW);
    return ((Verdict.Reply) verdict).packet().yiaddr();
  }

  @Test
  void aMachineWithANewCardGetsItsOldAddressBackOnceTheLeaseHasEnded() {
    assertThat(offered(REAL, Fixture.NOW.minusSeconds(1))).isEqualTo(ITS);
  }

  @Test
  void aLiveLeaseIsNotGivenToAnotherBoardWithTheSameUuid() {
    assertThat(offered(REAL, Fixture.NOW.plusSeconds(60))).isEqualTo(A);
  }

  @Test
  void aUuidThatHalfTheCheapBoardsHaveTellsNothing() {
    assertThat(offered(JUNK, Fixture.NOW.minusSeconds(1))).isEqualTo(A);
    assertThat(offered("0".repeat(32), Fixture.NOW.minusSeconds(1))).isEqualTo(A);
    assertThat(offered("f".repeat(32), Fixture.NOW.minusSeconds(1))).isEqualTo(A);
  }
}
