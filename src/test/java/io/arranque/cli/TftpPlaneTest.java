package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.MemoryTimeline;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.LeasedAddresses;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.tftp.Outcome;
import io.arranque.tftp.TftpAnswer;
import io.arranque.tftp.TftpFiles;
import io.arranque.tftp.TftpFolderServer;
import io.arranque.tftp.TftpName;
import io.arranque.tftp.TransferReport;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made for the machine that asks by TFTP, beside the files. */
class TftpPlaneTest {
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Ipv4 ADDRESS = Ipv4.of("192.168.33.57");
  private static final Ipv4 SERVER = Ipv4.of("192.168.33.1");

  @TempDir private Path folder;
  private Site site;
  private MemoryBook book = MemoryBook.of();

  @BeforeEach
  void load() throws Exception {
    site = ExampleSite.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoexec.ipxe", "/AUTOEXEC.IPXE", "efi64\\autoexec.ipxe"})
  void autoexecIsTheFirstScript(String name) {
    assertThat(text(name)).startsWith("#!ipxe").contains("http://192.168.33.1:8081/ipxe?mac=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pxelinux.cfg/01-52-54-00-12-34-56",
        "/boot/pxelinux.cfg/01-52-54-00-12-34-56",
        "PXELINUX.CFG\\01-52-54-00-12-34-56"
      })
  void pxelinuxGoesOnWithIpxe(String name) {
    assertThat(text(name))
        .isEqualTo(
            """
            # Arranque: pc-525400123456: The machine has no role yet.
            SAY Arranque: pc-525400123456: The machine has no role yet.
            DEFAULT ipxe
            PROMPT 0
            LABEL ipxe
              PXE undionly.kpxe
            """);
  }

  @Test
  void aMachineWithTheRoleOfItsOwnDiskIsSentThereByEveryLoader() throws Exception {
    Path role = Files.createDirectories(folder.resolve("cloud-init/disk"));
    Files.writeString(role.resolve("role.yaml"), "description: own disk\nboot: local-disk\n");
    site = io.arranque.site.SiteLoader.load(folder).site().orElseThrow();
    book = MemoryBook.of(machine("disk"));
    assertThat(text("pxelinux.cfg/01-52-54-00-12-34-56")).contains("LOCALBOOT 0");
    assertThat(text("grub/grub.cfg-01-52-54-00-12-34-56")).contains("exit 1").doesNotContain("efi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grub.cfg-01-52-54-00-12-34-56",
        "grub/grub.cfg-01-52:54:00:12:34:56",
        "boot/grub/grub.cfg-01-52-54-00-12-34-56"
      })
  void grubGoesOnWithTheIpxeOfItsFirmware(String name) {
    assertThat(text(name))
        .startsWith("# Arranque: pc-525400123456: The machine has no role yet.\nset timeout=0\n")
        .contains(
            """
            if [ "$grub_platform-$grub_cpu" = "efi-x86_64" ]; then
              chainloader (tftp,192.168.33.1)/snponly.efi
              boot
            fi
            """)
        .doesNotContain("arm64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pxelinux.cfg/default", "pxelinux.cfg/C0A82139", "grub/grub.cfg"})
  void withoutAMacInTheNameItIsTheMachineThatHasTheAddress(String name) {
    assertThat(text(name)).as("nobody knows it").contains("Arranque: going on with iPXE");
    book = MemoryBook.of(machine("no-such-role"));
    assertThat(text(name)).contains("Arranque: pc-07: The machine's role has no folder");
  }

  @Test
  void theSameQuestionHasTheSameAnswer() {
    assertThat(text("grub/grub.cfg")).isEqualTo(text("grub/grub.cfg"));
  }

  @Test
  void anOperatorsOwnFilesAreNotMixedWithOurs() throws Exception {
    Path own = Files.createDirectories(folder.resolve("tftp/pxelinux.cfg"));
    Files.writeString(own.resolve("default"), "DEFAULT menu.c32\n");
    assertThat(open("pxelinux.cfg/default")).isInstanceOf(TftpAnswer.InFile.class);
    assertThat(open("pxelinux.cfg/01-52-54-00-12-34-56")).isInstanceOf(TftpAnswer.Refused.class);
    assertThat(text("grub/grub.cfg")).contains("chainloader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pxelinux.cfg/b8945908-d6a6-41a9-611d-74a6ab80b83d",
        "pxelinux.cfg/01-52-54-00-12-34",
        "grub.cfg-x",
        "grub/grub.cfg/x",
        "undionly.kpxe.cfg"
      })
  void otherNamesAreFilesOrNothing(String name) {
    assertThat(open(name))
        .isInstanceOfSatisfying(
            TftpAnswer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.FILE_MISSING));
  }

  @Test
  void aMachineThatIsIgnoredIsToldNothing() throws Exception {
    Path segment = folder.resolve("dhcp/sala5.yaml");
    String text = Files.readString(segment).replaceAll("(?m)^#? ?unknown-machines:.*$", "");
    Files.writeString(segment, text + "\nunknown-machines: ignore\n");
    site = io.arranque.site.SiteLoader.load(folder).site().orElseThrow();
    assertThat(open("pxelinux.cfg/01-52-54-00-12-34-56"))
        .isInstanceOfSatisfying(
            TftpAnswer.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.MACHINE_IGNORED));
  }

  private static Machine machine(String role) {
    Machine unknown = Machine.unknown(MAC);
    return new Machine(
        MAC,
        new Assignment(
            Optional.of("pc-07"), Optional.empty(), Optional.empty(), Optional.of(role), Map.of()),
        unknown.hardware(),
        Optional.of("sala5"),
        Optional.of(ADDRESS),
        unknown.switchPort(),
        unknown.firstSeen(),
        unknown.lastSeen());
  }

  private String text(String name) {
    TftpAnswer answer = open(name);
    assertThat(answer).isInstanceOf(TftpAnswer.InMemory.class);
    return StandardCharsets.UTF_8.decode(((TftpAnswer.InMemory) answer).content()).toString();
  }

  @Test
  void aFileAskedForBeforeTheInventoryHasHeardOfTheLeaseIsTheMachines() {
    MemoryTimeline timeline = new MemoryTimeline();
    plane(LeasedAddresses.UNKNOWN, timeline).finished(refused());
    assertThat(timeline.of(MAC, 9)).isEmpty();

    LeasedAddresses leased =
        new LeasedAddresses() {
          @Override
          public Optional<Ipv4> of(Mac mac, Segment segment) {
            return Optional.of(ADDRESS);
          }

          @Override
          public Optional<Mac> holder(Ipv4 address) {
            return Optional.of(MAC).filter(mac -> address.equals(ADDRESS));
          }
        };
    plane(leased, timeline).finished(refused());
    assertThat(timeline.of(MAC, 9)).extracting(BootEvent::detail).containsExactly("gone.0");
  }

  private static TransferReport refused() {
    return new TransferReport(
        ADDRESS,
        2070,
        "gone.0",
        0,
        0,
        0,
        0,
        0,
        Instant.EPOCH,
        Duration.ZERO,
        Outcome.REFUSED,
        Reason.FILE_MISSING,
        "");
  }

  private TftpPlane plane(LeasedAddresses leased, MemoryTimeline timeline) {
    Inventory inventory = book;
    return new TftpPlane(
        new TftpFolderServer(folder.resolve("tftp")),
        () -> site,
        new Planner(new Templates()),
        inventory,
        leased,
        timeline,
        InstantSource.system());
  }

  private TftpAnswer open(String name) {
    TftpPlane plane = plane(LeasedAddresses.UNKNOWN, new MemoryTimeline());
    return plane.open(new TftpFiles.Request(TftpName.parse(name).orElseThrow(), ADDRESS, SERVER));
  }
}
