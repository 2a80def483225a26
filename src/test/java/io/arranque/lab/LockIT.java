package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A PC that starts in a locked room is not installed; when the room is unlocked it is. */
class LockIT {
  private static final PcSpec INSTALLED =
      new PcSpec(1, "lab-01", PcFirmware.BIOS, BootSector.saying("\r\nLOCAL DISK RUNS\r\n"));

  @Test
  void aLockedRoomPutsInstallationsOffAndNobodyCanOrderOne() throws IOException {
    try (VirtualRoom room = Rooms.open()) {
      installer(room, "installer");
      installer(room, "other-installer");
      room.appliance().start();
      var client = room.appliance().client();

      // Nothing is known on its disk: it waits at its screen, and goes on by itself.
      client.define(INSTALLED.mac(), "lab-01", "installer", Map.of());
      client.lock("sala5", 60, "exam");
      VirtualPc first = room.powerOn(PcSpec.blank(1, PcFirmware.BIOS));
      awaitLocked(room, first);
      assertThat(first.console().await("locked by admin-token (exam)", Rooms.LIMIT))
          .as("its screen says why; %s", Rooms.story(room, first))
          .isTrue();
      assertThat(Rooms.stages(room, first)).doesNotContain("kernel");
      client.unlock("sala5");
      Rooms.assertGoodBoot(room, first);

      // It is installed, and another role would install it anew: not in an exam.
      client.assign(List.of(INSTALLED.mac()), "other-installer");
      client.lock("sala5", 60, "exam");
      assertThatThrownBy(() -> client.installAgain(INSTALLED.mac()))
          .hasMessageContaining("ROOM_LOCKED")
          .hasMessageContaining("locked by admin-token until");
      VirtualPc second = room.powerOn(INSTALLED);
      assertThat(second.console().await("LOCAL DISK RUNS", Rooms.LIMIT))
          .as("it boots its own disk; %s", Rooms.story(room, second))
          .isTrue();
      awaitLocked(room, second);
      assertThat(Rooms.stages(room, second)).doesNotContain("kernel");
      second.pullPlug();

      client.unlock("sala5");
      VirtualPc third = room.powerOn(PcSpec.blank(1, PcFirmware.BIOS));
      Rooms.awaitStage(room, third, Stage.KERNEL);
      third.pullPlug();
    }
  }

  private static void awaitLocked(VirtualRoom room, VirtualPc pc) {
    assertThat(
            room.await(
                pc, (SeenEvent e) -> e.reason().equals(Reason.ROOM_LOCKED.name()), Rooms.LIMIT))
        .as("its timeline says that its room is locked; %s", Rooms.story(room, pc))
        .isTrue();
  }

  private static void installer(VirtualRoom room, String name) throws IOException {
    Path lab = Rooms.root().resolve("cloud-init/lab-pc");
    for (String document : List.of("meta-data", "user-data", "vendor-data")) {
      room.writeSite(
          "cloud-init/" + name + "/" + document, Files.readString(lab.resolve(document)));
    }
    room.writeSite(
        "cloud-init/" + name + "/role.yaml",
        Files.readString(lab.resolve("role.yaml"))
            + "\npolicy: install-once\ninstalled-when: registered\n");
  }
}
