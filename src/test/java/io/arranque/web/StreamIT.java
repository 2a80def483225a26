package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.arranque.Chrome;
import io.arranque.address.Ipv4;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.Seat;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of changes breaks, and comes back. */
class StreamIT {
  /** A browser waits some seconds before it tries again. */
  private static final double PATIENCE = 45_000;

  private static final String ROW = "#row-52-54-00-00-00-05 ";

  private final AtomicInteger port = new AtomicInteger();
  private World world;
  private ControlPlane plane;
  private CutWire wire;
  private Chrome chrome;

  @BeforeEach
  void aRoomBehindAWireThatCanBeCut(@TempDir Path folder) throws Exception {
    world = new World(folder);
    DemoRoom.fill(world);
    DemoRoom.people(world);
    plane = world.plane();
    wire = new CutWire(port::get);
    chrome = Chrome.open();
    plane.start();
    port.set(plane.port());
  }

  @AfterEach
  void close() throws Exception {
    chrome.close();
    wire.close();
    plane.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + wire.port() + path;
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }

  /** The same state, the same port for the browser, another process as it were. */
  private void restart(Meanwhile meanwhile) throws Exception {
    wire.cut();
    plane.close();
    meanwhile.happens();
    plane = new ControlPlane(world.parts(), Ipv4.of("127.0.0.1"), 0);
    plane.start();
    port.set(plane.port());
    wire.mend();
  }

  @Test
  @Timeout(300)
  void after_a_cut_and_after_a_restart_the_page_shows_the_truth_and_keeps_what_was_selected()
      throws Exception {
    Page page = list();
    String loaded = String.valueOf(page.evaluate("() => window.loaded = performance.timeOrigin"));

    wire.cut();
    isOffline(page);
    say(Stage.REGISTERED, "while it was cut");
    wire.mend();
    contains(page.locator(ROW + ".c-why"), "while it was cut");
    stillSelected(page);

    restart(() -> say(Stage.REGISTERED, "while it was down"));
    contains(page.locator(ROW + ".c-why"), "while it was down");
    stillSelected(page);
    say(Stage.REGISTERED, "and live again");
    contains(page.locator(ROW + ".c-why"), "and live again");
    Assertions.assertThat(String.valueOf(page.evaluate("() => window.loaded")))
        .as("the page was not loaded anew")
        .isEqualTo(loaded);

    // Away for long: the session is over, and the page says so instead of standing still.
    world.now = world.now.plus(Duration.ofHours(13));
    say(Stage.REGISTERED, "while nobody was logged in");
    assertThat(page.locator("#password")).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
  }

  /**
   * What is drawn, and who sits where, is no event of a machine that is still there: each of these
   * is missed in a way of its own.
   */
  @Test
  @Timeout(300)
  void after_a_cut_a_room_and_all_rooms_show_who_moved_who_left_and_what_was_drawn()
      throws Exception {
    Page room = page("/rooms/sala5");
    Page site = room.context().newPage();
    site.navigate(url("/"));
    room.click(seat("1") + " .pick");
    for (Page page : List.of(room, site)) {
      page.evaluate("() => window.loaded = true");
    }

    wire.cut();
    isOffline(room);
    isOffline(site);
    whileNobodyWatches();
    wire.mend();
    shows(room, site, 0);

    restart(
        () -> {
          say(Stage.KERNEL, "while it was down");
          draw("new");
        });
    has(room.locator(seat("5") + " .face.s-loading"));
    has(site.locator("#m-52-54-00-00-00-05.s-loading"));
    say(Stage.REGISTERED, "and live again");
    shows(room, site, 1);
    has(room.locator(seat("new")));
    for (Page page : List.of(room, site)) {
      assertThat(page.locator("#offline")).isHidden(new IsHiddenOptions().setTimeout(PATIENCE));
      Assertions.assertThat(page.evaluate("() => window.loaded"))
          .as("the page was not loaded anew")
          .isEqualTo(true);
    }
    assertThat(room.locator(seat("1") + " .pick")).isChecked();
  }

  @Test
  @Timeout(300)
  void a_room_that_comes_back_asks_for_the_whole_only_after_a_restart() throws Exception {
    Page room = page("/rooms/sala5");
    has(room.locator(seat("5") + " .face"));
    List<String> asked = new CopyOnWriteArrayList<>();
    room.onRequest(request -> asked.add(URI.create(request.url()).getPath()));
    for (Stage stage : List.of(Stage.KERNEL, Stage.REGISTERED)) {
      wire.cut();
      isOffline(room);
      say(stage, "while it was cut");
      wire.mend();
      String state = stage == Stage.KERNEL ? ".s-loading" : ".s-registered";
      has(room.locator(seat("5") + " .face" + state));
    }
    Assertions.assertThat(asked).contains("/rooms/sala5/live").doesNotContain("/rooms/sala5/now");
    restart(() -> say(Stage.KERNEL, "while it was down"));
    has(room.locator(seat("5") + " .face.s-loading"));
    // Only the whole can have said so: numbers of another life are worth nothing.
    room.waitForCondition(
        () -> asked.contains("/rooms/sala5/now"),
        new Page.WaitForConditionOptions().setTimeout(PATIENCE));
  }

  private static String seat(String name) {
    return ".picture .seat[data-seat='" + name + "']";
  }

  /** One registers, one is forgotten, one changes its room. */
  private void whileNobodyWatches() throws StoreFailure {
    say(Stage.REGISTERED, "while it was cut");
    Machine leaves = world.book.machine(DemoRoom.mac(20)).orElseThrow();
    Machine.Assignment there = leaves.assignment();
    Machine.Assignment elsewhere =
        new Machine.Assignment(
            there.hostname(), Optional.of("sala6"), Optional.empty(), there.role(), Map.of());
    var unused =
        world.book.commit(
            now ->
                List.of(
                    new InventoryChange.Forgotten(DemoRoom.mac(30), "test"),
                    new InventoryChange.Assigned(leaves.mac(), elsewhere, "test")));
  }

  private void draw(String seat) throws StoreFailure {
    Room room = world.book.room("sala5").orElseThrow();
    List<Seat> seats = new ArrayList<>(room.layout().seats());
    seats.add(new Seat(seat, 0, 20));
    Room drawn = room.with(new Layout(room.layout().front(), seats));
    var unused = world.book.commit(now -> List.of(new InventoryChange.RoomSaved(drawn, "test")));
  }

  private static void shows(Page room, Page site, int drawn) {
    has(room.locator(seat("5") + " .face.s-registered"));
    has(room.locator(seat("20") + "[data-mac='']"));
    has(room.locator(seat("30") + "[data-mac='']"));
    has(site.locator("#m-52-54-00-00-00-05.s-registered"));
    has(site.locator("#room-sala6 #m-52-54-00-00-00-14"));
    assertThat(site.locator("#m-52-54-00-00-00-1e")).hasCount(0);
    assertThat(site.locator("#room-sala5 .mini use.s-empty"))
        .hasCount(2 + drawn, new HasCountOptions().setTimeout(PATIENCE));
  }

  private static void has(Locator locator) {
    assertThat(locator).hasCount(1, new HasCountOptions().setTimeout(PATIENCE));
  }

  private static void isOffline(Page page) {
    assertThat(page.locator("#offline")).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
  }

  private Page page(String path) {
    Page page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate(url(path));
    page.fill("#name", "ana");
    page.fill("#password", DemoRoom.PASSWORD);
    page.click("button[type=submit]");
    return page;
  }

  private Page list() {
    Page page = page("/machines");
    page.fill("#filter", "sala5-pc");
    page.check(ROW + "[name=mac]");
    assertThat(page.locator("#row-52-54-00-06-00-01")).isHidden();
    return page;
  }

  private static void stillSelected(Page page) {
    assertThat(page.locator("#offline")).isHidden(new IsHiddenOptions().setTimeout(PATIENCE));
    assertThat(page.locator(ROW + "[name=mac]")).isChecked();
    assertThat(page.locator("#filter")).hasValue("sala5-pc");
    assertThat(page.locator("#row-52-54-00-06-00-01")).isHidden();
  }

  private void say(Stage stage, String detail) {
    world.now = world.now.plusSeconds(1);
    world.event(DemoRoom.mac(5), Duration.ZERO, stage, Reason.MACHINE_REPORTED, detail);
  }

  private static void contains(Locator locator, String text) {
    assertThat(locator).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE));
  }
}
