package io.arranque.http;

import static io.arranque.http.TestSite.MAC;
import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Boot;
import io.arranque.inventory.InventoryChange.BootStarted;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Within one boot a machine gets the same, whatever is edited or deleted meanwhile. */
@Timeout(60)
class UnchangedBootTest extends RunningBootServer {
  private static final String MACHINE = "/boot/52-54-00-12-34-56/";

  private String documents() throws Exception {
    get(SCRIPT);
    return MACHINE + book.boot(MAC).orElseThrow().nonce() + "/";
  }

  /** As if the operator had deleted the folder of role {@code worker}. */
  private void deleteRole() {
    SortedMap<String, io.arranque.site.Role> roles = new TreeMap<>(site.roles());
    roles.remove("worker");
    site =
        new Site(
            site.folder(),
            site.settings(),
            site.segments(),
            roles,
            site.scripts(),
            site.images(),
            site.loaders());
    server.siteChanged();
  }

  @Test
  void aRoleDeletedInTheMiddleOfABootIsStillServedToItsEnd() throws Exception {
    book.assign(MAC, "worker");
    String documents = documents();
    String fetched = get(documents + "cloud-config").body();
    byte[] overlay = bytes(documents + "overlay.cpio.gz").body();
    deleteRole();
    assertThat(get(documents + "cloud-config").body()).isEqualTo(fetched);
    assertThat(bytes(documents + "overlay.cpio.gz").body()).isEqualTo(overlay);
    assertThat(get(documents + "ignition.json"))
        .as("one that was not fetched before")
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200))
        .satisfies(
            answer ->
                assertThat(answer.body()).isEqualTo("{\"ignition\": {\"version\": \"3.3.0\"}}"));
  }

  /** RancherOS takes a 404 for good, and asks again for most of a minute after a 500. */
  @Test
  void afterARestartAMissingRoleIsOurErrorAndNotTheMachines() throws Exception {
    book.assign(MAC, "worker");
    String documents = documents();
    restart(settings());
    deleteRole();
    timeline.events().clear();
    HttpResponse<String> answer = get(documents + "cloud-config");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains(Reason.ROLE_UNKNOWN.sentence());
    assertThat(bytes(documents + "overlay.cpio.gz").statusCode()).isEqualTo(500);
  }

  @Test
  void whatIsAssignedInTheMiddleOfABootCountsForTheNext() throws Exception {
    book.assign(MAC, "worker");
    String documents = documents();
    Machine machine = book.machine(MAC).orElseThrow();
    book.with(
        machine.with(
            new Machine.Assignment(
                Optional.of("other"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("disk"),
                Map.of())));
    assertThat(get(documents + "cloud-config").body()).contains("hostname: pc-525400123456\n");
  }

  @Test
  void aMachineThatAsksAgainAtOnceGetsTheSameScriptOfTheSameBoot() throws Exception {
    restart(repeating(settings(), Duration.ofMinutes(1)));
    book.assign(MAC, "worker");
    String first = get(SCRIPT).body();
    Boot boot = book.boot(MAC).orElseThrow();
    assertThat(get(SCRIPT).body()).isEqualTo(first);
    assertThat(book.boot(MAC)).contains(boot);
    assertThat(book.committed()).filteredOn(BootStarted.class::isInstance).hasSize(1);
  }

  @Test
  void whatChangesAnythingMakesANewBootHoweverSoon() throws Exception {
    restart(repeating(settings(), Duration.ofMinutes(1)));
    book.assign(MAC, "worker");
    get(SCRIPT);
    Boot first = book.boot(MAC).orElseThrow();
    get(SCRIPT + "&serial=7");
    Boot second = book.boot(MAC).orElseThrow();
    assertThat(second.nonce()).isNotEqualTo(first.nonce());
    book.assign(MAC, "disk");
    assertThat(get(SCRIPT + "&serial=7").body()).contains("exit 1");
    Boot third = book.boot(MAC).orElseThrow();
    assertThat(third.role()).isEqualTo("disk");
    site = TestSite.at(folder);
    get(SCRIPT + "&serial=7");
    assertThat(book.boot(MAC).orElseThrow().nonce()).isNotEqualTo(third.nonce());
  }

  @Test
  void aChangedRoomMakesANewBoot() throws Exception {
    restart(repeating(settings(), Duration.ofMinutes(1)));
    book.assign(MAC, "worker");
    Machine machine = book.machine(MAC).orElseThrow();
    book.with(
        machine.with(
            new Machine.Assignment(
                Optional.empty(),
                Optional.of("sala5"),
                Optional.empty(),
                Optional.of("worker"),
                Map.of())));
    get(SCRIPT);
    Boot first = book.boot(MAC).orElseThrow();
    get(SCRIPT);
    assertThat(book.boot(MAC)).contains(first);
    book.with(new Room("sala5", "", Map.of("a", "b")));
    get(SCRIPT);
    assertThat(book.boot(MAC).orElseThrow().nonce()).isNotEqualTo(first.nonce());
  }
}
