package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.OptionCode;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One memo sees everything change; it must always say what the plan says. */
class NetworkMemoTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Mac OTHER = Mac.of("52:54:00:65:43:21");

  @TempDir Path folder;

  private final NetworkMemo memo = new NetworkMemo();

  @Test
  void machines_of_one_place_differ_in_their_names_only() throws IOException {
    Site site = site("", "");
    MemoryBook inventory = MemoryBook.of();

    assertThat(hostname(same(plan(site, "sala5", inventory, MAC)))).isEqualTo("pc-525400123456");
    assertThat(hostname(same(plan(site, "sala5", inventory, OTHER)))).isEqualTo("pc-525400654321");
    inventory.with(
        machine(
            new Assignment(
                Optional.of("own"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of())));
    assertThat(hostname(same(plan(site, "sala5", inventory, MAC)))).isEqualTo("own");
  }

  @Test
  void a_changed_file_room_role_or_machine_is_answered_anew() throws IOException {
    MemoryBook inventory = MemoryBook.of();
    Site site = site("", "options: { mtu: 1400 }\n");
    NetworkOptions plain = same(plan(site, "sala5", inventory, MAC));
    inventory.with(new Room("sala5", "", Map.of(), OptionLines.of(Map.of("mtu", "1300"))));
    NetworkOptions byRoom = same(plan(site, "sala5", inventory, MAC));
    inventory.with(new Room("sala5", "", Map.of(), OptionLines.of(Map.of("mtu", "1301"))));
    NetworkOptions byOtherRoom = same(plan(site, "sala5", inventory, MAC));
    inventory.with(new Room("sala5", "", Map.of()));
    inventory.with(machine(Assignment.NONE.withRole(Optional.of("worker"))));
    NetworkOptions byRole = same(plan(site, "sala5", inventory, MAC));
    NetworkOptions elsewhere = same(plan(site, "sala6", inventory, MAC));
    NetworkOptions reloaded =
        same(plan(site("domain: new.lab\n", "options: { mtu: 1402 }\n"), "sala5", inventory, MAC));
    inventory.with(
        machine(
            Assignment.NONE
                .withRole(Optional.of("worker"))
                .withOptions(OptionLines.of(Map.of("mtu", "1200")))));
    NetworkOptions byMachine = same(plan(site, "sala5", inventory, MAC));

    assertThat(
            new NetworkOptions[] {
              plain, byRoom, byOtherRoom, byRole, elsewhere, reloaded, byMachine
            })
        .doesNotHaveDuplicates();
  }

  /** What the memo says, the first time and from then on. */
  private NetworkOptions same(BootPlan plan) {
    assertThat(memo.of(plan)).isEqualTo(plan.network());
    assertThat(memo.of(plan)).isEqualTo(plan.network());
    return memo.of(plan);
  }

  private static String hostname(NetworkOptions options) {
    return options.options().stream()
        .filter(o -> o.value().code() == OptionCode.HOST_NAME)
        .map(o -> o.value().describe().replace("\"", ""))
        .findFirst()
        .orElse("");
  }

  private static Machine machine(Assignment assignment) {
    return Machine.unknown(MAC).with(assignment);
  }

  private static BootPlan plan(Site site, String segment, MemoryBook inventory, Mac mac) {
    Reach reach =
        new Reach(
            Optional.ofNullable(site.segments().get(segment)),
            Ipv4.of("192.168.33.2"),
            Optional.empty(),
            Optional.empty());
    Client client = new Client(mac, Client.Kind.PXE, Optional.of(7), Hardware.UNKNOWN);
    return new Planner(new Templates()).plan(new PlanRequest(site, inventory, client, reach));
  }

  private Site site(String ofSegment, String ofRole) throws IOException {
    write("arranque.yaml", "");
    write(
        "dhcp/sala5.yaml",
        """
        subnet: 192.168.33.0/24
        router: 192.168.33.1
        room: sala5
        pool: 192.168.33.100-192.168.33.199
        """
            + ofSegment);
    write("dhcp/sala6.yaml", "subnet: 192.168.34.0/24\nrouter: 192.168.34.1\n");
    write("cloud-init/worker/role.yaml", "boot: local-disk\n" + ofRole);
    for (String script : new String[] {"boot", "discover", "error", "local-disk"}) {
      write("ipxe-scripts/" + script + ".ipxe", "#!ipxe\n");
    }
    return SiteLoader.load(folder)
        .site()
        .orElseThrow(() -> new AssertionError(SiteLoader.load(folder).problems().toString()));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }
}
