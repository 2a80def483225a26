package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.SeenEvent;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One may load at a time, and more are switched on: real iPXE, on both firmwares, waits. */
class StormIT {
  private static final long LARGE = 256L << 20;

  @Test
  void allComeUpByThemselvesOneAfterTheOther() throws IOException {
    try (VirtualRoom room = Rooms.open()) {
      room.editSite("arranque.yaml", "name: Virtual room", "name: R\ndownloads: { at-once: 1 }");
      large(room);
      room.appliance().start();
      // Somebody without iPXE has the only turn, and takes a few packets a second.
      Process slow =
          room.startServer("slow", "192.168.33.251/24", List.of("bash", "-c", SLOW_DOWNLOAD));

      List<VirtualPc> pcs = new ArrayList<>();
      pcs.add(Rooms.powerOn(room, PcSpec.blank(1, PcFirmware.BIOS), "lab-pc"));
      pcs.add(Rooms.powerOn(room, PcSpec.blank(2, PcFirmware.UEFI), "rancher-worker"));
      pcs.add(Rooms.powerOn(room, PcSpec.blank(3, PcFirmware.BIOS), "lab-pc"));
      for (VirtualPc pc : pcs) {
        assertOnScreen(room, pc, "waits: other machines are loading");
        assertOnScreen(room, pc, "of 3");
      }
      slow.destroy();

      pcs.forEach(pc -> Rooms.assertGoodBoot(room, pc));
      for (VirtualPc pc : pcs) {
        assertThat(room.timeline(pc))
            .extracting(SeenEvent::reason)
            .filteredOn(Reason.DOWNLOADS_FULL.name()::equals)
            .as("told once, %s", Rooms.story(room, pc))
            .hasSize(1);
      }
      assertOneAfterTheOther(room, pcs);
    }
  }

  private static final String SLOW_DOWNLOAD =
      "exec 3<>/dev/tcp/192.168.33.1/8081;"
          + "printf 'GET /images/lab/large HTTP/1.0\\r\\n\\r\\n' >&3;"
          + "while dd bs=64k count=1 of=/dev/null <&3 2>/dev/null; do sleep 0.3; done";

  private static void large(VirtualRoom room) throws IOException {
    String path = room.folder().resolve("site/images/lab/large").toString();
    try (RandomAccessFile file = new RandomAccessFile(path, "rw")) {
      file.setLength(LARGE);
    }
  }

  private static void assertOnScreen(VirtualRoom room, VirtualPc pc, String text) {
    assertThat(pc.console().await(text, Rooms.LIMIT))
        .as("'%s' on the screen of %s; %s", text, pc.name(), Rooms.story(room, pc))
        .isTrue();
  }

  /** Nobody was given a script before the one before had its initrd. */
  private static void assertOneAfterTheOther(VirtualRoom room, List<VirtualPc> pcs) {
    record Loading(Instant from, Instant to) {}
    List<Loading> all = new ArrayList<>();
    for (VirtualPc pc : pcs) {
      List<SeenEvent> events = room.timeline(pc);
      all.add(new Loading(at(events, "script"), at(events, "initrd")));
    }
    all.sort(Comparator.comparing(Loading::from));
    for (int i = 1; i < all.size(); i++) {
      // The timeline notes a download when its last byte was acknowledged, a moment later.
      assertThat(all.get(i).from()).isAfter(all.get(i - 1).to().minus(Duration.ofMillis(500)));
    }
  }

  private static Instant at(List<SeenEvent> events, String stage) {
    return events.stream()
        .filter(event -> event.stage().equals(stage) && event.reason().equals(Reason.OK.name()))
        .findFirst()
        .orElseThrow()
        .at();
  }
}
