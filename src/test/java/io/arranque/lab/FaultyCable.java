package io.arranque.lab;

import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.util.ArrayList;
import java.util.List;

/**
 * A cable between one PC and the room's switch that does not let everything through: a program of
 * its own, because not every kernel has packet filters.
 */
record FaultyCable(List<String> fault) {
  private static final int PORTS_FROM = 20_000;

  /** What goes to these ports is lost, e.g. {@code udp:69}. */
  static FaultyCable without(String... ports) {
    List<String> fault = new ArrayList<>();
    for (String port : ports) {
      fault.addAll(List.of("--drop", port));
    }
    return new FaultyCable(List.copyOf(fault));
  }

  /** IP packets longer than that are lost, without a word. */
  static FaultyCable narrow(int longest) {
    return new FaultyCable(List.of("--longest", Integer.toString(longest)));
  }

  /** It breaks once so many octets have gone to the PC. */
  static FaultyCable breakingAfter(long octets) {
    return new FaultyCable(List.of("--break-after", Long.toString(octets)));
  }

  /** Plugs the PC in by this cable and powers it on. */
  VirtualPc powerOn(VirtualRoom room, PcSpec spec) {
    int here = PORTS_FROM + 2 * spec.number();
    int there = here + 1;
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                Rooms.root().resolve("src/test/resources/lab/faulty-cable.py").toString(),
                "cable" + spec.number(),
                "br0",
                Integer.toString(here),
                Integer.toString(there)));
    command.addAll(fault);
    room.startInRoom("cable-" + spec.number(), command);
    return room.powerOn(
        spec, "socket,udp=127.0.0.1:%d,localaddr=127.0.0.1:%d".formatted(here, there));
  }
}
