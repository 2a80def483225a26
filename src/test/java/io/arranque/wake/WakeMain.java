package io.arranque.wake;

import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sender, for a process of its own: arguments MAC@SEGMENT …; ends when its input ends. */
final class WakeMain {
  private WakeMain() {}

  public static void main(String[] arguments) throws Exception {
    MemoryBook book = new MemoryBook();
    List<Mac> macs = new ArrayList<>();
    for (String argument : arguments) {
      String[] parts = argument.split("@", 2);
      Machine machine = Wires.seen(Mac.of(parts[0]), parts[1], Optional.empty());
      book.with(machine);
      macs.add(machine.mac());
    }
    try (WakeServer server =
        new WakeServer(
            new WakeServer.Wiring(
                Wires::site,
                book,
                new MemoryTimeline(),
                InstantSource.system(),
                now -> Integer.MAX_VALUE,
                Wires::own))) {
      WakeOrder unused =
          server.begin(
              macs,
              "test",
              news -> {
                System.out.println(news.mac() + " " + news.state() + " " + news.reason());
                System.out.flush();
              });
      while (System.in.read() >= 0) {
        // Until whoever started this has heard enough.
      }
    }
  }
}
