package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real Debian with its own cloud-init, netbooted from the role that is shipped. Two PCs, on at
 * once: one for which all goes well, and which then reboots; one whose disk holds data and whose
 * container's image is damaged.
 */
class CloudInitIT {
  /** Each PC runs a whole Debian: two minutes on two idle cores, more on busy ones. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final String IMAGE = "images/debian-live/";
  private static VirtualRoom room;
  private static VirtualPc good;
  private static VirtualPc bad;
  private static Path goodDisk;
  private static Path badDisk;
  private static String before;

  @BeforeAll
  static void powerOnTheRoom() throws IOException {
    room = Rooms.open();
    room.addDebian();
    room.writeSite(IMAGE + "damaged.tar", "This is no container image.\n");
    room.editSite(
        "cloud-init/debian-live/user-data",
        "write_files:\n",
        """
        write_files:
          - { path: /mnt/data/room.txt, permissions: "0640", defer: true, content: {{ machine.room | yaml }} }
        """);
    room.editSite(
        "cloud-init/debian-live/user-data",
        "runcmd:\n",
        """
        runcmd:
          - mountpoint -q /mnt/data && cloud-init schema --system >/mnt/data/schema.txt 2>&1
        """);
    room.appliance().start();
    PcSpec first = spec(1, "aula-07").rebooting();
    PcSpec second = spec(2, "aula-08");
    goodDisk = room.folder().resolve(first.disk(2));
    badDisk = room.folder().resolve(second.disk(2));
    Disks.makeExt4(badDisk, "HOMES", Map.of("thesis.txt", "years of work\n"));
    before = Disks.checksum(badDisk);
    good = powerOn(first, Map.of("container-archive", "agent.tar", "when-done", "reboot"));
    bad = powerOn(second, Map.of("container-archive", "damaged.tar", "when-done", "reboot"));
  }

  private static PcSpec spec(int number, String hostname) {
    return new PcSpec(
            number, hostname, PcFirmware.BIOS, BootSector.saying("\r\nLOCAL DISK RUNS\r\n"))
        .withSecondDisk()
        .withMemory(1024);
  }

  private static VirtualPc powerOn(PcSpec spec, Map<String, String> vars) {
    Map<String, String> all = new HashMap<>(vars);
    all.put("data-disk", "/dev/vdb");
    all.put("container-command", "\"$REGISTER_URL\" \"$NODE_NAME\"");
    all.put("register-url", "https://rancher.example");
    room.appliance().client().define(spec.mac(), spec.hostname(), "debian-live", all);
    return room.powerOn(spec);
  }

  @AfterAll
  static void leaveTheRoom() {
    if (room != null) {
      room.close();
    }
  }

  @Test
  void aBlankDiskIsSetUpAContainerRunsAndThePcRebootsToItsLocalDisk() throws IOException {
    awaitEnd(good, Stage.REGISTERED.label());
    // Decided while the PC still runs: its next boot goes by it.
    room.appliance().client().assign(List.of(good.mac()), "local-disk");

    assertThat(good.console().await("LOCAL DISK RUNS", LIMIT))
        .as("the local disk after the reboot; %s", Rooms.story(room, good))
        .isTrue();
    good.pullPlug();

    assertThat(Rooms.stages(room, good))
        .containsSubsequence(
            "script", "kernel", "initrd", "cloud-config", "up", "registered", "local-disk");
    assertThat(details(good, Reason.MACHINE_REPORTED))
        .contains("aula-07 is up", "disk: formatted /dev/vdb, ext4", "aula-07")
        .anyMatch(said -> said.startsWith("container agent of localhost/arranque/agent"))
        .noneMatch(said -> said.startsWith("warning"));
    assertThat(details(good, Reason.MACHINE_FAILED)).isEmpty();
    assertThat(good.console().text()).contains("aula-07 login:");
    assertThat(Disks.label(goodDisk)).isEqualTo("ARRANQUE_DATA");
    assertThat(Disks.read(goodDisk, "/room.txt")).isEqualTo("sala5");
    assertThat(Disks.read(goodDisk, "/agent/agent.log"))
        .startsWith(
            "agent in a container: node aula-07 registers with https://rancher.example, pid 1,");
    assertThat(Disks.read(goodDisk, "/schema.txt"))
        .contains("Valid cloud-config: system userdata")
        .doesNotContain("Error");
  }

  @Test
  void aDiskWithDataIsLeftAloneAndWhatFailsIsToldWithItsReason() throws IOException {
    awaitEnd(bad, "never");
    assertThat(
            room.await(
                bad, event -> isFailure(event) && event.detail().startsWith("cloud-init:"), LIMIT))
        .as("cloud-init's own verdict; %s", Rooms.story(room, bad))
        .isTrue();

    assertThat(details(bad, Reason.MACHINE_REPORTED))
        .contains(
            "disk: skipped /dev/vdb: it holds data (disk ext4 HOMES ); nothing was formatted");
    assertThat(details(bad, Reason.MACHINE_FAILED))
        .anyMatch(
            said ->
                said.startsWith("podman load of http://192.168.33.1:8081/images/debian-live")
                    && said.contains("damaged.tar: Error: payload does not match"))
        .anyMatch(said -> said.contains("Runparts: 1 failures (runcmd)"));
    assertThat(Rooms.stages(room, bad)).doesNotContain("registered");
    assertThat(bad.isOn()).as("after a failure it stays, whatever when-done says").isTrue();
    bad.pullPlug();
    assertThat(bad.awaitOff(LIMIT)).isTrue();
    assertThat(Disks.checksum(badDisk)).as("every byte of the disk with data").isEqualTo(before);
    assertThat(Disks.read(badDisk, "/thesis.txt")).isEqualTo("years of work\n");
  }

  /** Until it has reached the stage, or told that it cannot. */
  private static void awaitEnd(VirtualPc pc, String stage) {
    assertThat(room.await(pc, event -> event.stage().equals(stage) || isFailure(event), LIMIT))
        .as("an end of the boot; %s", Rooms.story(room, pc))
        .isTrue();
  }

  private static boolean isFailure(SeenEvent event) {
    return event.reason().equals(Reason.MACHINE_FAILED.name());
  }

  private static List<String> details(VirtualPc pc, Reason reason) {
    return room.timeline(pc).stream()
        .filter(event -> event.reason().equals(reason.name()))
        .map(SeenEvent::detail)
        .toList();
  }
}
