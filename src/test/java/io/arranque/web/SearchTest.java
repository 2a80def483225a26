package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.people.Grant;
import io.arranque.web.Search.Hit;
import io.arranque.web.page.Messages;
import io.arranque.web.page.WebFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  @TempDir Path folder;

  private World world() {
    World world = new World(folder);
    machine(world, "52:54:00:12:34:56", "sala5-07", "sala5", "7", "192.168.33.107", "7XK07");
    machine(world, "52:54:00:12:34:57", "sala5-17", "sala5", "17", "192.168.33.117", "7XK17");
    machine(world, "52:54:00:ab:cd:ef", "sala6-07", "sala6", "07", "192.168.34.107", "7XK67");
    machine(world, "00:0c:29:00:00:0a", "Biblioteca-Ñandú", "", "", "10.0.0.7", "S-9");
    return world;
  }

  private static void machine(
      World world, String mac, String name, String room, String seat, String address, String no) {
    world.book.with(
        new Machine(
            Mac.of(mac),
            new Assignment(
                Optional.of(name),
                Optional.of(room).filter(r -> !r.isEmpty()),
                Optional.of(seat).filter(s -> !s.isEmpty()),
                Optional.of("worker"),
                Map.of()),
            new Hardware(
                Optional.of(new UUID(0x1122334455667788L, Mac.of(mac).bits())),
                Optional.of(no),
                Optional.of("Dell Inc."),
                Optional.of("OptiPlex 7010"),
                Optional.of("bios")),
            Optional.empty(),
            Optional.of(Ipv4.of(address)),
            Optional.empty(),
            Optional.empty()));
  }

  private static List<Hit> find(World world, Grant grant, String query) {
    WebFiles files = new WebFiles(() -> world.site.folder());
    List<Messages> words = List.of(Messages.load("en", files), Messages.load("es", files));
    return Search.find(
        new Findable(world.parts()).things(grant, words, Search.words(query)), query);
  }

  /** The first ones, best first; {@code =} behind one: all of its key was typed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "52:54:00:12:34:56                    | sala5-07=",
        "52-54-00-12-34-56                    | sala5-07=",
        "5254.0012.3456                       | sala5-07=",
        "525400123456                         | sala5-07=",
        "52 54 00 12 34 56                    | sala5-07=",
        "5254 0012 3456                       | sala5-07=",
        "0:c:29:0:0:a                         | Biblioteca-Ñandú=",
        "3456                                 | sala5-07",
        "34:57                                | sala5-17",
        "ABCD                                 | sala6-07",
        "0012345                              | sala5-07 sala5-17",
        "345                                  | -",
        "sala5-07                             | sala5-07=",
        "SALA5-07                             | sala5-07=",
        "nandu                                | Biblioteca-Ñandú",
        "ñandú                                | Biblioteca-Ñandú",
        "sala5 7                              | sala5-07 sala5-17",
        "sala6 7                              | sala6-07",
        "17                                   | sala5-17",
        "192.168.33.107                       | sala5-07=",
        "192.168.33.                          | sala5-07 sala5-17",
        "33.117                               | sala5-17",
        "117                                  | sala5-17",
        "10.0.0.7                             | Biblioteca-Ñandú=",
        "7xk17                                | sala5-17=",
        "11223344-5566-7788-0000-525400123456 | sala5-07=",
        "biblio dell                          | Biblioteca-Ñandú",
        "optiplex sala6                       | sala6-07",
        "biblioteca sala5                     | -",
        "192.168.33.101                       | 192.168.33.101=",
        "network                              | Network",
        "red                                  | Network",
        "importar                             | Import and export",
        "undionly                             | -",
        "Audit                                | Audit",
        "\" ' <b> %s                          | -",
      })
  void what_is_typed_finds(String query, String first) {
    List<Hit> hits = find(world(), Grant.ADMINISTRATOR, query);
    List<String> expected = first == null ? List.of() : titles(first);
    String found =
        hits.stream()
            .limit(Math.max(1, expected.size()))
            .map(hit -> hit.thing().title() + (hit.isExact() ? "=" : ""))
            .collect(Collectors.joining(" | "));
    assertThat(found).isEqualTo(String.join(" | ", expected));
  }

  private static List<String> titles(String first) {
    return first.startsWith("Import")
        ? List.of(first)
        : Arrays.stream(first.split(" ", -1)).toList();
  }

  @Test
  void pages_of_administrators_are_found_by_administrators() {
    assertThat(find(world(), Grant.VIEWER, "audit")).isEmpty();
  }

  @Test
  void rooms_segments_roles_images_and_scripts_are_found_too() {
    World world = world();
    assertThat(kinds(find(world, Grant.VIEWER, "sala5"))).contains("ROOM", "SEGMENT", "MACHINE");
    assertThat(kinds(find(world, Grant.VIEWER, "rancheros"))).contains("IMAGE", "SCRIPT");
    assertThat(kinds(find(world, Grant.VIEWER, "worker"))).contains("ROLE", "MACHINE");
  }

  private static List<String> kinds(List<Hit> hits) {
    return hits.stream().map(hit -> hit.thing().kind().name()).distinct().toList();
  }

  @Test
  void two_thousand_machines_are_searched_while_somebody_types() {
    World world = new World(folder);
    for (int i = 0; i < 2_000; i++) {
      String mac = new Mac(0x5254_0000_0000L + i * 7L).toString();
      String room = "sala" + i / 40;
      int seat = i % 40;
      String address = "10.1." + i / 250 + "." + (i % 250 + 1);
      machine(world, mac, room + "-" + seat, room, "" + seat, address, "SER" + i);
    }
    String[] queries = {
      "s", "sala17 9", "5254", "10.1.3.", "optiplex", "SER1999", "nothing at all"
    };
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 40; round++) {
      long began = System.nanoTime();
      for (String query : queries) {
        find(world, Grant.ADMINISTRATOR, query);
      }
      best = Math.min(best, System.nanoTime() - began);
    }
    Duration each = Duration.ofNanos(best / queries.length);
    System.out.println("a search among 2000 machines: " + each.toNanos() / 1000 + " µs");
    assertThat(each).isLessThan(Duration.ofMillis(40));
  }
}
