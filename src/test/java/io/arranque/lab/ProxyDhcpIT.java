package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Beside a DHCP server that nobody lets us touch: it gives the addresses, we the rest. */
class ProxyDhcpIT {
  @Test
  void pcsTakeTheirAddressFromTheCampusServerAndTheirBootFromUs() {
    try (VirtualRoom room = Rooms.open()) {
      room.editSite("dhcp/sala5.yaml", "mode: server", "mode: proxy");
      startCampusServer(room);
      room.appliance().start();
      VirtualPc bios = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "rancher-worker");
      VirtualPc uefi = Rooms.powerOn(room, PcSpec.blank(2, PcFirmware.UEFI), "lab-pc");

      for (VirtualPc pc : List.of(bios, uefi)) {
        Rooms.assertGoodBoot(room, pc);
        assertThat(pc.console().text())
            .containsPattern(
                "LAB: network eth0 %s has 192\\.168\\.33\\.[5-8][0-9] from 192\\.168\\.33\\.2\n"
                    .formatted(pc.mac()));
        assertThat(Rooms.stages(room, pc)).as("we acknowledge no address").doesNotContain("ack");
      }
      assertThat(Rooms.stages(room, uefi)).contains("offer", "loader");
    }
  }

  private static void startCampusServer(VirtualRoom room) {
    room.startServer(
        "campus",
        "192.168.33.2/24",
        List.of(
            "dnsmasq",
            "--conf-file=/dev/null",
            "--keep-in-foreground",
            "--log-facility=-",
            "--log-dhcp",
            "--user=root",
            "--pid-file=",
            "--port=0",
            "--interface=br0",
            "--bind-interfaces",
            // Else it pings each address for 3 s before it offers it.
            "--no-ping",
            "--dhcp-authoritative",
            "--dhcp-leasefile=" + room.folder().resolve("campus.leases"),
            "--dhcp-range=192.168.33.50,192.168.33.89,255.255.255.0,1h"));
  }
}
