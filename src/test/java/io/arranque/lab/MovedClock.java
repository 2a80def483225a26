package io.arranque.lab;

import io.arranque.cli.MovedClockMain;
import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** The clock of a room's appliance, moved on while that runs. */
record MovedClock(Path file) {

  /** Starts the room's appliance with it. */
  static MovedClock start(VirtualRoom room) {
    MovedClock clock = new MovedClock(room.folder().resolve("clock"));
    clock.moveTo(Duration.ZERO);
    room.appliance()
        .start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Darranque.home=" + Rooms.root(),
                "-cp",
                System.getProperty("java.class.path"),
                MovedClockMain.class.getName(),
                room.folder().resolve("site").toString(),
                room.folder().resolve("state").toString(),
                clock.file().toString()));
    return clock;
  }

  void moveTo(Duration ahead) {
    try {
      // In one piece: it is read at any moment.
      Path fresh = Files.writeString(Path.of(file + ".new"), ahead.toSeconds() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
