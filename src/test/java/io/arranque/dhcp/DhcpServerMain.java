package io.arranque.dhcp;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.InstantSource;
import java.util.Map;

/** The DHCP server alone, for a process of its own inside a network namespace. */
final class DhcpServerMain {
  private DhcpServerMain() {}

  /**
   * Arguments: {@code SERVER}, {@code PROXY}, {@code SHARED} for two segments on one card, or
   * {@code RELAYED} for one without card. Ends when its input ends.
   */
  public static void main(String[] arguments) throws Exception {
    Site site =
        switch (arguments[0]) {
          case "SHARED" -> shared();
          case "RELAYED" -> Fixture.site(sala6("10.6.0.20-10.6.0.99"));
          default -> alone(arguments[0]);
        };
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
    return Fixture.site(five, Fixture.onACard(sala6("10.6.0.20-10.6.0.20")));
  }

  private static Segment sala6(String pool) {
    return Fixture.segment(
        "sala6",
        "10.6.0.0/24",
        Segment.Mode.SERVER,
        pool,
        Map.of(),
        new Segment.UnknownMachines.Discover());
  }
}
