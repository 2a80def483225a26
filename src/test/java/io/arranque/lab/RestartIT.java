package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A power cut of the appliance while a PC boots. */
class RestartIT {
  private static final Pattern NONCE = Pattern.compile("/boot/[0-9a-f-]{17}/([0-9a-f]{32})/");

  @Test
  void aBootOutlivesTheAppliance() {
    try (VirtualRoom room = Rooms.open()) {
      room.appliance().start();
      VirtualPc pc = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "rancher-worker");
      assertThat(room.await(pc, event -> event.detail().contains("overlay.cpio.gz"), Rooms.LIMIT))
          .as("%s has its kernel and initrds; %s", pc.name(), Rooms.story(room, pc))
          .isTrue();
      String address = room.appliance().client().address(pc.mac());

      room.appliance().kill();
      room.appliance().start();

      Rooms.assertGoodBoot(room, pc);
      assertThat(address).matches("192\\.168\\.33\\.\\d+");
      assertThat(pc.console().text())
          .contains("LAB: network eth0 " + pc.mac() + " has " + address + " from 192.168.33.1\n");
      assertThat(room.appliance().client().address(pc.mac())).isEqualTo(address);
      assertThat(nonces(pc)).as("one boot has one nonce").hasSize(1);
    }
  }

  private static Set<String> nonces(VirtualPc pc) {
    Set<String> nonces = new TreeSet<>();
    // The firmware breaks its lines at column 80, wherever that is.
    String text = pc.console().text().replace("\n", "");
    NONCE.matcher(text).results().forEach(found -> nonces.add(found.group(1)));
    return nonces;
  }
}
