package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * iPXE and UEFI firmware fetch a file of 100 MiB as it is. Neither can say what it has fetched, so
 * what they fetch is booted: the file lies in the initrd of a system that computes its checksum.
 */
class FirmwareClientsIT {
  private static final int MEMORY = 1024;
  private static final String ARGUMENTS = "console=ttyS0 quiet mitigations=off";

  @TempDir static Path folder;
  private static VirtualRoom room;
  private static String sha256;
  private static VirtualPc ipxe;
  private static VirtualPc uefi;
  private static VirtualPc uefiHttp;

  @BeforeAll
  static void openTheRoom() throws IOException {
    room = Rooms.open();
    Path large = folder.resolve("large-file");
    sha256 = LargeFile.write(large);
    Path site = room.folder().resolve("site");
    Path image = site.resolve("images/lab");
    LargeFile.archive(site.resolve("tftp/first.cpio"), "from-tftp", large);
    LargeFile.archive(image.resolve("second.cpio"), "from-http", large);
    Path firmware = folder.resolve("firmware.cpio");
    LargeFile.archive(firmware, "from-firmware", large);
    Path init = folder.resolve("init");
    // The kernel unpacks the archives in their order, so that this init is the one that stays.
    Files.writeString(
        init,
        """
        #!/bin/busybox sh
        /bin/busybox mount -t devtmpfs dev /dev
        exec </dev/console >/dev/console 2>&1
        echo
        for file in /from-*; do echo "CHECK: $(/bin/busybox sha256sum $file)"; done
        /bin/busybox poweroff -f
        """);
    Path check = image.resolve("check.cpio");
    LargeFile.archive(check, "init", init);
    BootableImage.write(
        site.resolve("tftp/snponly.efi"),
        image.resolve("vmlinuz"),
        List.of(image.resolve("initrd"), firmware, check),
        ARGUMENTS);
    writeRole();
    room.appliance().start();
    // All at once: each of them waits for most of its time.
    ipxe = powerOn(1, PcFirmware.BIOS);
    uefi = powerOn(2, PcFirmware.UEFI);
    uefiHttp = powerOn(3, PcFirmware.UEFI_HTTP);
  }

  private static void writeRole() {
    room.writeSite(
        "cloud-init/large-file/role.yaml",
        """
        description: Fetches a large file in each way
        boot: large-file
        image: lab
        """);
    room.writeSite(
        "ipxe-scripts/large-file.ipxe",
        """
        #!ipxe
        kernel {{ image.url }}/vmlinuz %s || goto failed
        initrd {{ image.url }}/initrd || goto failed
        initrd tftp://192.168.33.1/first.cpio || goto failed
        initrd {{ image.url }}/second.cpio || goto failed
        initrd {{ image.url }}/check.cpio || goto failed
        boot
        :failed
        echo CHECK: iPXE could not fetch it: ${errno}
        poweroff || reboot
        """
            .formatted(ARGUMENTS));
  }

  @AfterAll
  static void leaveTheRoom() {
    if (room != null) {
      room.close();
    }
  }

  @Test
  void ipxeFetchesItByTftpAndByHttp() {
    assertFetched(ipxe, "/from-tftp");
    assertFetched(ipxe, "/from-http");
  }

  @Test
  void uefiFetchesItByTftp() {
    assertFetched(uefi, "/from-firmware");
    assertThat(uefi.console().text()).contains("Start PXE");
  }

  @Test
  void uefiFetchesItByHttp() {
    assertFetched(uefiHttp, "/from-firmware");
    assertThat(uefiHttp.console().text())
        .contains("http://192.168.33.1:8081/tftp/snponly.efi")
        .doesNotContain("Start PXE");
  }

  private static VirtualPc powerOn(int number, PcFirmware firmware) {
    return Rooms.powerOn(room, PcSpec.blank(number, firmware).withMemory(MEMORY), "large-file");
  }

  private static void assertFetched(VirtualPc pc, String file) {
    Rooms.awaitOff(room, pc);
    assertThat(pc.console().text())
        .as(Rooms.story(room, pc))
        .contains("CHECK: " + sha256 + "  " + file);
  }
}
