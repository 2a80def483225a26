package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritanceTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final List<String> LEVELS =
      List.of(
          "default of role worker",
          "site",
          "segment sala5",
          "role worker",
          "room sala5",
          "machine");

  @TempDir Path folder;
  private final Planner planner = new Planner(new Templates());

  @BeforeEach
  void scripts() throws IOException {
    for (String script : List.of("boot", "discover", "error", "local-disk")) {
      write("ipxe-scripts/" + script + ".ipxe", "#!ipxe\n");
    }
  }

  /** Each set of places that say something, as a number in binary: the nearest wins. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5", "6", "9", "10", "14", "15", "17", "30", "31", "32", "63", "43"})
  void the_nearest_place_wins_and_the_others_are_remembered_from_near_to_far(int places)
      throws IOException {
    BootPlan plan = plan(places);
    List<String> said =
        LEVELS.stream().filter(l -> (places >> LEVELS.indexOf(l) & 1) == 1).toList();
    String winner = said.get(said.size() - 1);

    assertThat(plan.vars().get("ntp_pool").origin()).hasToString(winner);
    assertThat(plan.vars().get("ntp_pool").value()).isEqualTo("of " + LEVELS.indexOf(winner));
    List<String> overridden =
        plan.overriddenVars().getOrDefault("ntp_pool", List.of()).stream()
            .map(v -> v.origin().toString())
            .toList();
    assertThat(overridden).hasSize(said.size() - 1);
    for (int i = 0; i < overridden.size(); i++) {
      assertThat(overridden.get(i)).isEqualTo(said.get(said.size() - 2 - i));
    }
  }

  /** The default has no counterpart: a role's options are its values. */
  @ParameterizedTest
  @CsvSource({"2", "6", "10", "14", "30", "62", "40"})
  void dhcp_options_follow_the_same_order(int places) throws IOException {
    BootPlan plan = plan(places);
    List<String> said =
        LEVELS.stream().filter(l -> (places >> LEVELS.indexOf(l) & 1) == 1).toList();

    assertThat(
            plan.options().stream()
                .filter(o -> o.value().code() == 101)
                .map(o -> o.origin().toString()))
        .containsExactly(said.get(said.size() - 1));
    assertThat(plan.overriddenOptions().getOrDefault(101, List.of())).hasSize(said.size() - 1);
  }

  @Test
  void explain_says_which_level_won_and_what_it_overrode_but_no_secret() throws IOException {
    List<String> lines =
        new PlanText(planner, ZoneOffset.UTC).lines(plan(63), List.of(), List.of());
    assertThat(lines).anyMatch(l -> l.matches(" +ntp_pool +of 5 +machine"));
    assertThat(lines).anyMatch(l -> l.matches(" +over of 4 +room sala5"));
    assertThat(lines).anyMatch(l -> l.matches(" +over of 0 +default of role worker"));
    assertThat(String.join("\n", lines)).contains("over ********").doesNotContain("hush");
  }

  private BootPlan plan(int places) throws IOException {
    write(
        "arranque.yaml",
        (places & 2) == 0 ? "" : "vars: { ntp-pool: of 1, token: hush }\noptions: { 101: utc1 }\n");
    write(
        "dhcp/sala5.yaml",
        "subnet: 192.168.33.0/24\npool: [192.168.33.10-192.168.33.20]\nroom: sala5\n"
            + ((places & 4) == 0 ? "" : "vars: { ntp-pool: of 2 }\noptions: { 101: utc2 }\n"));
    write(
        "cloud-init/worker/role.yaml",
        "boot: boot\nvars:\n  token: { type: secret }\n  ntp-pool: { type: string"
            + ((places & 1) == 0 ? "" : ", default: of 0")
            + " }\n"
            + ((places & 8) == 0
                ? ""
                : "values: { ntp-pool: of 3, token: hush }\noptions: { 101: utc3 }\n"));
    Site site =
        SiteLoader.load(folder)
            .site()
            .orElseThrow(() -> new AssertionError(SiteLoader.load(folder).problems().toString()));
    MemoryBook book =
        MemoryBook.of(
            Machine.unknown(MAC)
                .with(
                    new Assignment(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("worker"),
                            (places & 32) == 0 ? Map.of() : Map.of("ntp-pool", "of 5"))
                        .withOptions(option((places & 32) != 0, "utc5"))));
    book.with(
        new Room(
            "sala5",
            "",
            (places & 16) == 0 ? Map.of() : Map.of("ntp-pool", "of 4"),
            option((places & 16) != 0, "utc4")));
    return planner.plan(
        new PlanRequest(
            site,
            book,
            new Client(MAC, Client.Kind.IPXE, Optional.of(0), Hardware.UNKNOWN),
            new Reach(
                site.segments().values().stream().findFirst(),
                Ipv4.of("192.168.33.1"),
                Optional.empty(),
                Optional.empty())));
  }

  private static OptionLines option(boolean set, String value) {
    return set ? OptionLines.of(Map.of("101", value)) : OptionLines.NONE;
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }
}
