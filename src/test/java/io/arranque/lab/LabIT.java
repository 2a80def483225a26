package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Real firmware of both kinds, both conventions for a system's config. */
class LabIT {
  @Test
  void bothFirmwaresBootBothConventionsFromPowerOnToRegistered() {
    try (VirtualRoom room = Rooms.open()) {
      room.appliance().start();
      VirtualPc bios = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "lab-pc");
      VirtualPc uefi = Rooms.powerOn(room, PcSpec.blank(2, PcFirmware.UEFI), "rancher-worker");

      VirtualPc http = Rooms.powerOn(room, PcSpec.blank(3, PcFirmware.UEFI_HTTP), "lab-pc");

      Rooms.assertGoodBoot(room, bios);
      Rooms.assertGoodBoot(room, uefi);
      Rooms.assertGoodBoot(room, http);

      assertThat(Rooms.stages(room, bios))
          .containsSubsequence(
              "discover", "offer", "request", "ack", "script", "kernel", "initrd", "cloud-config")
          .doesNotContain("loader");
      assertThat(Rooms.stages(room, uefi))
          .containsSubsequence(
              "discover",
              "offer",
              "request",
              "ack",
              "loader",
              "script",
              "kernel",
              "initrd",
              "cloud-config",
              "up",
              "registered");
      assertThat(http.console().text())
          .contains("http://192.168.33.1:8081/tftp/snponly.efi")
          .doesNotContain("Start PXE");
      assertThat(bios.console().text()).contains("LAB: config fetched from", "/user-data");
      assertThat(uefi.console().text()).contains("LAB: config fetched from", "/cloud-config");
    }
  }

  @Test
  void theCommandShowsTheTableAndEndsWithZero() throws IOException, InterruptedException {
    Process lab =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Darranque.home=" + Rooms.root(),
                "-jar",
                System.getProperty("arranque.jar"),
                "lab",
                "--pcs",
                "1",
                "--firmware",
                "bios")
            .redirectErrorStream(true)
            .start();
    String said = new String(lab.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(lab.waitFor()).as(said).isZero();
    assertThat(said)
        .containsPattern("lab-01 +bios( +[0-9.]+| +-){10} +[0-9.]+ MB")
        .contains(
            "/dev/vda on /mnt/data ext4", "cluster-node ran", "1 of 1 PCs are up and registered.");
  }
}
