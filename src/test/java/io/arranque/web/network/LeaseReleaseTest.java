package io.arranque.web.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.AddressOrder;
import io.arranque.dhcp.Lease;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.web.Browser;
import io.arranque.web.ControlPlane;
import io.arranque.web.World;
import io.arranque.web.views.Views;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leases by page and API; PC1 of sala5 has .101. */
@Timeout(60)
class LeaseReleaseTest {
  private static final Ipv4 OF_PC1 = Ipv4.of("192.168.33.101");
  private static final Ipv4 BAD = Ipv4.of("192.168.33.150");
  private static final Mac NOBODYS = Mac.of("00:1a:2b:3c:4d:5e");

  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    world.network.lease("192.168.33.120", NOBODYS, Duration.ofHours(2), "<b>laptop</b>");
    world.network.setAside.put(BAD, world.now.plusSeconds(600));
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private boolean isLive(Ipv4 address) {
    Lease lease = world.network.leases.get(address);
    return lease.isLive(world.now);
  }

  private int delete(String path) throws Exception {
    return browser.api("DELETE", path, "").statusCode();
  }

  @Test
  void aProgramReleasesALeaseOnceAndTheAuditSaysWho() throws Exception {
    assertThat(delete("/leases/192.168.33.101")).isEqualTo(204);
    assertThat(isLive(OF_PC1)).isFalse();
    assertThat(delete("/leases/192.168.33.101")).isEqualTo(404);
    assertThat(delete("/leases/192.168.33.7")).isEqualTo(404);
    assertThat(delete("/leases/seven")).isEqualTo(400);
    assertThat(world.book.committed())
        .filteredOn(InventoryChange.Audited.class::isInstance)
        .containsExactly(
            new InventoryChange.Audited(
                World.PC1, "admin-token@127.0.0.1", "lease of 192.168.33.101 released"));
  }

  @Test
  void whoeverSawAnotherMachineThereReleasesNothing() throws Exception {
    assertThat(delete("/leases/192.168.33.101?mac=52:54:00:00:00:02")).isEqualTo(409);
    assertThat(delete("/leases/192.168.33.101?mac=x")).isEqualTo(422);
    assertThat(isLive(OF_PC1)).isTrue();
    assertThat(delete("/leases/192.168.33.101?mac=52-54-00-00-00-01")).isEqualTo(204);
  }

  @Test
  void whatTheLaneDoesNotDoIsToldAsNotDone() throws Exception {
    world.network.answer = Optional.of(AddressOrder.Answer.NOT_WRITTEN);
    assertThat(delete("/leases/192.168.33.101")).isEqualTo(503);
    browser.logIn();
    HttpResponse<String> page =
        browser.form(
            "/leases/192.168.33.101/release", "csrf=" + browser.csrf() + "&mac=" + World.PC1);
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.body()).contains("nothing has changed");
    assertThat(world.book.committed()).isEmpty();
  }

  @Test
  void anOperatorReleasesWhereHeOperatesAndAnUnknownMachinesLeaseOnlyWhoOperatesEverywhere() {
    LeaseChanges changes = new LeaseChanges(world.parts());
    Grant sala5 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala5")));
    Grant sala6 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala6")));
    Grant all = new Grant(Level.OPERATOR, Optional.empty());
    Ipv4 nobodys = Ipv4.of("192.168.33.120");
    world.book.with(
        Machine.unknown(World.PC1)
            .with(
                new Machine.Assignment(
                    Optional.empty(),
                    Optional.of("sala5"),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of())));
    assertThat(changes.mayChange(sala5, OF_PC1)).isTrue();
    assertThat(changes.mayChange(sala6, OF_PC1)).isFalse();
    assertThat(changes.mayChange(Grant.VIEWER, OF_PC1)).isFalse();
    assertThat(changes.mayChange(sala5, nobodys)).isFalse();
    assertThat(changes.mayChange(all, nobodys)).isTrue();
    assertThat(changes.mayChange(sala5, BAD)).as("the segment's room").isTrue();
    assertThat(changes.mayChange(sala6, BAD)).isFalse();
  }

  @Test
  void thePageSaysWhatHappensBeforeItIsDoneAndThenDoesIt() throws Exception {
    browser.logIn();
    assertThat(browser.get("/network/sala5/192.168.33.101").body())
        .contains("The machine is not told", "This cannot be undone.", ">pc1</a>")
        .contains(Views.text(world.now.plus(Duration.ofHours(11))));
    String form = "csrf=" + browser.csrf() + "&mac=" + World.PC1;
    assertThat(browser.form("/leases/192.168.33.101/release", form).body())
        .contains("192.168.33.101 is released");
    assertThat(isLive(OF_PC1)).isFalse();
    assertThat(browser.get("/network/sala5/192.168.33.101").body())
        .contains("lease ended")
        .doesNotContain("/leases/192.168.33.101/release");
    assertThat(browser.form("/leases/192.168.33.101/release", form).statusCode()).isEqualTo(404);
    assertThat(browser.form("/leases/192.168.33.101/release", "mac=x").statusCode()).isEqualTo(403);
  }

  @Test
  void anAddressThatIsSetAsideIsListedWithItsTimeAndTakenBack() throws Exception {
    assertThat(browser.api("GET", "/set-aside", "").body())
        .contains("\"address\":\"192.168.33.150\",\"segment\":\"sala5\",\"until\":\"");
    browser.logIn();
    assertThat(browser.get("/network/sala5").body()).contains("/set-aside/192.168.33.150/use");
    String form = "csrf=" + browser.csrf();
    assertThat(browser.form("/set-aside/192.168.33.150/use", form).body())
        .contains("192.168.33.150 is given out again");
    assertThat(browser.api("DELETE", "/set-aside/192.168.33.150", "").statusCode()).isEqualTo(404);
    assertThat(browser.api("GET", "/set-aside", "").body()).isEqualTo("{\"setAside\":[]}");
  }

  @Test
  void leasesAreSearchedByPageAndApiAndWhatAMachineSaysIsText() throws Exception {
    assertThat(browser.api("GET", "/leases?q=1a-2b&limit=1", "").body())
        .contains("\"total\":1", "\"address\":\"192.168.33.120\"", "\"live\":true");
    assertThat(browser.api("GET", "/leases?offset=1", "").body())
        .contains("\"total\":2")
        .doesNotContain("192.168.33.101\"");
    assertThat(browser.api("GET", "/leases?limit=x", "").statusCode()).isEqualTo(422);
    assertThat(browser.api("GET", "/leases?state=dead", "").body()).contains("live, ended, all");
    browser.logIn();
    assertThat(browser.get("/leases?q=001a").body())
        .contains("192.168.33.120", "&lt;b&gt;laptop")
        .doesNotContain("<b>laptop", ">pc1<");
    assertThat(browser.get("/leases?q=%3Cscript%3E").body())
        .contains("No lease fits", "value=\"&lt;script&gt;\"");
  }

  @Test
  void theMapTellsTheStateOfEachAddressToProgramsToo() throws Exception {
    assertThat(browser.api("GET", "/subnets/sala5/addresses", "").body())
        .contains("\"address\":\"192.168.33.101\",\"last\":\"101\",\"state\":\"leased\"")
        .contains("\"address\":\"192.168.33.2\",\"last\":\"2\",\"state\":\"ours\"")
        .contains("\"address\":\"192.168.33.150\",\"last\":\"150\",\"state\":\"set-aside\"");
    assertThat(browser.api("GET", "/subnets/sala5/addresses?block=10.0.0.1", "").statusCode())
        .isEqualTo(422);
    assertThat(browser.api("GET", "/subnets/sala5", "").body()).contains("\"word\":\"ok\"");
    assertThat(browser.api("GET", "/subnets/nope", "").statusCode()).isEqualTo(404);
    assertThat(browser.api("GET", "/subnets/sala5/addresses/10.0.0.1", "").statusCode())
        .isEqualTo(404);
  }
}
