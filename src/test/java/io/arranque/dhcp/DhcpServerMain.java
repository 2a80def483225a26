package io.arranque.dhcp;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.InstantSource;
import java.util.Map;

/** The DHCP server alone, for a process of its own inside a network namespace. */
final class DhcpServerMain {
  private DhcpServerMain() {}

  /**
   * Arguments: {@code SERVER} or {@code PROXY}, or {@code RELAYED} for a segment without card. Ends
   * when its input ends.
   */
  public static void main(String[] arguments) throws Exception {
    Site site = Fixture.site(segment(arguments[0]));
    MemoryPorts memory = new MemoryPorts();
    DhcpServer server =
        new DhcpServer(Fixture.responder(), () -> site, memory.ports(), InstantSource.system());
    try (server) {
      server.start();
      System.out.println("answering " + server.answering() + " problems " + server.problems());
      var unused = System.in.read();
    }
    // Closed, so that the lane has ended: it records an answer after it has sent it.
    memory.timeline.events().forEach(System.out::println);
    System.out.println("sent " + server.statistics().sent());
  }

  private static Segment segment(String argument) {
    return argument.equals("RELAYED")
        ? Fixture.segment(
            "sala6",
            "10.6.0.0/24",
            Segment.Mode.SERVER,
            "10.6.0.20-10.6.0.99",
            Map.of(),
            new Segment.UnknownMachines.Discover())
        : Fixture.segment(Segment.Mode.valueOf(argument), "192.168.33.100-192.168.33.199");
  }
}
