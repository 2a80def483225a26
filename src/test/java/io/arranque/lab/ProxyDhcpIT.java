package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beside a DHCP server that nobody lets us touch: it gives the addresses, we the rest. */
class ProxyDhcpIT {
  @ParameterizedTest
  @EnumSource
  void pcsTakeTheirAddressFromTheCampusServerAndTheirBootFromUs(CampusServer campus) {
    try (VirtualRoom room = Rooms.open()) {
      room.editSite("dhcp/sala5.yaml", "mode: server", "mode: proxy");
      campus.startIn(room);
      room.appliance().start();
      VirtualPc bios = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "rancher-worker");
      VirtualPc uefi = Rooms.powerOn(room, PcSpec.blank(2, PcFirmware.UEFI), "lab-pc");

      for (VirtualPc pc : List.of(bios, uefi)) {
        Rooms.assertGoodBoot(room, pc);
        assertThat(pc.console().text())
            .containsPattern(
                "LAB: network eth0 %s has 192\\.168\\.33\\.[5-8][0-9] from %s\n"
                    .formatted(pc.mac(), CampusServer.ADDRESS.replace(".", "\\.")));
        assertThat(Rooms.stages(room, pc)).as("we acknowledge no address").doesNotContain("ack");
      }
      assertThat(Rooms.stages(room, uefi)).contains("offer", "loader");
    }
  }
}
