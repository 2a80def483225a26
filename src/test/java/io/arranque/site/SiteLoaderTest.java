package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionSetting;
import io.arranque.site.Role.Var;
import io.arranque.site.Segment.Mode;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.Site.Settings;
import io.arranque.site.Site.Tftp;
import io.arranque.site.Site.Web;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteLoaderTest {
  private static Site good(String name) {
    Loaded loaded = SiteLoader.load(SiteOnDisk.SITES.resolve(name));
    assertThat(loaded.problems().all()).isEmpty();
    return loaded.site().orElseThrow();
  }

  private static <T> T named(String name, Map<String, T> values) {
    assertThat(values).containsKey(name);
    return Objects.requireNonNull(values.get(name));
  }

  @Test
  void theDefaultsOfSettingsAreTheseOnes() {
    assertThat(good("minimal").settings())
        .isEqualTo(
            new Settings(
                "Arranque",
                Optional.empty(),
                8081,
                new Web(Ipv4.of("0.0.0.0"), 8080),
                new Tftp(69, 1468, 64),
                Optional.empty(),
                Map.of()));
  }

  @Test
  void theDefaultsOfASegmentAreTheseOnes() {
    assertThat(named("wire", good("minimal").segments()))
        .isEqualTo(
            new Segment(
                "wire",
                Cidr.of("10.5.0.0/24"),
                Optional.empty(),
                false,
                Mode.SERVER,
                false,
                List.of(AddressRange.of("10.5.0.10-10.5.0.20")),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Duration.ofHours(12),
                List.of(),
                Map.of(),
                new UnknownMachines.Discover(),
                Optional.empty(),
                Map.of()));
  }

  @Test
  void theDefaultsOfARoleAndItsVarsAreTheseOnes() {
    assertThat(named("plain", good("minimal").roles()))
        .isEqualTo(
            new Role(
                "plain",
                "",
                "discover",
                Optional.empty(),
                "",
                Map.of("note", new Var(VarType.STRING, false, Optional.empty(), "")),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>()));
  }

  @Test
  void theDefaultsOfAnImageAreTheseOnes(@TempDir Path folder) {
    SiteOnDisk site = SiteOnDisk.copyOf("minimal", folder);
    site.write("images/os/vmlinuz", "kernel").write("images/os/initrd", "initrd");
    assertThat(site.load().site().orElseThrow().images())
        .containsExactly(
            Map.entry("os", new Image("os", Optional.empty(), "vmlinuz", List.of("initrd"), "")));
  }

  @Test
  void theWordAutoMeansTheDefault(@TempDir Path folder) {
    SiteOnDisk site = SiteOnDisk.copyOf("minimal", folder);
    site.write("arranque.yaml", "boot-url: auto\ndatabase: auto\nvars: { }\nhttp:\n");
    assertThat(site.load().site().orElseThrow().settings()).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void everySettingCanBeSet() {
    assertThat(good("complete").settings())
        .isEqualTo(
            new Settings(
                "Sala 5",
                Optional.of("http://boot.example:9081"),
                9081,
                new Web(Ipv4.of("10.5.0.1"), 9080),
                new Tftp(6969, 512, 4),
                Optional.of("jdbc:postgresql://db.example/arranque"),
                Map.of(
                    "ntp",
                    "10.5.0.1",
                    "workers",
                    3L,
                    "mode",
                    "0755",
                    "debug",
                    true,
                    "mirrors",
                    List.of("a", "b"))));
  }

  @Test
  void everyKeyOfASegmentCanBeSet() {
    Segment segment = named("wire", good("complete").segments());
    assertThat(segment)
        .isEqualTo(
            new Segment(
                "wire",
                Cidr.of("10.5.0.0/24"),
                Optional.of("eth1"),
                false,
                Mode.OFF,
                true,
                List.of(AddressRange.of("10.5.0.10-10.5.0.20"), AddressRange.of("10.5.0.30")),
                Optional.of(Ipv4.of("10.5.0.1")),
                List.of(Ipv4.of("10.5.0.1"), Ipv4.of("10.5.0.2")),
                Optional.of("sala5.lab"),
                Duration.ofDays(14),
                List.of(
                    OptionSetting.of(new DhcpOption.Addresses(42, List.of(Ipv4.of("10.5.0.1")))),
                    OptionSetting.of(new DhcpOption.Addresses(150, List.of(Ipv4.of("10.5.0.1"))))),
                Map.of(
                    Mac.of("52:54:00:12:34:56"), Ipv4.of("10.5.0.40"),
                    Mac.of("52:54:00:12:34:57"), Ipv4.of("10.5.0.11")),
                new UnknownMachines.Use("worker"),
                Optional.of("sala5"),
                Map.of("disk", "/dev/vda")));
  }

  @Test
  void aSegmentWithoutInterfaceIsReachedThroughARelayOnly() {
    Segment far = named("far", good("complete").segments());
    assertThat(far.relayOnly()).isTrue();
    assertThat(far.interfaceName()).isEmpty();
    assertThat(far.mode()).isEqualTo(Mode.PROXY);
  }

  @Test
  void everyKeyOfARoleCanBeSet() {
    Role worker = named("worker", good("complete").roles());
    assertThat(worker.description()).isEqualTo("A worker");
    assertThat(worker.boot()).isEqualTo("local");
    assertThat(worker.image()).contains("os");
    assertThat(worker.arguments()).isEqualTo("quiet");
    assertThat(worker.vars().keySet()).containsExactly("server", "disk", "count");
    assertThat(worker.vars())
        .containsEntry("server", new Var(VarType.URL, true, Optional.empty(), ""))
        .containsEntry(
            "disk", new Var(VarType.DEVICE, false, Optional.of("/dev/sda"), "Formatted if empty"))
        .containsEntry("count", new Var(VarType.INTEGER, false, Optional.of(4L), ""));
    assertThat(worker.match())
        .<java.util.Map<String, String>>extracting(Rule::texts)
        .containsExactly(Map.of("room", "sala5"), Map.of("vendor", "Dell*", "firmware", "uefi"));
  }

  @Test
  void documentsAreTheOtherFilesOfTheRoleWithoutNotesAndBackups() {
    assertThat(named("worker", good("complete").roles()).documents())
        .containsExactly(
            Map.entry(
                "meta-data",
                new Script("meta-data", "cloud-init/worker/meta-data", "instance-id: x\n")),
            Map.entry(
                "user-data",
                new Script(
                    "user-data", "cloud-init/worker/user-data", "#cloud-config\nhostname: x\n")));
  }

  @Test
  void scriptsImagesAndLoadersAreKnownByName() {
    Site site = good("complete");
    assertThat(site.scripts().keySet()).containsExactly("boot", "discover", "error", "local");
    assertThat(named("local", site.scripts()).text()).isEqualTo("#!ipxe\nexit 1\n");
    assertThat(site.loaders())
        .containsExactlyInAnyOrder("undionly.kpxe", "snponly.efi", "ipxe.efi");
    assertThat(site.images().values())
        .containsExactly(
            new Image("bare", Optional.empty(), "vmlinuz", List.of(), ""),
            new Image(
                "os",
                Optional.of("12"),
                "linux",
                List.of("first.img", "second.img"),
                "console=ttyS0"));
  }

  @Test
  void theRepositoryItselfIsAGoodSite() {
    Loaded loaded = SiteLoader.load(Path.of("."));
    assertThat(loaded.problems().errors()).isEmpty();
    // A fresh clone has neither images nor loaders; nothing else may be amiss.
    assertThat(loaded.problems().warnings())
        .extracting(Problem::message)
        .allMatch(
            message -> message.matches("(incomplete image|missing images|missing loaders),.*"));
    assertThat(loaded.site().orElseThrow().segments()).containsKey("sala5");
  }

  @Test
  void tenMistakesAreTenLinesWithFileAndLine() {
    Loaded loaded = SiteLoader.load(SiteOnDisk.SITES.resolve("ten-mistakes"));
    assertThat(loaded.site()).isEmpty();
    assertThat(loaded.problems().toString())
        .isEqualTo(
            """
            arranque.yaml:2 web.port: not a number in range, wanted 1 to 65535, got "70000"
            cloud-init/worker/role.yaml:2 boot: no such script, wanted boot or discover or error or local, got "locl", did you mean "local"?
            cloud-init/worker/role.yaml:5 vars.disk.default: not a device, wanted a device path such as /dev/sda, or LABEL=… or UUID=…, got "sda"
            dhcp/sala5.yaml:3 pool[0]: outside the subnet, wanted one in 192.168.33.0/24, got 192.168.34.100
            dhcp/sala5.yaml:5 dns: not a single value, wanted e.g. 192.168.33.1, got a mapping
            dhcp/sala5.yaml:7 lease-time: not a duration, wanted e.g. 12h, 30m or 1d, got "12 hourz"
            dhcp/sala5.yaml:8 unknown-machines: no such role, wanted discover or ignore or kiosk or worker, got "workr", did you mean "worker"?
            dhcp/sala5.yaml:9 leasetime: unknown key, did you mean "lease-time"?
            dhcp/sala6.yaml:5 reservations.52:54:00:00:00:02: an address twice, wanted one of its own, got 192.168.36.10, which 52:54:00:00:00:01 has
            dhcp/sala6.yaml:7 options.bootfile-name: not an option to set here, wanted none: the boot plan decides it for each firmware; use the key "boot" of a role""");
  }
}
