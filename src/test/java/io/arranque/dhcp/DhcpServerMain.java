package io.arranque.dhcp;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.InstantSource;

/** The DHCP server alone, for a process of its own inside a network namespace. */
final class DhcpServerMain {
  private DhcpServerMain() {}

  /** Arguments: {@code SERVER} or {@code PROXY}. Ends when its input ends. */
  public static void main(String[] arguments) throws Exception {
    Site site =
        Fixture.site(
            Fixture.segment(Segment.Mode.valueOf(arguments[0]), "192.168.33.100-192.168.33.199"));
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
}
