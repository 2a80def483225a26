package io.arranque.dhcp;

import io.arranque.inventory.InventoryChange;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The DHCP server, for a process of its own, that tells whenever its surroundings change. */
final class WireMain {
  private static final LookTimes QUICK =
      new LookTimes(
          Duration.ofSeconds(1),
          List.of(Duration.ofSeconds(4)),
          Duration.ofSeconds(4),
          Duration.ofSeconds(4),
          Duration.ofMillis(3700));

  private String told = "";

  private WireMain() {}

  /** Arguments: the mode, and {@code true} for authoritative. Ends when its input ends. */
  public static void main(String[] arguments) throws Exception {
    Segment s =
        Fixture.segment(Segment.Mode.valueOf(arguments[0]), "192.168.33.100-192.168.33.103");
    Segment segment =
        new Segment(
            s.name(),
            s.subnet(),
            s.interfaceName(),
            false,
            s.mode(),
            Boolean.parseBoolean(arguments[1]),
            true,
            s.pool(),
            s.router(),
            s.dns(),
            s.domain(),
            s.leaseTime(),
            s.options(),
            s.reservations(),
            s.unknownMachines(),
            s.room(),
            s.vars());
    Site site = Fixture.site(segment);
    MemoryPorts memory = new MemoryPorts();
    ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor();
    DhcpServer server =
        new DhcpServer(
            Fixture.responder(), () -> site, memory.ports(), InstantSource.system(), QUICK);
    try (server) {
      server.start();
      WireMain main = new WireMain();
      var unused =
          teller.scheduleWithFixedDelay(() -> main.tell(server), 0, 100, TimeUnit.MILLISECONDS);
      var unusedEnd = System.in.read();
      teller.shutdownNow();
    }
    memory.timeline.events().forEach(System.out::println);
    memory.seen.stream()
        .filter(InventoryChange.Seen.class::isInstance)
        .map(seen -> ((InventoryChange.Seen) seen).sighting().mac())
        .distinct()
        .forEach(mac -> System.out.println("machine " + mac));
    System.out.println("sent " + server.statistics().sent());
  }

  private void tell(DhcpServer server) {
    Surroundings now = server.surroundings();
    String text =
        "problems "
            + server.problems()
            + " servers "
            + now.servers().stream().map(OtherServer::name).toList()
            + " conflicts "
            + now.conflicts().stream()
                .map(c -> c.address() + " " + c.holder() + " " + c.found())
                .toList()
            + " sent "
            + server.statistics().sent();
    if (!text.equals(told)) {
      told = text;
      System.out.println(text);
    }
  }
}
