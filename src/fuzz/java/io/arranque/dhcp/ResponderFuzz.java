package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.inventory.FixedInventory;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Jazzer's target for the decisions: a conversation of any datagrams, with time going by, raises
 * nothing, and never leaves one address with two machines. {@code mvn -Pfuzz test} runs it.
 *
 * <p>An input is a row of datagrams: port (one bit), minutes since the last (seven bits), length
 * (two octets), octets.
 */
public final class ResponderFuzz {
  private static final Responder RESPONDER = Fixture.responder();
  private static final Site SERVER = site(Segment.Mode.SERVER);
  private static final Site PROXY = site(Segment.Mode.PROXY);

  private ResponderFuzz() {}

  private static Site site(Segment.Mode mode) {
    return Fixture.site(
        Fixture.segment(mode, "192.168.33.100-192.168.33.103"),
        Fixture.segment(
            "relayed",
            "192.168.44.0/24",
            mode,
            "192.168.44.100-192.168.44.101",
            Map.of(),
            new Segment.UnknownMachines.Discover()));
  }

  /** Called by Jazzer once: each recorded packet, twice, is a conversation to begin with. */
  public static void fuzzerInitialize() throws IOException {
    Path corpus = Files.createDirectories(Path.of("target/fuzz/ResponderFuzz"));
    try (var files = Files.list(Path.of("src/test/resources/captures"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).toList()) {
        String name = file.getFileName().toString().replace(".txt", "");
        byte[] octets = DhcpCodec.encode(Fixture.capture(name));
        ByteBuffer twice = ByteBuffer.allocate(2 * (octets.length + 3));
        for (int minutes = 1; minutes <= 2; minutes++) {
          twice.put((byte) minutes).putShort((short) octets.length).put(octets);
        }
        Files.write(corpus.resolve(name), twice.array());
      }
    }
  }

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    converse(SERVER, ByteBuffer.wrap(input));
    converse(PROXY, ByteBuffer.wrap(input));
  }

  private static void converse(Site site, ByteBuffer input) {
    LeaseTable table = new LeaseTable();
    table.segments(site);
    Instant now = Fixture.NOW;
    while (input.remaining() > 3) {
      int head = input.get();
      byte[] datagram = new byte[Math.min(input.getShort() & 0xffff, input.remaining())];
      input.get(datagram);
      now = now.plus(Duration.ofMinutes(head & 0x7f));
      table.expire(now);
      table.keep();
      int port = head < 0 ? Arrival.PROXY_DHCP : Arrival.DHCP;
      answer(site, table, datagram, new Arrival("sala5", Fixture.SERVER, port, Ipv4.ANY, 68), now);
    }
    Instant end = now;
    long live = table.leases().stream().filter(lease -> lease.isLive(end)).count();
    long machines =
        table.leases().stream()
            .filter(lease -> lease.isLive(end))
            .map(lease -> lease.mac() + lease.segment())
            .distinct()
            .count();
    check(live == machines, "a machine holds two addresses of a segment");
  }

  private static void answer(
      Site site, LeaseTable table, byte[] datagram, Arrival at, Instant now) {
    DhcpPacket packet;
    try {
      packet = DhcpCodec.decode(datagram);
    } catch (MalformedPacket expected) {
      return;
    }
    Verdict verdict =
        RESPONDER.respond(packet, at, new Snapshot(site, FixedInventory.of(), table), now);
    for (LeaseChange change : verdict.changes()) {
      if (change instanceof LeaseChange.Bound bound) {
        boolean taken =
            table
                .at(bound.lease().address())
                .filter(lease -> lease.isLive(now) && !lease.mac().equals(bound.lease().mac()))
                .isPresent();
        check(!taken, "an address goes to a second machine");
      }
    }
    table.apply(verdict);
    table.keep();
    if (verdict instanceof Verdict.Reply reply) {
      DhcpCodec.encode(reply.packet(), packet.maxMessageSize());
    }
  }

  private static void check(boolean condition, String trouble) {
    if (!condition) {
      throw new AssertionError(trouble);
    }
  }
}
