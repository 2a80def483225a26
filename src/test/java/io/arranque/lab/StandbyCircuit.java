package io.arranque.lab;

import io.arranque.address.Mac;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.wake.HearMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a PC that is off still does: it listens for its own MAC, and powers on. A program in the
 * room hears what reaches the room's switch; here each PC has its plug.
 */
final class StandbyCircuit implements AutoCloseable {
  private final VirtualRoom room;
  private final Path heard;
  private final Map<Mac, PcSpec> off = new ConcurrentHashMap<>();
  private final Map<Mac, VirtualPc> on = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

  /** Plugs PCs in, which stay off. */
  StandbyCircuit(VirtualRoom room, List<PcSpec> pcs) {
    this.room = room;
    this.heard = room.folder().resolve("standby.log");
    pcs.forEach(pc -> off.put(pc.mac(), pc));
    room.startServer(
        "standby",
        "192.168.33.250/24",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            HearMain.class.getName(),
            "192.168.33.255"));
    var unused = looks.scheduleWithFixedDelay(this::look, 0, 200, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      String text = Files.exists(heard) ? Files.readString(heard) : "";
      for (PcSpec pc : List.copyOf(off.values())) {
        String magic = "ff".repeat(6) + pc.mac().bare().repeat(16);
        if (text.contains(magic)) {
          PcSpec woken = off.remove(pc.mac());
          on.put(pc.mac(), room.powerOn(woken));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it listens already. */
  boolean isListening() {
    try {
      return Files.exists(heard) && Files.readString(heard).contains("listens");
    } catch (IOException e) {
      return false;
    }
  }

  /** Those that were woken. */
  Map<Mac, VirtualPc> on() {
    return Map.copyOf(on);
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
