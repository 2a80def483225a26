package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.ApplianceClient;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One room, PCs that are each to do something else; all are on from the start. */
class RolesIT {
  private static VirtualRoom room;
  private static VirtualPc unassigned;
  private static VirtualPc onDisk;
  private static VirtualPc withoutImage;
  private static VirtualPc withoutVariable;

  @BeforeAll
  static void powerOnTheRoom() {
    room = Rooms.open();
    room.writeSite(
        "cloud-init/no-image/role.yaml",
        """
        description: Its image was never put in place
        boot: nocloud
        image: nowhere
        """);
    room.writeSite("cloud-init/no-image/user-data", "#cloud-config\n{}\n");
    room.appliance().start();
    unassigned = room.powerOn(PcSpec.blank(1, PcFirmware.BIOS));
    PcSpec disk =
        new PcSpec(2, "lab-02", PcFirmware.BIOS, BootSector.saying("\r\nLOCAL DISK RUNS\r\n"));
    onDisk = Rooms.powerOn(room, disk, "local-disk");
    withoutImage = Rooms.powerOn(room, PcSpec.blank(3, PcFirmware.BIOS), "no-image");
    PcSpec last = PcSpec.blank(4, PcFirmware.UEFI);
    room.appliance().client().define(last.mac(), last.hostname(), "rancher-worker", Map.of());
    withoutVariable = room.powerOn(last);
  }

  @AfterAll
  static void leaveTheRoom() {
    if (room != null) {
      room.close();
    }
  }

  @Test
  void anUnassignedPcShowsItselfAndWaitsUntilItsRoleIsAssigned() {
    Rooms.awaitStage(room, unassigned, Stage.WAITING);
    assertOnScreen(unassigned, "This machine has no role yet");
    assertOnScreen(unassigned, unassigned.mac().toString());
    assertThat(Rooms.stages(room, unassigned)).doesNotContain("kernel");

    ApplianceClient client = room.appliance().client();
    client.assign(List.of(unassigned.mac()), "lab-pc");

    Rooms.assertGoodBoot(room, unassigned, client.hostname(unassigned.mac()));
  }

  @Test
  void aPcOfTheRoleLocalDiskGoesOnToItsDisk() {
    assertOnScreen(onDisk, "LOCAL DISK RUNS");
    Rooms.awaitStage(room, onDisk, Stage.LOCAL_DISK);
    assertThat(Rooms.stages(room, onDisk)).doesNotContain("kernel", "cloud-config");
  }

  @Test
  void aMissingImageIsToldOnThePcsOwnScreenAndOnTheTimeline() {
    assertOnScreen(withoutImage, Reason.IMAGE_MISSING.sentence());
    assertOnScreen(withoutImage, Reason.IMAGE_MISSING.advice());
    awaitReason(withoutImage, Reason.IMAGE_MISSING);
  }

  @Test
  void aMissingVariableIsToldOnThePcsOwnScreenAndOnTheTimeline() {
    assertOnScreen(withoutVariable, Reason.VARIABLE_MISSING.sentence());
    assertOnScreen(withoutVariable, "rancher-url");
    awaitReason(withoutVariable, Reason.VARIABLE_MISSING);
  }

  private static void assertOnScreen(VirtualPc pc, String text) {
    assertThat(pc.console().await(text, Rooms.LIMIT))
        .as("'%s' on the screen of %s; %s", text, pc.name(), Rooms.story(room, pc))
        .isTrue();
  }

  private static void awaitReason(VirtualPc pc, Reason reason) {
    assertThat(room.await(pc, (SeenEvent e) -> e.reason().equals(reason.name()), Rooms.LIMIT))
        .as("%s on the timeline of %s; %s", reason, pc.name(), Rooms.story(room, pc))
        .isTrue();
  }
}
