package io.arranque.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTextTest {
  private static final Path EXPECTED = Path.of("src/test/resources/explain");
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Ipv4 ADDRESS = Ipv4.of("192.168.33.100");
  private static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");
  private static final List<BootEvent> EVENTS =
      List.of(
          BootEvent.of(
              EIGHT.plusSeconds(9),
              MAC,
              Stage.LOADER,
              Reason.TRANSFER_TIMED_OUT,
              Optional.of(ADDRESS),
              "snponly.efi"),
          BootEvent.of(EIGHT, MAC, Stage.ACK, Reason.OK, Optional.of(ADDRESS), "192.168.33.100"));

  private final Planner planner = new Planner(new Templates());
  private Site site;

  @BeforeEach
  void load(@TempDir Path folder) throws IOException {
    site = ExampleSite.in(folder);
  }

  @Test
  void a_worker_of_the_example_site_is_explained_whole_with_its_secrets_masked()
      throws IOException {
    MemoryBook inventory =
        MemoryBook.of(
                machine(
                    Optional.of("rancher-worker"),
                    Map.of("rancher-url", "https://rancher.lab.example", "rancher-token", "t0ken")))
            .with(new Room("sala5", "second floor", Map.of("data-disk", "/dev/sdb")));

    List<String> lines = explained(inventory, ZoneOffset.UTC, EVENTS);

    assertThat(lines).noneMatch(line -> line.contains("t0ken"));
    assertThat(lines).anyMatch(line -> line.contains("--token '" + Planned.MASK + "'"));
    assertThat(withoutTemplates(lines)).containsExactlyElementsOf(expected("rancher-worker.txt"));
  }

  @Test
  void a_machine_without_role_is_told_what_it_waits_for() throws IOException {
    List<String> lines =
        explained(MemoryBook.of(machine(Optional.empty(), Map.of())), ZoneOffset.UTC, List.of());

    assertThat(withoutTemplates(lines)).containsExactlyElementsOf(expected("no-role.txt"));
  }

  @Test
  void each_value_that_is_missing_is_named_with_advice() {
    List<String> lines =
        explained(
            MemoryBook.of(machine(Optional.of("rancher-worker"), Map.of())),
            ZoneOffset.UTC,
            List.of());

    assertThat(lines)
        .filteredOn(line -> line.contains(Reason.VARIABLE_MISSING.advice()))
        .anySatisfy(line -> assertThat(line).contains("(rancher-url)"))
        .anySatisfy(line -> assertThat(line).contains("(rancher-token)"));
  }

  @Test
  void times_are_of_the_zone_that_was_asked_for() {
    assertThat(explained(MemoryBook.of(), ZoneId.of("Europe/Madrid"), EVENTS))
        .anySatisfy(line -> assertThat(line).startsWith("  2026-03-01 09:00:00 ack "));
  }

  @Test
  void a_broken_document_is_said_where_it_would_stand(@TempDir Path folder) throws IOException {
    ExampleSite.copyTo(folder);
    Files.writeString(folder.resolve("cloud-init/lab-pc/user-data"), "{{ nope }}");
    site = SiteLoader.load(folder).site().orElseThrow();

    assertThat(
            explained(
                MemoryBook.of(machine(Optional.of("lab-pc"), Map.of())), ZoneOffset.UTC, List.of()))
        .contains("  broken: cloud-init/lab-pc/user-data:1 no value named \"nope\"");
  }

  private List<String> explained(MemoryBook inventory, ZoneId zone, List<BootEvent> events) {
    Client client = new Client(MAC, Client.Kind.PXE, Optional.of(7), Hardware.UNKNOWN);
    Reach reach =
        new Reach(
            Optional.of(site.segments().get("sala5")),
            Ipv4.of("192.168.33.1"),
            Optional.of(ADDRESS),
            Optional.empty());
    return new PlanText(planner, zone)
        .lines(planner.plan(new PlanRequest(site, inventory, client, reach)), List.of(), events);
  }

  private static Machine machine(Optional<String> role, Map<String, String> vars) {
    return Machine.unknown(MAC)
        .with(
            new Machine.Assignment(
                Optional.of("sala5-07"), Optional.empty(), Optional.of("7"), role, vars));
  }

  /** The text of templates is theirs to change. */
  private static List<String> withoutTemplates(List<String> lines) {
    List<String> kept = new ArrayList<>();
    boolean template = false;
    for (String line : lines) {
      boolean title = !line.isEmpty() && !line.startsWith(" ");
      if (title) {
        template = line.startsWith("Script ") || line.startsWith("Document ");
      }
      if (title || line.isEmpty() || !template) {
        kept.add(line);
      }
    }
    return kept;
  }

  private static List<String> expected(String file) throws IOException {
    return Files.readAllLines(EXPECTED.resolve(file), UTF_8);
  }
}
