package io.arranque.exchange;

import io.arranque.MemoryBook;
import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Reservations;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.site.VarType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A site with a segment and two roles, and what tests do with it. */
final class Sample {
  static final Mac PC1 = Mac.of("52:54:00:00:00:01");
  static final Mac PC2 = Mac.of("52:54:00:00:00:02");
  static final Site SITE = site();
  static final Terms TERMS = new Terms(Optional.empty(), false, false, false, "test");
  static final Terms SKIPPING = new Terms(Optional.empty(), false, false, true, "test");
  static final Terms RESERVING = new Terms(Optional.of("sala5"), true, false, false, "test");
  static final Reservations.Wire WIRE =
      new Reservations.Wire(address -> Optional.empty(), segment -> Ipv4.of("192.168.33.2"));

  private Sample() {}

  static Outcome look(MemoryBook book, String text, Terms terms) {
    return Import.decide(Reading.ofText(text, Optional.empty()), SITE, book, WIRE, terms);
  }

  static Outcome look(MemoryBook book, String text) {
    return look(book, text, TERMS);
  }

  static Outcome take(MemoryBook book, String text, Terms terms) {
    Outcome outcome = look(book, text, terms);
    try {
      book.commit(now -> outcome.changes());
    } catch (StoreFailure e) {
      throw new IllegalStateException(e);
    }
    return outcome;
  }

  static Outcome take(MemoryBook book, String text) {
    return take(book, text, TERMS);
  }

  static Machine machine(Mac mac, String hostname, String seat, String role, String address) {
    return Machine.unknown(mac)
        .with(
            new Assignment(
                some(hostname),
                Optional.of("sala5"),
                some(seat),
                some(role),
                Map.of("disk", "/dev/sdb", "token", "s3cret"),
                OptionLines.of(Map.of("ntp-servers", "192.168.33.1")),
                some(address).map(Ipv4::of),
                Optional.empty()));
  }

  private static Optional<String> some(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  static byte[] file(String name) {
    try (InputStream in = Sample.class.getResourceAsStream("/exchange/" + name)) {
      if (in == null) {
        throw new AssertionError("no fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Site site() {
    Map<String, Role.Var> vars =
        Map.of(
            "disk", new Role.Var(VarType.DEVICE, false, Optional.empty(), ""),
            "token", new Role.Var(VarType.SECRET, false, Optional.empty(), ""));
    TreeMap<String, Role> roles = new TreeMap<>();
    for (String name : List.of("worker", "local-disk")) {
      roles.put(
          name,
          new Role(
              name,
              "",
              "boot",
              Optional.empty(),
              "",
              name.equals("worker") ? vars : Map.of(),
              List.of(),
              new TreeMap<>(),
              new TreeMap<>()));
    }
    TreeMap<String, Segment> segments = new TreeMap<>(Map.of("sala5", segment()));
    return new Site(
        Path.of("."),
        Site.Settings.DEFAULT,
        segments,
        roles,
        new TreeMap<>(),
        new TreeMap<>(),
        Set.of());
  }

  private static Segment segment() {
    return new Segment(
        "sala5",
        Cidr.of("192.168.32.0/20"),
        Optional.of("eth1"),
        false,
        Segment.Mode.SERVER,
        false,
        List.of(AddressRange.of("192.168.33.100-192.168.33.199")),
        Optional.of(Ipv4.of("192.168.33.1")),
        List.of(Ipv4.of("192.168.33.1")),
        Optional.of("sala5.lab"),
        Duration.ofHours(12),
        List.of(),
        Map.of(),
        new Segment.UnknownMachines.Discover(),
        Optional.of("sala5"),
        Map.of());
  }
}
