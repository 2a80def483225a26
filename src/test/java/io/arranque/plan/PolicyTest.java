package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Installation;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.BootPlan.Way;
import io.arranque.site.BootPolicy;
import io.arranque.site.Role;
import io.arranque.site.RolePolicy;
import io.arranque.site.RolePolicy.Report;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Ipv4 SERVER = Ipv4.of("192.168.33.1");

  private final Planner planner = new Planner(new Templates());
  private Site example;

  @BeforeEach
  void load(@TempDir Path folder) throws IOException {
    example = ExampleSite.in(folder);
  }

  /** What the role says, what the machine says, what has happened to it, and what becomes of it. */
  @ParameterizedTest
  @CsvSource({
    "always,       -,            -,           BOOT,       OK",
    "always,       -,            installed,   BOOT,       OK",
    "always,       -,            9 boots,     BOOT,       OK",
    "install-once, -,            -,           BOOT,       OK",
    "install-once, -,            2 boots,     BOOT,       OK",
    "install-once, -,            3 boots,     LOCAL_DISK, INSTALL_LOOP",
    "install-once, -,            installed,   LOCAL_DISK, INSTALLED",
    "install-once, -,            other role,  BOOT,       OK",
    "install-once, always,       installed,   BOOT,       OK",
    "install-once, never,        -,           LOCAL_DISK, POLICY_NEVER",
    "next-boot,    -,            -,           BOOT,       OK",
    "next-boot,    -,            booted,      LOCAL_DISK, BOOTED_ONCE",
    "next-boot,    -,            installed,   BOOT,       OK",
    "always,       next-boot,    booted,      LOCAL_DISK, BOOTED_ONCE",
    "always,       install-once, installed,   LOCAL_DISK, INSTALLED",
    "never,        -,            -,           LOCAL_DISK, POLICY_NEVER",
    "never,        install-once, -,           BOOT,       OK",
  })
  void the_machines_policy_beats_its_roles_and_what_was_done_counts_for_its_role_alone(
      String ofRole, String ofMachine, String done, Way way, Reason reason) {
    BootPlan plan = plan(policy(ofRole), ofMachine, done(done), Client.Kind.IPXE, 0);

    assertThat(plan.way()).isEqualTo(way);
    assertThat(plan.reason()).isEqualTo(reason);
    assertThat(plan.script().value().name())
        .isEqualTo(way == Way.LOCAL_DISK ? "local-disk" : "nocloud");
    assertThat(plan.policy().boot().origin())
        .isEqualTo(
            ofMachine.equals("-") ? new Origin(Origin.Level.ROLE, "lab-pc") : Origin.MACHINE);
  }

  @ParameterizedTest
  @CsvSource({
    "3, -, 2, BOOT",
    "3, -, 3, LOCAL_DISK",
    "5, -, 4, BOOT",
    "5, 1, 1, LOCAL_DISK",
    "1, 4, 3, BOOT"
  })
  void the_roles_number_of_attempts_beats_the_sites(
      int ofSite, String ofRole, int boots, Way expected) {
    OptionalInt attempts =
        ofRole.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(ofRole));
    RolePolicy policy = new RolePolicy(BootPolicy.INSTALL_ONCE, Report.INSTALLED, attempts);
    Installation unreported = new Installation("lab-pc", Optional.empty(), boots, Optional.empty());
    Site site = withAttempts(with(policy), ofSite);

    assertThat(plan(site, "-", unreported, Client.Kind.IPXE, 0).way()).isEqualTo(expected);
  }

  /** Facts of real firmware: UEFI takes no offer without boot file, a BIOS ROM goes on at once. */
  @ParameterizedTest
  @CsvSource({
    "PXE, 0, never, -",
    "PXE, 7, never, snponly.efi",
    "HTTP_BOOT, 16, never, http://192.168.33.1:8081/tftp/snponly.efi",
    "IPXE, 0, never, http://192.168.33.1:8081/boot.ipxe",
    "PXE, 0, install-once, undionly.kpxe",
  })
  void never_costs_a_bios_rom_no_loader(
      Client.Kind kind, int architecture, String policy, String bootFile) {
    Installation installed = done("installed");
    BootPlan plan = plan(policy(policy), "-", installed, kind, architecture);

    assertThat(plan.way()).isEqualTo(Way.LOCAL_DISK);
    assertThat(plan.bootFile().map(file -> file.value().name()).orElse("-")).isEqualTo(bootFile);
    assertThat(plan.bootFileReason())
        .isEqualTo(bootFile.equals("-") ? Reason.POLICY_NEVER : Reason.OK);
    assertThat(plan.isIgnored()).isFalse();
  }

  @Test
  void loaders_of_others_are_told_the_same() {
    BootPlan plan = plan(policy("install-once"), "-", done("installed"), Client.Kind.PXE, 0);

    assertThat(planner.loaderConfig(plan, LoaderConfig.PXELINUX).orElseThrow())
        .contains("LOCALBOOT 0");
    assertThat(planner.loaderConfig(plan, LoaderConfig.GRUB).orElseThrow()).contains("exit 1");
  }

  @Test
  void never_needs_no_role_and_a_missing_image_keeps_nobody_from_his_own_disk() {
    Machine machine =
        Machine.unknown(MAC).with(Assignment.NONE.withPolicy(Optional.of(BootPolicy.NEVER)));
    assertThat(plan(example, machine, Client.Kind.IPXE, 0).way()).isEqualTo(Way.LOCAL_DISK);

    Site imageless =
        new Site(
            example.folder(),
            example.settings(),
            example.segments(),
            with(policy("install-once")).roles(),
            example.scripts(),
            new TreeMap<>(),
            example.loaders());
    assertThat(plan(imageless, "-", done("installed"), Client.Kind.IPXE, 0).way())
        .isEqualTo(Way.LOCAL_DISK);
    assertThat(plan(imageless, "-", Installation.NONE, Client.Kind.IPXE, 0).way())
        .isEqualTo(Way.FAIL);
  }

  @Test
  void a_boot_that_is_handed_out_counts_where_the_policy_counts() {
    Installation begun =
        plan(policy("install-once"), "-", done("2 boots"), Client.Kind.IPXE, 0)
            .policy()
            .afterBoot(
                plan(policy("install-once"), "-", done("2 boots"), Client.Kind.IPXE, 0), NOON)
            .orElseThrow();
    assertThat(begun.unreported()).isEqualTo(3);
    BootPlan once = plan(policy("next-boot"), "-", done("installed"), Client.Kind.IPXE, 0);
    assertThat(once.policy().afterBoot(once, NOON).orElseThrow())
        .isEqualTo(done("installed").bootedOnce(NOON));
    BootPlan always = plan(policy("always"), "-", Installation.NONE, Client.Kind.IPXE, 0);
    assertThat(always.policy().afterBoot(always, NOON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "INSTALLED, installed, true",
    "INSTALLED, up, false",
    "INSTALLED, registered, false",
    "UP, up, true",
    "UP, registered, true",
    "UP, installed, true",
    "UP, failed, false",
    "REGISTERED, up, false",
    "REGISTERED, registered, true",
    "INSTALLED, partitioning, false"
  })
  void the_role_says_which_report_is_enough(Report enough, String said, boolean done) {
    Role role =
        with(new RolePolicy(BootPolicy.INSTALL_ONCE, enough, OptionalInt.empty()))
            .roles()
            .get("lab-pc");
    assertThat(Policy.afterReport(machine("-", done("2 boots")), role, said, NOON))
        .isEqualTo(
            done
                ? Optional.of(new Installation("lab-pc", Optional.of(NOON), 0, Optional.empty()))
                : Optional.empty());
  }

  @Test
  void whoever_was_stopped_is_an_alarm_until_somebody_lets_it_try_again() {
    Site site = with(policy("install-once"));
    assertThat(Policy.alarms(site, MemoryBook.of(machine("-", done("3 boots")))))
        .singleElement()
        .asString()
        .contains("pc-525400123456", "3 times", "lab-pc");
    assertThat(Policy.alarms(site, MemoryBook.of(machine("-", done("2 boots"))))).isEmpty();
    assertThat(Policy.alarms(site, MemoryBook.of(machine("always", done("3 boots"))))).isEmpty();
  }

  private static RolePolicy policy(String word) {
    return RolePolicy.of(BootPolicy.named(word).orElseThrow());
  }

  private static Installation done(String what) {
    return switch (what) {
      case "installed" -> new Installation("lab-pc", Optional.of(NOON), 0, Optional.empty());
      case "2 boots" -> new Installation("lab-pc", Optional.empty(), 2, Optional.empty());
      case "3 boots" -> new Installation("lab-pc", Optional.empty(), 3, Optional.empty());
      case "9 boots" -> new Installation("lab-pc", Optional.empty(), 9, Optional.empty());
      case "other role" ->
          new Installation("rancher-worker", Optional.of(NOON), 0, Optional.empty());
      case "booted" -> Installation.NONE.bootedOnce(NOON);
      default -> Installation.NONE;
    };
  }

  private BootPlan plan(
      RolePolicy policy, String own, Installation done, Client.Kind kind, int architecture) {
    return plan(with(policy), own, done, kind, architecture);
  }

  private BootPlan plan(
      Site site, String own, Installation done, Client.Kind kind, int architecture) {
    return plan(site, machine(own, done), kind, architecture);
  }

  private BootPlan plan(Site site, Machine machine, Client.Kind kind, int architecture) {
    return planner.plan(
        new PlanRequest(
            site,
            MemoryBook.of(machine),
            new Client(MAC, kind, Optional.of(architecture), Hardware.UNKNOWN),
            new Reach(
                site.segments().values().stream().findFirst(),
                SERVER,
                Optional.empty(),
                Optional.empty())));
  }

  private static Machine machine(String own, Installation done) {
    return Machine.unknown(MAC)
        .with(Assignment.NONE.withRole(Optional.of("lab-pc")).withPolicy(BootPolicy.named(own)))
        .with(done);
  }

  private Site with(RolePolicy policy) {
    Role old = example.roles().get("lab-pc");
    TreeMap<String, Role> roles = new TreeMap<>(example.roles());
    roles.put(
        "lab-pc",
        new Role(
            old.name(),
            old.description(),
            old.boot(),
            old.image(),
            old.arguments(),
            old.vars(),
            List.of(),
            List.of(),
            old.documents(),
            old.overlay(),
            policy,
            old.wants()));
    return new Site(
        example.folder(),
        example.settings(),
        example.segments(),
        roles,
        example.scripts(),
        example.images(),
        example.loaders());
  }

  private static Site withAttempts(Site site, int attempts) {
    Site.Settings old = site.settings();
    return new Site(
        site.folder(),
        new Site.Settings(
            old.name(),
            old.bootUrl(),
            old.httpPort(),
            old.https(),
            old.web(),
            old.tftp(),
            old.database(),
            old.options(),
            old.vars(),
            old.images(),
            old.downloads(),
            attempts),
        site.segments(),
        site.roles(),
        site.scripts(),
        site.images(),
        site.loaders());
  }
}
