package io.arranque.http;

import static io.arranque.http.TestSite.CLIENT;
import static io.arranque.http.TestSite.LOCAL;
import static io.arranque.http.TestSite.MAC;
import static io.arranque.http.TestSite.NONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.http.BootAnswer.Archive;
import io.arranque.http.BootAnswer.Download;
import io.arranque.http.BootAnswer.File;
import io.arranque.http.BootAnswer.Hold;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryChange.BootStarted;
import io.arranque.inventory.InventoryChange.Seen;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootDeskTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final String BOOT = "/boot/52-54-00-12-34-56/" + NONCE + "/";
  private static final String SCRIPT = "/ipxe?mac=52-54-00-12-34-56&platform=efi&buildarch=x86_64";

  private final BootDesk desk =
      new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ZERO);
  private final MemoryBook book = new MemoryBook();

  @Test
  void theFirstScriptNamesOurAddressAsTheMachineSeesIt() {
    assertThat(text("/boot.ipxe").body())
        .isEqualTo("#!ipxe\nchain http://10.77.0.1:8081/ipxe?mac=x\n");
  }

  @Test
  void aMachineWithARoleGetsItsScriptAndANewBoot() {
    book.assign(MAC, "worker");
    Text answer = text(SCRIPT);
    assertThat(answer.body())
        .isEqualTo("#!ipxe\nkernel http://10.77.0.1:8081/images/linux/vmlinuz\n");
    assertThat(answer.changes()).hasSize(2);
    assertThat(answer.changes().get(0)).isInstanceOf(Seen.class);
    assertThat(answer.changes().get(1))
        .isEqualTo(new BootStarted(new Boot(NONCE, MAC, CLIENT, "worker", NOW)));
    assertThat(answer.event()).contains(event(Stage.SCRIPT, Reason.OK, "role worker"));
  }

  @Test
  void theLocalDiskIsAnEventOfItsOwn() {
    book.assign(MAC, "disk");
    assertThat(text(SCRIPT).body()).isEqualTo("#!ipxe\nexit 1\n");
    assertThat(text(SCRIPT).event())
        .contains(event(Stage.LOCAL_DISK, Reason.LOCAL_DISK, "role disk"));
  }

  @Test
  void aMachineWithoutRoleShowsItsNameAndThenWaits() {
    Text shown = text(SCRIPT);
    assertThat(shown.body()).isEqualTo("#!ipxe\necho pc-525400123456 waits\n");
    assertThat(shown.event()).contains(event(Stage.WAITING, Reason.NO_ROLE, ""));
    assertThat(shown.changes()).singleElement().isInstanceOf(Seen.class);
    assertThat(answer("GET", SCRIPT + "&wait=1", "", CLIENT, NOW))
        .isInstanceOfSatisfying(
            Hold.class, hold -> assertThat(hold.meanwhile().body()).isEqualTo(shown.body()));
  }

  @Test
  void whatKeepsItFromBootingStandsInTheScript() {
    book.assign(MAC, "lost");
    Text answer = text(SCRIPT);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("#!ipxe\necho " + Reason.IMAGE_MISSING.sentence() + " (images/nowhere)");
    assertThat(answer.changes()).noneMatch(BootStarted.class::isInstance);
    assertThat(answer.event())
        .contains(event(Stage.SCRIPT, Reason.IMAGE_MISSING, "images/nowhere"));
  }

  @Test
  void aBrokenScriptNamesFileAndLineAndStartsNoBoot() {
    book.assign(MAC, "worker");
    BootSnapshot broken =
        new BootSnapshot(
            TestSite.at(Path.of("site"), "#!ipxe\n{{ nothing }}\n"), book, LeasedAddresses.UNKNOWN);
    Text answer = (Text) desk.answer(BootRoutes.parse("GET", SCRIPT), broken, exchange(""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("file-of/linux:2 no value named \"nothing\"");
    assertThat(answer.changes()).noneMatch(BootStarted.class::isInstance);
    assertThat(answer.event().orElseThrow().reason()).isEqualTo(Reason.TEMPLATE_BROKEN);
  }

  @Test
  void whereNoTemplateHelpsTheBuiltInScriptSaysWhy() {
    assertThat(text("/ipxe?mac=%22;shell%20$%7Bx%7D").body())
        .isEqualTo(
            """
            #!ipxe
            echo
            echo Arranque: this machine cannot boot yet.
            echo The request cannot be understood. mac= shell x
            echo It tries again every 30 seconds.
            :retry
            sleep 30
            chain --replace http://10.77.0.1:8081/boot.ipxe || goto retry
            """);
  }

  @Test
  void aDocumentIsRenderedOnceForABoot() {
    boot("worker");
    Text first = text(BOOT + "cloud-config");
    assertThat(first.body()).isEqualTo("#cloud-config\nhostname: pc-525400123456\n");
    assertThat(first.event().orElseThrow().stage()).isEqualTo(Stage.CLOUD_CONFIG);
    Machine.Assignment renamed =
        new Machine.Assignment(
            Optional.of("other"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("disk"),
            Map.of());
    book.with(book.machine(MAC).orElseThrow().with(renamed));
    assertThat(text(BOOT + "cloud-config").body()).isEqualTo(first.body());
  }

  @Test
  void documentsAreOfTheRoleThatTheBootBeganWith() {
    boot("worker").assign(MAC, "disk");
    assertThat(text(BOOT + "ignition.json").contentType()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.0.50, 0, " + NONCE + ", 200, OK",
    "10.77.0.50, 24, " + NONCE + ", 200, OK",
    "10.77.0.50, 25, " + NONCE + ", 410, NONCE_EXPIRED",
    "10.77.0.51, 0, " + NONCE + ", 403, OTHER_ADDRESS",
    "10.77.0.50, 0, 00000000000000000000000000000000, 404, NONCE_UNKNOWN",
    "10.77.0.50, 0, NONCE, 404, NONCE_UNKNOWN"
  })
  void onlyTheMachineItselfReadsItsDocuments(
      String address, int hours, String nonce, int status, Reason reason) {
    boot("worker").assign(MAC, "worker");
    Text answer =
        (Text)
            answer(
                "GET",
                "/boot/52-54-00-12-34-56/" + nonce + "/cloud-config",
                "",
                Ipv4.of(address),
                NOW.plus(Duration.ofHours(hours)));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.event().orElseThrow().reason()).isEqualTo(reason);
    if (status != 200) {
      assertThat(answer.body()).startsWith(reason.sentence());
    }
  }

  @Test
  void forAMachineNobodyKnowsNothingIsRecorded() {
    assertThat(text(BOOT + "cloud-config").event()).isEmpty();
  }

  @Test
  void aBrokenDocumentIsAServerErrorWithFileAndLine() {
    boot("worker");
    Text answer = text(BOOT + "broken");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("file-of/broken:2");
    assertThat(answer.event().orElseThrow().reason()).isEqualTo(Reason.TEMPLATE_BROKEN);
  }

  @Test
  void cloudInitGetsWhatItAsksForOfEveryRole() {
    boot("worker");
    assertThat(text(BOOT + "meta-data").body())
        .isEqualTo(
            "instance-id: 52-54-00-12-34-56-" + NONCE + "\nlocal-hostname: pc-525400123456\n");
    assertThat(text(BOOT + "user-data").body()).startsWith("#cloud-config");
    assertThat(text(BOOT + "vendor-data").body()).isEmpty();
    assertThat(text(BOOT + "network-config"))
        .satisfies(
            t -> assertThat(t.status()).isEqualTo(404), t -> assertThat(t.event()).isEmpty());
    assertThat(text(BOOT + "preseed.cfg"))
        .satisfies(
            t -> assertThat(t.status()).isEqualTo(404),
            t -> assertThat(t.event().orElseThrow().reason()).isEqualTo(Reason.DOCUMENT_UNKNOWN));
  }

  @Test
  void theOverlayHoldsTheRolesFiles() {
    boot("worker");
    Archive archive = (Archive) answer("GET", BOOT + "overlay.cpio.gz", "", CLIENT, NOW);
    assertThat(archive.files())
        .containsEntry("etc/hostname", "pc-525400123456\n")
        .containsEntry("usr/bin/early", "#!/bin/sh\n");
  }

  @Test
  void reportsOfMachinesBecomeEvents() {
    boot("worker");
    assertThat(report("pub_key_rsa=ssh-rsa+x&instance_id=i&hostname=pc-1"))
        .isEqualTo(event(Stage.UP, Reason.MACHINE_REPORTED, "pc-1"));
    assertThat(report("{\"stage\": \"registered\", \"message\": \"to r\\u0061ncher\"}"))
        .isEqualTo(event(Stage.REGISTERED, Reason.MACHINE_REPORTED, "to rancher"));
    assertThat(report("{\"stage\":\"failed\",\"message\":\"no\\ndisk\\u001b[0m\"}"))
        .isEqualTo(event(Stage.UP, Reason.MACHINE_FAILED, "no disk[0m"));
    assertThat(report("stage=registering&message=a+b"))
        .isEqualTo(event(Stage.REGISTERING, Reason.MACHINE_REPORTED, "a b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{", "{\"a\":1}", "{\"a\":\"b\"} x", "{\"stage\":\"\\x\"}", "stage=A%20B"})
  void aReportThatIsNoneIsRefused(String body) {
    boot("worker");
    assertThat(((Text) answer("POST", BOOT + "phone-home", body, CLIENT, NOW)).status())
        .isEqualTo(400);
  }

  @Test
  void aDownloadBelongsToTheMachineWithThatAddress() {
    boot("worker");
    book.with(
        book.machine(MAC)
            .orElse(Machine.unknown(MAC))
            .seen(new Sighting(MAC, Hardware.UNKNOWN, Optional.empty(), Optional.of(CLIENT), NOW)));
    assertThat(download("/images/linux/vmlinuz")).contains(new Download(MAC, Stage.KERNEL));
    assertThat(download("/images/linux/initrd")).contains(new Download(MAC, Stage.INITRD));
    assertThat(download("/images/linux/root.squashfs")).isEmpty();
    assertThat(download("/tftp/snponly.efi")).contains(new Download(MAC, Stage.LOADER));
    assertThat(text("/images/linux/image.yaml").status()).isEqualTo(404);
  }

  @Test
  void whatABootingMachineAsksForInVainStandsOnItsTimelineWhateverItIs() {
    assertThat(text("/agent/agent.tar.gz").event()).as("nobody boots there").isEmpty();
    boot("worker");
    BootEvent event = text("/agent/agent.tar.gz").event().orElseThrow();
    assertThat(event.mac()).isEqualTo(MAC);
    assertThat(event.reason()).isEqualTo(Reason.OTHER_FILE_MISSING);
    assertThat(event.detail()).isEqualTo("/agent/agent.tar.gz");
    assertThat(text("/agent/agent.tar.gz").body()).doesNotContain("agent.tar.gz");
    String folder = "/" + "x".repeat(250);
    assertThat(text(folder + folder).event().orElseThrow().detail()).hasSizeLessThan(250);
    assertThat(text(BOOT + "folder/file").event().orElseThrow().detail())
        .as("the nonce is nobody's business")
        .isEqualTo("/boot");
    assertThat(text("/").event()).isEmpty();
  }

  @Test
  void anUnwrittenBootIsAScriptThatSaysSo() {
    book.assign(MAC, "worker");
    Text answer =
        (Text)
            desk.failed(
                BootRoutes.parse("GET", SCRIPT),
                Reason.BOOT_NOT_WRITTEN,
                TestSite.snapshot(book),
                exchange(""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("echo " + Reason.BOOT_NOT_WRITTEN.sentence());
  }

  private MemoryBook boot(String role) {
    return book.with(Machine.unknown(MAC)).with(new Boot(NONCE, MAC, CLIENT, role, NOW));
  }

  private BootEvent report(String body) {
    return answer("POST", BOOT + "phone-home", body, CLIENT, NOW).event().orElseThrow();
  }

  private Optional<Download> download(String target) {
    return ((File) answer("GET", target, "", CLIENT, NOW)).download();
  }

  private Text text(String target) {
    return (Text) answer("GET", target, "", CLIENT, NOW);
  }

  private BootAnswer answer(String method, String target, String body, Ipv4 client, Instant now) {
    return desk.answer(
        BootRoutes.parse(method, target),
        TestSite.snapshot(book),
        new Exchange(client, LOCAL, now, NONCE, body));
  }

  private static Exchange exchange(String body) {
    return new Exchange(CLIENT, LOCAL, NOW, NONCE, body);
  }

  private static BootEvent event(Stage stage, Reason reason, String detail) {
    return BootEvent.of(NOW, MAC, stage, reason, Optional.of(CLIENT), detail);
  }
}
