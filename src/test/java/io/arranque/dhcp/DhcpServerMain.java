package io.arranque.dhcp;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.InstantSource;
import java.util.Map;

/** The DHCP server alone, for a process of its own inside a network namespace. */
final class DhcpServerMain {
  private DhcpServerMain() {}

  /**
   * Arguments: {@code SERVER}, {@code PROXY}, or {@code SHARED} for two segments. Ends when its
   * input ends.
   */
  public static void main(String[] arguments) throws Exception {
    Site site = arguments[0].equals("SHARED") ? shared() : alone(arguments[0]);
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

  private static Site alone(String mode) {
    return Fixture.site(
        Fixture.segment(Segment.Mode.valueOf(mode), "192.168.33.100-192.168.33.199"));
  }

  /** Room for one machine in each; the card is that with addresses in both. */
  private static Site shared() {
    Segment five = Fixture.segment(Segment.Mode.SERVER, "192.168.33.100-192.168.33.100");
    Segment six =
        Fixture.segment(
            "sala6",
            "10.6.0.0/24",
            Segment.Mode.SERVER,
            "10.6.0.20-10.6.0.20",
            Map.of(),
            new Segment.UnknownMachines.Discover());
    return Fixture.site(five, Fixture.onACard(six));
  }
}
