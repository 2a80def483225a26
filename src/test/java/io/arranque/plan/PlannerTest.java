package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.Segment;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Ipv4 SERVER = Ipv4.of("192.168.33.1");
  private static final String NONCE = "00112233445566778899aabbccddeeff";

  private final Planner planner = new Planner(new Templates());
  private Site site;

  @BeforeEach
  void load(@TempDir Path folder) throws IOException {
    site = ExampleSite.in(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "PXE, 0, undionly.kpxe",
    "PXE, 7, snponly.efi",
    "PXE, 9, snponly.efi",
    "HTTP_BOOT, 16, http://192.168.33.1:8081/tftp/snponly.efi",
    "IPXE, 0, http://192.168.33.1:8081/boot.ipxe",
    "IPXE, 7, http://192.168.33.1:8081/boot.ipxe",
  })
  void each_firmware_is_sent_to_its_loader_and_ipxe_to_the_script(
      Client.Kind kind, int architecture, String expected) {
    BootPlan plan = plan(Machine.unknown(MAC), client(kind, architecture));

    assertThat(plan.bootFile().orElseThrow().value().name()).isEqualTo(expected);
    assertThat(plan.bootFileReason()).isEqualTo(Reason.OK);
  }

  @ParameterizedTest
  @CsvSource({"PXE, 6, LOADER_MISSING", "PXE, 11, LOADER_MISSING", "PXE, 31, UNKNOWN_FIRMWARE"})
  void firmware_without_loader_gets_none_and_the_reason(
      Client.Kind kind, int architecture, Reason expected) {
    BootPlan plan = plan(Machine.unknown(MAC), client(kind, architecture));

    assertThat(plan.bootFile()).isEmpty();
    assertThat(plan.bootFileReason()).isEqualTo(expected);
  }

  /** The loader of site files cannot ask the planner for these names; so they are compared here. */
  @Test
  void check_misses_the_very_files_that_the_planner_names(@TempDir Path folder) throws IOException {
    Path copy = ExampleSite.copyTo(folder.resolve("copy"));
    for (Firmware firmware : List.of(Firmware.BIOS, Firmware.UEFI_X64)) {
      Files.delete(copy.resolve("tftp").resolve(firmware.loader()));
      assertThat(SiteLoader.load(copy).problems().toString()).contains(firmware.loader());
    }
    Files.delete(copy.resolve("ipxe-scripts/error.ipxe"));
    Files.delete(copy.resolve("ipxe-scripts/boot.ipxe"));
    Files.delete(copy.resolve("ipxe-scripts/discover.ipxe"));
    assertThat(SiteLoader.load(copy).problems().errors().toString())
        .contains(Planner.REQUIRED_SCRIPTS);
  }

  @Test
  void an_operating_system_gets_no_boot_file() {
    BootPlan plan =
        plan(
            Machine.unknown(MAC),
            new Client(MAC, Client.Kind.OTHER, Optional.empty(), Hardware.UNKNOWN));

    assertThat(plan.bootFile()).isEmpty();
    assertThat(plan.bootFileReason()).isEqualTo(Reason.NOT_A_BOOT_CLIENT);
  }

  @Test
  void a_machine_with_a_role_boots_its_image_with_its_documents() {
    BootPlan plan = plan(assigned("lab-pc", "lab-07", Map.of()), ipxe());

    assertThat(plan.way()).isEqualTo(Way.BOOT);
    assertThat(text(planner.script(plan)))
        .contains(
            "kernel http://192.168.33.1:8081/images/lab/vmlinuz initrd=initrd initrd=overlay"
                + " console=tty0 console=ttyS0"
                + "  ds=nocloud-net;s=http://192.168.33.1:8081/boot/52-54-00-12-34-56/"
                + NONCE
                + "/ || goto failed\n")
        .contains("initrd --name initrd http://192.168.33.1:8081/images/lab/initrd || goto failed")
        .startsWith("#!ipxe\n");
    assertThat(plan.documents()).containsExactly("meta-data", "user-data", "vendor-data");
    assertThat(text(planner.document(plan, "meta-data").orElseThrow()))
        .isEqualTo("instance-id: \"arranque-" + NONCE + "\"\nlocal-hostname: \"lab-07\"\n");
  }

  @Test
  void rancheros_is_told_about_its_state_disk_on_the_command_line_where_alone_it_listens() {
    BootPlan plan = plan(rancher(Map.of("state-disk", "/dev/sdb")), ipxe());

    assertThat(text(planner.script(plan)))
        .contains("rancher.state.autoformat=[/dev/sdb]")
        .contains(
            "rancher.cloud_init.datasources=[url:http://192.168.33.1:8081/boot/52-54-00-12-34-56/"
                + NONCE
                + "/cloud-config]");
    assertThat(text(planner.script(plan(rancher(Map.of()), ipxe()))))
        .doesNotContain("rancher.state");
  }

  @Test
  void a_secret_reaches_the_machine_and_never_a_preview() {
    BootPlan plan = plan(rancher(Map.of()), ipxe());

    assertThat(text(planner.document(plan, "cloud-config").orElseThrow()))
        .contains("--token t0ken ");
    assertThat(text(planner.preview(plan, "cloud-config").orElseThrow()))
        .doesNotContain("t0ken")
        .contains(Planned.MASK);
    assertThat(plan.vars().get("rancher_token").shown()).isEqualTo(Planned.MASK);
  }

  @Test
  void a_secret_of_another_role_is_one_here_too() {
    BootPlan plan = plan(assigned("lab-pc", "a", Map.of("rancher-token", "t0ken")), ipxe());

    assertThat(plan.vars().get("rancher_token").shown()).isEqualTo(Planned.MASK);
  }

  @Test
  void a_missing_value_is_said_on_the_machines_own_screen() {
    BootPlan plan = plan(assigned("rancher-worker", "lab-07", Map.of()), ipxe());

    assertThat(plan.way()).isEqualTo(Way.FAIL);
    assertThat(plan.reason()).isEqualTo(Reason.VARIABLE_MISSING);
    assertThat(text(planner.script(plan)))
        .contains("rancher-url")
        .contains("rancher-token")
        .containsOnlyOnce(Reason.VARIABLE_MISSING.advice());
  }

  @Test
  void a_value_of_the_wrong_type_is_refused_and_not_shown_when_it_is_secret() {
    BootPlan plan = plan(rancher(Map.of("data-disk", "sda; rm -rf /")), ipxe());

    assertThat(plan.reason()).isEqualTo(Reason.VARIABLE_INVALID);
    assertThat(plan.troubles().get(0).detail()).contains("data-disk of machine");
  }

  @Test
  void an_image_that_is_not_there_is_a_reason_and_not_a_404_on_the_pc() {
    Site without =
        new Site(
            site.folder(),
            site.settings(),
            site.segments(),
            site.roles(),
            site.scripts(),
            new TreeMap<>(),
            site.loaders());

    BootPlan plan = plan(without, MemoryBook.of(assigned("lab-pc", "a", Map.of())), ipxe());

    assertThat(plan.reason()).isEqualTo(Reason.IMAGE_MISSING);
    assertThat(text(planner.script(plan))).contains("images/lab");
  }

  @Test
  void a_role_whose_folder_is_gone_is_a_reason() {
    assertThat(plan(assigned("gone", "a", Map.of()), ipxe()).reason())
        .isEqualTo(Reason.ROLE_UNKNOWN);
  }

  @Test
  void local_disk_ends_ipxe_with_a_failure_so_that_uefi_goes_on() {
    BootPlan plan = plan(assigned("local-disk", "lab-07", Map.of()), ipxe());

    assertThat(plan.way()).isEqualTo(Way.LOCAL_DISK);
    assertThat(text(planner.script(plan))).contains("\nexit 1\n");
  }

  @Test
  void a_machine_without_role_waits_and_is_ignored_only_where_the_segment_says_so() {
    assertThat(plan(Machine.unknown(MAC), ipxe()).way()).isEqualTo(Way.DISCOVER);

    Site ignoring = withUnknown(new UnknownMachines.Ignore());
    BootPlan ignored = plan(ignoring, MemoryBook.of(), ipxe());
    assertThat(ignored.way()).isEqualTo(Way.IGNORE);
    assertThat(ignored.bootFile()).isEmpty();

    BootPlan byDefault =
        plan(withUnknown(new UnknownMachines.Use("lab-pc")), MemoryBook.of(), ipxe());
    assertThat(byDefault.way()).isEqualTo(Way.BOOT);
    assertThat(byDefault.role().orElseThrow().origin()).hasToString("segment sala5");
  }

  @Test
  void nearer_values_win_and_say_where_they_came_from() {
    Machine machine = assigned("lab-pc", "a", Map.of("cluster-url", "https://machine.example"));
    Room room = new Room("sala5", "", Map.of("cluster-url", "https://room.example"));

    BootPlan ofRoom =
        plan(site, MemoryBook.of(assigned("lab-pc", "a", Map.of())).with(room), ipxe());
    BootPlan ofMachine = plan(site, MemoryBook.of(machine).with(room), ipxe());

    assertThat(ofRoom.vars().get("cluster_url"))
        .isEqualTo(Planned.of("https://room.example", new Origin(Origin.Level.ROOM, "sala5")));
    assertThat(ofMachine.vars().get("cluster_url"))
        .isEqualTo(Planned.of("https://machine.example", Origin.MACHINE));
    assertThat(ofMachine.vars().get("data_disk").origin()).hasToString("default of role lab-pc");
  }

  @Test
  void what_the_firmware_said_of_itself_cannot_forge_a_host_name() {
    Hardware hostile =
        new Hardware(
            Optional.empty(),
            Optional.of("x\" }}"),
            Optional.of("{{ rancher_token }}"),
            Optional.empty(),
            Optional.empty());
    BootPlan plan =
        plan(Machine.unknown(MAC), new Client(MAC, Client.Kind.IPXE, Optional.of(0), hostile));

    assertThat(text(planner.script(plan)))
        .contains("{{ rancher_token }}")
        .contains("Name    pc-525400123456");
  }

  private Machine rancher(Map<String, String> more) {
    Map<String, String> vars = new TreeMap<>(more);
    vars.put("rancher-url", "https://rancher.lab.example");
    vars.put("rancher-token", "t0ken");
    return assigned("rancher-worker", "lab-07", vars);
  }

  private static Machine assigned(String role, String hostname, Map<String, String> vars) {
    return Machine.unknown(MAC)
        .with(
            new Machine.Assignment(
                Optional.of(hostname),
                Optional.empty(),
                Optional.empty(),
                Optional.of(role),
                vars));
  }

  private Site withUnknown(UnknownMachines unknown) {
    Segment s = site.segments().get("sala5");
    TreeMap<String, Segment> segments = new TreeMap<>();
    segments.put(
        "sala5",
        new Segment(
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
            s.options(),
            s.reservations(),
            unknown,
            s.room(),
            s.vars()));
    return new Site(
        site.folder(),
        site.settings(),
        segments,
        site.roles(),
        site.scripts(),
        site.images(),
        site.loaders());
  }

  private static Client ipxe() {
    return client(Client.Kind.IPXE, 0);
  }

  private static Client client(Client.Kind kind, int architecture) {
    return new Client(MAC, kind, Optional.of(architecture), Hardware.UNKNOWN);
  }

  private BootPlan plan(Machine machine, Client client) {
    return plan(site, MemoryBook.of(machine), client);
  }

  private BootPlan plan(Site site, MemoryBook inventory, Client client) {
    Reach reach =
        new Reach(
            Optional.ofNullable(site.segments().get("sala5")),
            SERVER,
            Optional.of(Ipv4.of("192.168.33.100")),
            Optional.of(NONCE));
    return planner.plan(new PlanRequest(site, inventory, client, reach));
  }

  private static String text(Rendered rendered) {
    return rendered.ifText().orElseThrow(() -> new AssertionError(rendered.toString()));
  }
}
