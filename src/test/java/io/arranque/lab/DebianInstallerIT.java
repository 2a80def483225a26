package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Debian's own installer, netbooted with the shipped role, as far as it comes without a mirror: it
 * reads the preseed, and runs and reports what stands in it.
 */
class DebianInstallerIT {
  private static final Path INSTALLERS = Path.of("/usr/lib/debian-installer/images");

  private static VirtualRoom room;
  private static VirtualPc pc;

  @BeforeAll
  static void powerOnThePc() throws IOException {
    room = Rooms.open();
    Path installer = installer();
    room.writeSite(
        "images/debian-installer/image.yaml",
        """
        kernel: linux
        initrd: initrd.gz
        """);
    for (String file : new String[] {"linux", "initrd.gz"}) {
      Files.copy(
          installer.resolve(file),
          room.folder().resolve("site/images/debian-installer").resolve(file));
    }
    room.appliance().start();
    // With less it asks whether it may go on.
    PcSpec spec = PcSpec.blank(1, PcFirmware.BIOS).withMemory(1280);
    room.appliance()
        .client()
        .define(
            spec.mac(),
            spec.hostname(),
            "debian-install",
            Map.of("extra-arguments", "console=ttyS0 DEBIAN_FRONTEND=text", "disk", "/dev/vda"));
    pc = room.powerOn(spec);
  }

  @AfterAll
  static void leaveTheRoom() {
    if (room != null) {
      room.close();
    }
  }

  @Test
  void the_installer_of_debian_takes_the_preseed_and_reports_that_it_runs() {
    awaitEvent(Stage.CLOUD_CONFIG, "preseed.cfg");
    awaitEvent(Stage.UP, "installing: the installer of Debian runs");
  }

  private static void awaitEvent(Stage stage, String detail) {
    assertThat(
            room.await(
                pc,
                (SeenEvent e) -> e.stage().equals(stage.label()) && e.detail().contains(detail),
                Rooms.LIMIT))
        .as("%s %s; %s", stage, detail, Rooms.story(room, pc))
        .isTrue();
  }

  private static Path installer() throws IOException {
    try (Stream<Path> releases = Files.list(INSTALLERS)) {
      return releases
          .map(release -> release.resolve("amd64/text/debian-installer/amd64"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow();
    }
  }
}
