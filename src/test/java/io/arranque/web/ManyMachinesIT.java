package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.address.Ipv4;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand machines in a real browser. What is measured goes to the log, for
 * docs/performance.md; asserted is only what does not depend on the machine's mood.
 */
class ManyMachinesIT {
  private static final int LAST = BigSite.MACHINES - 1;
  private static final String ID = BigSite.mac(LAST).hyphenated();
  private static final List<Stage> MOVES =
      List.of(Stage.REGISTERED, Stage.KERNEL, Stage.REGISTERED, Stage.KERNEL, Stage.REGISTERED);
  private static final System.Logger LOG = System.getLogger("ManyMachinesIT");

  private static final String SEAT = "document.querySelector('.seat[data-id=\"" + ID + "\"]')";
  private static final String SEATED =
      "() => document.querySelectorAll('.picture .seat[data-mac]:not([data-mac=\"\"])').length";

  @Test
  @Timeout(300)
  void site_room_list_and_network_are_one_request_each_and_a_change_one_tile(@TempDir Path folder)
      throws Exception {
    BigSite big = new BigSite(folder, 50);
    try (ControlPlane plane = big.world.plane();
        Chrome chrome = Chrome.open()) {
      Page page = page(plane, chrome);
      Gauge gauge = new Gauge(page);

      show(gauge, plane, "/");
      assertThat(page.locator(".room-card .mini use[id]")).hasCount(BigSite.MACHINES);
      assertThat(page.locator(".room-card")).hasCount(51);
      changes(
          big, gauge, state -> "document.getElementById('m-" + ID + "').matches('" + state + "')");

      show(gauge, plane, "/rooms/" + BigSite.room(49));
      assertThat(page.evaluate(SEATED)).isEqualTo(40);
      changes(big, gauge, state -> SEAT + ".firstChild.matches('" + state + "')");

      show(gauge, plane, "/machines");
      assertThat(page.locator("#rows tr")).hasCount(BigSite.MACHINES);
      assertThat(page.evaluate("() => window.find('h1990')")).as("found").isEqualTo(true);
      isWithinReach(page, "h1998", "#row-" + BigSite.mac(1_998).hyphenated() + " a");
      changes(
          big, gauge, state -> "document.querySelector('#row-" + ID + " " + state + "') !== null");
      LOG.log(
          System.Logger.Level.INFO,
          "typed to filtered " + gauge.until("rows.rows[1998].hidden", () -> type(page)) + " ms");
      assertThat(page.locator("#rows tr:not([hidden])")).hasCount(1);

      show(gauge, plane, "/network");
      aside(big, gauge, "document.getElementById('network-beside').textContent.includes('%s')");
      show(gauge, plane, "/network/campus?block=10.9.8.0");
      assertThat(page.locator(".map a.cell")).hasCount(256);
      aside(big, gauge, "document.querySelector('[data-key=\"%s\"] .a-set-aside') !== null");
      assertThat(chrome.complaints()).isEmpty();
    }
  }

  @Test
  @Timeout(300)
  void a_room_of_two_thousand_is_drawn_as_a_whole_and_a_storm_leaves_it_at_hand(
      @TempDir Path folder) throws Exception {
    BigSite big = new BigSite(folder, 1);
    try (ControlPlane plane = big.world.plane();
        Chrome chrome = Chrome.open()) {
      Page room = page(plane, chrome);
      Gauge ofRoom = new Gauge(room);
      show(ofRoom, plane, "/rooms/" + BigSite.room(0));
      assertThat(room.evaluate(SEATED)).isEqualTo(BigSite.MACHINES);
      assertThat(room.evaluate("() => window.find('1999')")).as("found").isEqualTo(true);
      room.evaluate("() => document.getElementById('scroll').scrollTo(0, 0)");
      isWithinReach(room, "h1998", ".seat[data-seat='1999'] .face");
      changes(big, ofRoom, state -> SEAT + ".firstChild.matches('" + state + "')");

      Page list = page(plane, chrome);
      Gauge ofList = new Gauge(list);
      show(ofList, plane, "/machines");
      Page site = page(plane, chrome);
      Gauge ofSite = new Gauge(site);
      show(ofSite, plane, "/");
      for (Gauge gauge : List.of(ofRoom, ofList, ofSite)) {
        gauge.worst();
      }
      room.locator(".face[tabindex='0']").focus();
      list.locator("#filter").focus();
      storm(big, room, list);
      site.waitForFunction("() => document.querySelectorAll('.mini .s-loading').length === 2000");
      room.waitForFunction("() => document.querySelectorAll('.face.s-loading').length === 2000");
      list.waitForFunction("() => document.querySelectorAll('#rows .s-loading').length === 2000");
      log("storm, room", ofRoom.worst());
      log("storm, list", ofList.worst());
      log("storm, site", ofSite.worst());
      assertThat(chrome.complaints()).isEmpty();

      room.click("#as-list");
      room.waitForFunction("() => document.querySelectorAll('#rows tr').length === 2000");
      log("room as list", ofRoom.worst());
      changes(
          big,
          ofRoom,
          state -> "document.querySelector('#rows tr:last-child " + state + "') !== null");
      log("room as list, three changes", ofRoom.worst());
      room.click("#as-picture");
      log("room as picture again", ofRoom.worst());
      room.click("#select-all");
      log("room, all selected", ofRoom.worst());
      room.click("#select-row");
      log("room, their rows selected", ofRoom.worst());
      assertThat(room.locator("#picked")).containsText("2000");
    }
  }

  /** Every machine begins to load within ten seconds, while somebody uses the keyboard. */
  private static void storm(BigSite big, Page room, Page list) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Thread storm =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < BigSite.MACHINES; i++) {
                  big.move(i, Stage.KERNEL, "storm");
                  if (i % 50 == 49 && over.await(250, TimeUnit.MILLISECONDS)) {
                    return;
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "storm");
    storm.start();
    for (int i = 0; storm.isAlive(); i++) {
      room.keyboard().press(i % 2 == 0 ? "ArrowRight" : "ArrowLeft");
      list.keyboard().type(i % 2 == 0 ? "h" : "1");
      list.fill("#filter", "");
    }
    over.countDown();
    storm.join();
  }

  /** Out of sight it is not laid out, and named and focused all the same. */
  private static void isWithinReach(Page page, String name, String focusable) {
    assertThat(page.locator(focusable)).not().isInViewport();
    page.locator(focusable).focus();
    assertThat(page.locator(focusable)).isInViewport();
    assertThat(page.locator(focusable)).hasAccessibleName(Pattern.compile(name));
  }

  private static void type(Page page) {
    page.fill("#filter", "h1999");
  }

  private static Page page(ControlPlane plane, Chrome chrome) throws Exception {
    if (plane.port() == 0) {
      plane.start();
    }
    Page page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate(plane.newLoginLink("127.0.0.1"));
    return page;
  }

  private static void log(String what, Map<?, ?> figures) {
    LOG.log(System.Logger.Level.INFO, what + ": " + Gauge.text(figures));
  }

  /** Twice: the first time the appliance itself is cold. */
  private static void show(Gauge gauge, ControlPlane plane, String path) {
    String url = "http://127.0.0.1:" + plane.port() + path;
    log(path + " first", gauge.open(url));
    Map<?, ?> figures = gauge.open(url);
    log(path + " again", figures);
    assertThat(((Number) figures.get("ofMachines")).intValue())
        .as("requests for machines")
        .isZero();
    assertThat(((Number) figures.get("requests")).intValue()).as("requests").isLessThan(30);
    assertThat(((Number) figures.get("wire")).intValue())
        .as("packed")
        .isLessThan(((Number) figures.get("html")).intValue() / 4);
  }

  private interface Condition {
    String of(String state);
  }

  /** The first of them leads from wherever it was, and is not counted. */
  private static void changes(BigSite big, Gauge gauge, Condition condition) {
    List<Long> took = new ArrayList<>();
    for (Stage stage : MOVES) {
      String state = stage == Stage.KERNEL ? ".s-loading" : ".s-registered";
      took.add(gauge.until(condition.of(state), () -> big.move(LAST, stage, "measured")));
    }
    LOG.log(
        System.Logger.Level.INFO,
        "event to what is seen of it, ms: "
            + took.subList(1, took.size())
            + "; streamed "
            + gauge.streamed());
  }

  private static void aside(BigSite big, Gauge gauge, String condition) {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String address = "10.9.8." + (252 + i);
      big.world.network.setAside.clear();
      took.add(
          gauge.until(
              String.format(condition, address),
              () ->
                  big.world.network.setAside.put(
                      Ipv4.of(address), big.world.now.plus(Duration.ofHours(1)))));
    }
    LOG.log(System.Logger.Level.INFO, "set aside to what is seen of it, ms: " + took);
  }
}
