package io.arranque.http;

import static io.arranque.http.TestSite.CLIENT;
import static io.arranque.http.TestSite.LOCAL;
import static io.arranque.http.TestSite.MAC;
import static io.arranque.http.TestSite.NONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Installations;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.plan.Planner;
import io.arranque.plan.Templates;
import io.arranque.site.BootPolicy;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine's boots one after the other, each committed before the next. */
class InstallOnceTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SCRIPT = "/ipxe?mac=52-54-00-12-34-56&platform=efi&buildarch=x86_64";
  private static final String REPORT = "/boot/52-54-00-12-34-56/" + NONCE + "/phone-home";

  private final BootDesk desk =
      new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ZERO);
  private final MemoryBook book = new MemoryBook();

  private void assigned(BootPolicy policy) {
    book.with(
        Machine.unknown(MAC)
            .with(Assignment.NONE.withRole(Optional.of("worker")).withPolicy(Optional.of(policy))));
  }

  @Test
  void it_boots_its_role_until_it_reports_and_then_its_own_disk() throws Exception {
    assigned(BootPolicy.INSTALL_ONCE);
    assertThat(boot().stage()).isEqualTo(Stage.SCRIPT);
    assertThat(report("{\"stage\":\"up\"}").stage()).isEqualTo(Stage.UP);
    assertThat(boot().stage()).isEqualTo(Stage.SCRIPT);

    assertThat(report("{\"stage\":\"installed\",\"message\":\"12 GB\"}"))
        .isEqualTo(event(Stage.INSTALLED, Reason.MACHINE_REPORTED, "12 GB"));

    assertThat(boot()).isEqualTo(event(Stage.LOCAL_DISK, Reason.INSTALLED, "role worker"));
    assertThat(boot()).isEqualTo(event(Stage.LOCAL_DISK, Reason.INSTALLED, "role worker"));
    again(BootPolicy.INSTALL_ONCE);
    assertThat(boot()).isEqualTo(event(Stage.SCRIPT, Reason.OK, "role worker"));
  }

  @Test
  void one_that_never_reports_is_stopped_after_three_boots_and_may_be_let_try_again()
      throws Exception {
    assigned(BootPolicy.INSTALL_ONCE);
    for (int i = 0; i < 3; i++) {
      assertThat(boot().reason()).as("boot " + i).isEqualTo(Reason.OK);
    }
    assertThat(boot()).isEqualTo(event(Stage.LOCAL_DISK, Reason.INSTALL_LOOP, "role worker"));
    assertThat(machine().installation().unreported()).isEqualTo(3);
    again(BootPolicy.INSTALL_ONCE);
    assertThat(boot().reason()).isEqualTo(Reason.OK);
    assertThat(machine().installation().unreported()).isEqualTo(1);
  }

  @Test
  void the_one_boot_from_the_network_is_one() throws Exception {
    assigned(BootPolicy.NEXT_BOOT);
    assertThat(boot().reason()).isEqualTo(Reason.OK);
    assertThat(boot().reason()).isEqualTo(Reason.BOOTED_ONCE);
    again(BootPolicy.NEXT_BOOT);
    assertThat(boot().reason()).isEqualTo(Reason.OK);
    assertThat(boot().reason()).isEqualTo(Reason.BOOTED_ONCE);
  }

  /** An installer that fetches its script again because a packet got lost has not failed. */
  @Test
  void a_repeated_request_within_one_boot_is_not_a_boot_more() throws Exception {
    BootDesk patient =
        new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ofMinutes(1));
    assigned(BootPolicy.NEXT_BOOT);
    Site site = TestSite.at(Path.of("site"));
    BootSnapshot snapshot = new BootSnapshot(site, book, LeasedAddresses.UNKNOWN);
    BootAnswer first = patient.answer(BootRoutes.parse("GET", SCRIPT), snapshot, exchange(""));
    book.commit(now -> first.changes());

    Text repeated = (Text) patient.ready(BootRoutes.parse("GET", SCRIPT), snapshot, exchange(""));
    assertThat(repeated).isNotNull();
    assertThat(repeated.body()).isEqualTo(((Text) first).body());
    assertThat(repeated.changes()).isEmpty();
  }

  /** A virtual PC is back within a second of its report. */
  @Test
  void a_machine_that_comes_back_at_once_after_its_report_is_not_installed_again()
      throws Exception {
    BootDesk patient =
        new BootDesk(new Planner(new Templates()), Duration.ofHours(24), Duration.ofMinutes(1));
    assigned(BootPolicy.INSTALL_ONCE);
    Site site = TestSite.at(Path.of("site"));
    BootSnapshot snapshot = new BootSnapshot(site, book, LeasedAddresses.UNKNOWN);
    BootAnswer first = patient.answer(BootRoutes.parse("GET", SCRIPT), snapshot, exchange(""));
    book.commit(now -> first.changes());
    BootAnswer report =
        patient.answer(
            BootRoutes.parse("POST", REPORT), snapshot, exchange("{\"stage\":\"installed\"}"));
    book.commit(now -> report.changes());

    assertThat(patient.ready(BootRoutes.parse("GET", SCRIPT), snapshot, exchange(""))).isNull();
    BootAnswer second = patient.answer(BootRoutes.parse("GET", SCRIPT), snapshot, exchange(""));
    assertThat(second.event().orElseThrow().stage()).isEqualTo(Stage.LOCAL_DISK);
  }

  @Test
  void a_report_of_another_boot_finishes_nothing() throws Exception {
    assigned(BootPolicy.INSTALL_ONCE);
    boot();
    Text answer =
        (Text)
            desk.answer(
                BootRoutes.parse("POST", REPORT.replace(NONCE, "f".repeat(32))),
                TestSite.snapshot(book),
                exchange("{\"stage\":\"installed\"}"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"memory=16G, 16384, 0", "memory=8192&cpus=4, 8192, 4", "memory=lots, 0, 0"})
  void a_system_may_tell_how_large_it_is(String told, int memory, int cpus) throws Exception {
    assigned(BootPolicy.ALWAYS);
    boot();
    report("stage=up&" + told);
    assertThat(machine().hardware().memory().orElse(0)).isEqualTo(memory);
    assertThat(machine().hardware().cpus().orElse(0)).isEqualTo(cpus);
  }

  /** As QEMU's SMBIOS told Debian's iPXE: one module of 3000 MiB; two sockets of one core. */
  @ParameterizedTest
  @CsvSource({
    "b80b-00000000.-.-.-.-.-.-.-, 01.01, 3000, 2",
    "2823-00000000.-.-.-.-.-.-.-, 02., 9000, 2",
    "0020-00000000.0000-00000000.0020-00000000, 06., 16384, 6",
    "ff7f-00000100.ff7f-00000100, 20., 131072, 32",
    "0080-, ff., 0, 255",
    "ffff-00000000, ., 0, 0",
    "zz, zz, 0, 0",
    "0084-., 00., 1, 0",
  })
  void memory_and_processors_are_read_from_raw_smbios(
      String memory, String cpus, int expectedMemory, int expectedCpus) throws Exception {
    assigned(BootPolicy.ALWAYS);
    commit("GET", SCRIPT + "&memory=" + memory + "&cpus=" + cpus, "");
    assertThat(machine().hardware().memory().orElse(0)).isEqualTo(expectedMemory);
    assertThat(machine().hardware().cpus().orElse(0)).isEqualTo(expectedCpus);
  }

  private void again(BootPolicy policy) throws Exception {
    book.commit(
        now ->
            ((io.arranque.inventory.Assignments.Decision.Accepted)
                    Installations.again(now, MAC, policy, "ana"))
                .changes());
  }

  private Machine machine() {
    return book.machine(MAC).orElseThrow();
  }

  private BootEvent boot() throws Exception {
    return commit("GET", SCRIPT, "");
  }

  private BootEvent report(String body) throws Exception {
    return commit("POST", REPORT, body);
  }

  private BootEvent commit(String method, String target, String body) throws Exception {
    BootAnswer answer =
        desk.answer(BootRoutes.parse(method, target), TestSite.snapshot(book), exchange(body));
    book.commit(now -> answer.changes());
    return answer.event().orElseThrow();
  }

  private static Exchange exchange(String body) {
    return new Exchange(CLIENT, LOCAL, NOON, NONCE, body);
  }

  private static BootEvent event(Stage stage, Reason reason, String detail) {
    return BootEvent.of(NOON, MAC, stage, reason, Optional.of(CLIENT), detail);
  }
}
