package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkOptionsTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");

  @TempDir Path folder;

  /** A hyphen: nothing is set there. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, -,        -,        -,        -,        10.0.0.1, site",
    "10.0.0.1, 10.0.0.2, -,        -,        -,        10.0.0.2, segment sala5",
    "10.0.0.1, 10.0.0.2, 10.0.0.3, -,        -,        10.0.0.3, role worker",
    "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, -,        10.0.0.4, room sala5",
    "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.5, 10.0.0.5, machine",
    "10.0.0.1, -,        10.0.0.3, -,        -,        10.0.0.3, role worker",
    "-,        -,        -,        -,        10.0.0.5, 10.0.0.5, machine",
    "10.0.0.1, 10.0.0.2, -,        none,     -,        OFF,      room sala5",
    "10.0.0.1, none,     -,        -,        -,        OFF,      segment sala5",
    "10.0.0.1, 10.0.0.2, -,        none,     10.0.0.5, 10.0.0.5, machine",
    "-,        -,        -,        -,        none,     OFF,      machine",
  })
  void the_nearest_place_wins_and_is_named(
      String site,
      String segment,
      String role,
      String room,
      String machine,
      String value,
      String by)
      throws IOException {
    BootPlan plan = plan("ntp-servers", List.of(site, segment, role, room, machine));

    if (value.equals("OFF")) {
      assertThat(plan.options()).noneMatch(o -> o.value().code() == 42);
      assertThat(plan.network().switchedOff()).hasSize(1);
      assertThat(plan.network().switchedOff().get(0).value()).isEqualTo(42);
      assertThat(plan.network().switchedOff().get(0).origin()).hasToString(by);
    } else {
      assertThat(option(plan, 42).value().describe()).isEqualTo(value);
      assertThat(option(plan, 42).origin()).hasToString(by);
      assertThat(plan.network().switchedOff()).isEmpty();
    }
  }

  @Test
  void a_role_or_machine_has_another_router_than_its_segment_and_the_mask_still_comes_first()
      throws IOException {
    BootPlan plan = plan("router", List.of("10.0.0.9", "-", "10.0.0.3", "-", "-"));

    assertThat(plan.options().get(0).value().code()).isEqualTo(1);
    assertThat(option(plan, 3).value())
        .isEqualTo(new DhcpOption.Addresses(3, List.of(Ipv4.of("10.0.0.3"))));
    assertThat(plan("router", List.of("10.0.0.9", "-", "-", "-", "-")).options())
        .filteredOn(o -> o.value().code() == 3)
        .as("the segment's key is nearer than the site")
        .extracting(o -> o.value().describe())
        .containsExactly("192.168.33.1");
  }

  @Test
  void one_option_is_one_under_whatever_name_it_is_set() throws IOException {
    assertThat(option(plan("42", List.of("10.0.0.1", "-", "-", "-", "10.0.0.5")), 42).origin())
        .hasToString("machine");
  }

  @Test
  void explain_shows_who_set_and_who_took_away() throws IOException {
    BootPlan set = plan("mtu", List.of("1400", "-", "1450", "-", "-"));
    BootPlan off = plan("mtu", List.of("1400", "-", "1450", "-", "none"));

    assertThat(explained(set)).anyMatch(l -> l.matches("  26 interface-mtu +1450 +role worker"));
    assertThat(explained(off)).anyMatch(l -> l.matches("  26 interface-mtu +not sent +machine"));
  }

  private static List<String> explained(BootPlan plan) {
    return new PlanText(new Planner(new Templates()), ZoneOffset.UTC)
        .lines(plan, List.of(), List.of());
  }

  /** A site made of files, with the option at those of its five places that have no hyphen. */
  private BootPlan plan(String name, List<String> values) throws IOException {
    write("arranque.yaml", section(name, values.get(0)));
    write(
        "dhcp/sala5.yaml",
        """
        subnet: 192.168.33.0/24
        router: 192.168.33.1
        room: sala5
        pool: 192.168.33.100-192.168.33.199
        """
            + section(name, values.get(1)));
    write("cloud-init/worker/role.yaml", "boot: local-disk\n" + section(name, values.get(2)));
    for (String script : List.of("boot", "discover", "error", "local-disk")) {
      write("ipxe-scripts/" + script + ".ipxe", "#!ipxe\n");
    }
    Site site =
        SiteLoader.load(folder)
            .site()
            .orElseThrow(() -> new AssertionError(SiteLoader.load(folder).problems().toString()));
    MemoryBook inventory =
        MemoryBook.of(
                Machine.unknown(MAC)
                    .with(
                        Assignment.NONE
                            .withRole(Optional.of("worker"))
                            .withOptions(lines(name, values.get(4)))))
            .with(new Room("sala5", "", Map.of(), lines(name, values.get(3))));
    Reach reach =
        new Reach(
            Optional.ofNullable(site.segments().get("sala5")),
            Ipv4.of("192.168.33.2"),
            Optional.empty(),
            Optional.empty());
    Client client = new Client(MAC, Client.Kind.PXE, Optional.of(7), Hardware.UNKNOWN);
    return new Planner(new Templates()).plan(new PlanRequest(site, inventory, client, reach));
  }

  private static String section(String name, String value) {
    return value.equals("-") ? "" : "options: { " + name + ": " + value + " }\n";
  }

  private static OptionLines lines(String name, String value) {
    return value.equals("-") ? OptionLines.NONE : OptionLines.of(Map.of(name, value));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private static Planned<DhcpOption> option(BootPlan plan, int code) {
    return plan.options().stream().filter(o -> o.value().code() == code).findFirst().orElseThrow();
  }
}
