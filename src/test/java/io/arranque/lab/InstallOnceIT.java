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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A PC is installed, reports, boots its own disk from then on, and is installed again by request.
 */
class InstallOnceIT {
  private static final PcSpec INSTALLED =
      new PcSpec(1, "lab-01", PcFirmware.BIOS, BootSector.saying("\r\nLOCAL DISK RUNS\r\n"));

  @Test
  void aPcIsInstalledOnceAndAgainWhenSomebodySaysSo() throws IOException {
    try (VirtualRoom room = Rooms.open()) {
      Path lab = Rooms.root().resolve("cloud-init/lab-pc");
      for (String document : List.of("meta-data", "user-data", "vendor-data")) {
        room.writeSite("cloud-init/installer/" + document, Files.readString(lab.resolve(document)));
      }
      room.writeSite(
          "cloud-init/installer/role.yaml",
          Files.readString(lab.resolve("role.yaml"))
              + "\npolicy: install-once\ninstalled-when: registered\n");
      room.appliance().start();

      VirtualPc first = Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "installer");
      Rooms.assertGoodBoot(room, first);

      VirtualPc second = room.powerOn(INSTALLED);
      assertThat(second.console().await("LOCAL DISK RUNS", Rooms.LIMIT))
          .as("it boots its own disk; %s", Rooms.story(room, second))
          .isTrue();
      assertThat(
              room.await(
                  second, (SeenEvent e) -> e.reason().equals(Reason.INSTALLED.name()), Rooms.LIMIT))
          .isTrue();
      assertThat(Rooms.stages(room, second)).doesNotContain("kernel");
      second.pullPlug();

      room.appliance().client().installAgain(second.mac());

      VirtualPc third = room.powerOn(PcSpec.blank(1, PcFirmware.BIOS));
      Rooms.awaitStage(room, third, Stage.KERNEL);
      third.pullPlug();
    }
  }
}
