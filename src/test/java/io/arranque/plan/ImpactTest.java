package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.arranque.ExampleSite;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.FixedInventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.Impact.Affected;
import io.arranque.site.Site;
import io.arranque.site.SiteEdit;
import io.arranque.site.SiteLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImpactTest {
  @TempDir private Path folder;
  private final Planner planner = new Planner(new Templates());
  private Site before;

  @BeforeEach
  void copy() throws IOException {
    before = ExampleSite.in(folder);
  }

  @Test
  void a_changed_document_changes_the_machines_of_its_role_only() throws IOException {
    Impact impact =
        impact("cloud-init/lab-pc/user-data", userData() + "timezone: America/Cordoba\n", room());

    assertThat(impact.machines()).isEqualTo(3);
    assertThat(impact.changed())
        .extracting(Affected::name, Affected::what)
        .containsExactly(
            tuple("lab-1", List.of("document user-data")),
            tuple("lab-2", List.of("document user-data")));
    assertThat(impact.summary()).isEqualTo("changes 2 machines, breaks 0");
  }

  @Test
  void a_value_that_only_one_machine_has_breaks_that_machine_only() throws IOException {
    String text =
        userData()
            .replace(
                "{{ machine.hostname | yaml }}\ndisk",
                "{{ extra_arguments is empty ? 'pc' : extra_arguments }}\ndisk");

    Impact impact = impact("cloud-init/lab-pc/user-data", text, room());

    assertThat(impact.broken()).extracting(Affected::name).containsExactly("lab-2");
    assertThat(impact.broken().get(0).what().get(0)).contains("cloud-init/lab-pc/user-data:2");
    assertThat(impact.changed()).extracting(Affected::name).containsExactly("lab-1");
  }

  @Test
  void a_template_that_cannot_be_rendered_breaks_its_machines() throws IOException {
    Impact impact = impact("cloud-init/lab-pc/user-data", "#cloud-config\n{{ nope }}\n", room());

    assertThat(impact.broken()).extracting(Affected::name).containsExactly("lab-1", "lab-2");
    assertThat(impact.broken().get(0).what().get(0)).contains("no value named \"nope\"");
  }

  @Test
  void a_new_default_of_a_variable_changes_those_who_did_not_set_it() throws IOException {
    String role = Files.readString(folder.resolve("cloud-init/lab-pc/role.yaml"));

    Impact impact =
        impact(
            "cloud-init/lab-pc/role.yaml",
            role.replace("type: string, default: \"\"", "type: string, default: quiet"),
            room());

    assertThat(impact.changed()).extracting(Affected::name).containsExactly("lab-1");
    assertThat(impact.changed().get(0).what()).containsExactly("script");
  }

  @Test
  void what_is_not_looked_at_is_said() throws IOException {
    SiteEdit edit = edit("cloud-init/lab-pc/user-data", userData() + "\n");
    Impact impact =
        Impact.of(
            planner,
            new Impact.Change(before, SiteLoader.load(folder, edit).draft().orElseThrow()),
            room(),
            segment -> Ipv4.of("192.0.2.1"),
            () -> false);

    assertThat(impact.unlooked()).isEqualTo(3);
    assertThat(impact.summary()).contains("3 not looked at");
  }

  @Test
  @Timeout(60)
  void two_thousand_machines_are_looked_at_in_seconds() throws IOException {
    TreeMap<Mac, Machine> many = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      Machine one = machine(i, "lab-pc", Map.of());
      many.put(one.mac(), one);
    }
    Impact impact =
        impact(
            "cloud-init/lab-pc/user-data",
            userData() + "timezone: UTC\n",
            new FixedInventory(many));

    assertThat(impact.changed()).hasSize(2_000);
  }

  @Test
  void where_no_machine_is_known_one_stands_for_each_role() {
    Impact.Change change = new Impact.Change(before, before);

    assertThat(Impact.standIns(change).machines())
        .extracting(machine -> machine.assignment().role().orElseThrow())
        .containsExactlyElementsOf(before.roles().keySet());
    assertThat(
            Impact.of(
                planner, change, Impact.standIns(change), s -> Ipv4.of("192.0.2.1"), () -> true))
        .matches(Impact::isNothing);
  }

  private FixedInventory room() {
    return FixedInventory.of(
        machine(1, "lab-pc", Map.of()),
        machine(2, "lab-pc", Map.of("extra-arguments", "102")),
        machine(3, "local-disk", Map.of()));
  }

  private static Machine machine(int number, String role, Map<String, String> vars) {
    return Machine.unknown(Mac.of("52:54:00:00:%02x:%02x".formatted(number >> 8, number & 0xff)))
        .with(
            new Assignment(
                Optional.of("lab-" + number),
                Optional.empty(),
                Optional.empty(),
                Optional.of(role),
                vars));
  }

  private String userData() throws IOException {
    return Files.readString(folder.resolve("cloud-init/lab-pc/user-data"));
  }

  private static SiteEdit edit(String file, String text) {
    return SiteEdit.of(Map.of(file, Optional.of(text)));
  }

  private Impact impact(String file, String text, FixedInventory inventory) {
    Site after = SiteLoader.load(folder, edit(file, text)).draft().orElseThrow();
    return Impact.of(
        planner,
        new Impact.Change(before, after),
        inventory,
        segment -> Ipv4.of("192.0.2.1"),
        () -> true);
  }
}
