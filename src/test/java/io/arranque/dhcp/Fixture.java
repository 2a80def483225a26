package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Quirks;
import io.arranque.site.Script;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A site, an empty inventory, and packets, for the tests of this package. */
final class Fixture {
  static final Ipv4 SERVER = Ipv4.of("192.168.33.1");
  static final Ipv4 OTHER_SERVER = Ipv4.of("192.168.33.2");
  static final Mac MAC = Mac.of("52:54:00:12:34:56");
  static final Mac OTHER_MAC = Mac.of("52:54:00:65:43:21");
  static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  static final Arrival DIRECT = new Arrival("sala5", SERVER, 67, Ipv4.ANY, 68);

  private static final Quirks QUIRKS = Quirks.builtIn();

  private Fixture() {}

  static Responder responder() {
    return new Responder(new Planner(new Templates()));
  }

  static Segment segment(Segment.Mode mode, String pool) {
    return segment(mode, pool, Map.of(), new Segment.UnknownMachines.Discover());
  }

  static Segment segment(
      Segment.Mode mode,
      String pool,
      Map<Mac, Ipv4> reservations,
      Segment.UnknownMachines unknown) {
    return segment("sala5", "192.168.33.0/24", mode, pool, reservations, unknown);
  }

  static Segment segment(
      String name,
      String subnet,
      Segment.Mode mode,
      String pool,
      Map<Mac, Ipv4> reservations,
      Segment.UnknownMachines unknown) {
    Cidr cidr = Cidr.of(subnet);
    return new Segment(
        name,
        cidr,
        Optional.empty(),
        !name.equals("sala5"),
        mode,
        false,
        List.of(AddressRange.of(pool)),
        Optional.of(cidr.network().plus(1)),
        List.of(cidr.network().plus(1)),
        Optional.of("sala5.lab"),
        Duration.ofHours(12),
        List.of(
            OptionSetting.of(new DhcpOption.Addresses(OptionCode.NTP_SERVERS, List.of(SERVER)))),
        reservations,
        unknown,
        Optional.of("sala5"),
        Map.of());
  }

  static Site site(Segment... segments) {
    Map<String, Segment> byName =
        List.of(segments).stream().collect(Collectors.toMap(Segment::name, s -> s));
    Map<String, Script> scripts =
        Map.of(
            "boot", new Script("boot", "boot.ipxe", "#!ipxe"),
            "discover", new Script("discover", "discover.ipxe", "#!ipxe"),
            "error", new Script("error", "error.ipxe", "#!ipxe"));
    return new Site(
        Path.of("."),
        Site.Settings.DEFAULT,
        new TreeMap<>(byName),
        new TreeMap<>(),
        new TreeMap<>(scripts),
        new TreeMap<>(),
        Set.of("undionly.kpxe", "snponly.efi"),
        QUIRKS);
  }

  /** The same site with another table of firmware's habits. */
  static Site with(Site site, Quirks quirks) {
    return new Site(
        site.folder(),
        site.settings(),
        site.segments(),
        site.roles(),
        site.scripts(),
        site.images(),
        site.loaders(),
        quirks);
  }

  /** The same segment for an operator who says that no other server is there. */
  static Segment authoritative(Segment s) {
    return new Segment(
        s.name(),
        s.subnet(),
        s.interfaceName(),
        s.relayOnly(),
        s.mode(),
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
  }

  /** The same segment with a card of its own, found by its address. */
  static Segment onACard(Segment s) {
    return new Segment(
        s.name(),
        s.subnet(),
        Optional.empty(),
        false,
        s.mode(),
        s.authoritative(),
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
  }

  /** The same segment with further options. */
  static Segment with(Segment s, DhcpOption... options) {
    return new Segment(
        s.name(),
        s.subnet(),
        s.interfaceName(),
        s.relayOnly(),
        s.mode(),
        s.authoritative(),
        s.pool(),
        s.router(),
        s.dns(),
        s.domain(),
        s.leaseTime(),
        Arrays.stream(options).map(OptionSetting::of).toList(),
        s.reservations(),
        s.unknownMachines(),
        s.room(),
        s.vars());
  }

  /** A packet of real firmware. */
  static DhcpPacket capture(String name) {
    try {
      String hex =
          Files.readAllLines(Path.of("src/test/resources/captures", name + ".txt")).stream()
              .filter(line -> !line.startsWith("#"))
              .collect(Collectors.joining());
      return DhcpCodec.decode(HexFormat.of().parseHex(hex.strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedPacket e) {
      throw new AssertionError(name, e);
    }
  }

  static DhcpPacket discover(Mac mac) {
    return DhcpPacket.request(MessageType.DISCOVER, mac, 0x1234);
  }

  static DhcpPacket selecting(Mac mac, Ipv4 server, Ipv4 address) {
    return initReboot(mac, address)
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, server));
  }

  static DhcpPacket initReboot(Mac mac, Ipv4 address) {
    return DhcpPacket.request(MessageType.REQUEST, mac, 0x1234)
        .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, address));
  }

  static DhcpPacket renewing(Mac mac, Ipv4 address) {
    return DhcpPacket.request(MessageType.REQUEST, mac, 0x1234).withCiaddr(address);
  }

  static DhcpPacket decline(Mac mac, Ipv4 address) {
    return DhcpPacket.request(MessageType.DECLINE, mac, 0x1234)
        .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, address))
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, SERVER));
  }

  static DhcpPacket release(Mac mac, Ipv4 address) {
    return DhcpPacket.request(MessageType.RELEASE, mac, 0x1234)
        .withCiaddr(address)
        .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, SERVER));
  }
}
