package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The room is another network: between it and the box stand a router and ISC's DHCP relay. */
class RelayIT {
  @Test
  void pcsBehindARelayBootAndOneAddressServesFirmwareLoaderAndSystem() {
    try (VirtualRoom room = Rooms.open()) {
      room.writeSite(
          "dhcp/sala5.yaml",
          """
          subnet: 192.168.44.0/24
          interface: none
          mode: server
          pool: [192.168.44.10-192.168.44.250]
          router: 192.168.44.1
          dns: [192.168.44.1]
          domain: sala5.lab
          room: sala5
          """);
      room.putBehindRouter(Ipv4.of("192.168.44.1"));
      room.startInRoom(
          "relay",
          List.of("dhcrelay", "-4", "-d", "-a", "-iu", "box", "-id", "br0", "192.168.33.1"));
      room.appliance().start();
      VirtualPc bios = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "rancher-worker");
      VirtualPc uefi = Rooms.powerOn(room, PcSpec.blank(2, PcFirmware.UEFI), "lab-pc");
      VirtualPc http = Rooms.powerOn(room, PcSpec.blank(3, PcFirmware.UEFI_HTTP), "lab-pc");

      for (VirtualPc pc : List.of(bios, uefi, http)) {
        Rooms.assertGoodBoot(room, pc);
        assertThat(pc.console().text())
            .containsPattern("LAB: network eth0 %s has 192\\.168\\.44\\.".formatted(pc.mac()));
      }
    }
  }
}
