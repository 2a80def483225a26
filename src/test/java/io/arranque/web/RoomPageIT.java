package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.arranque.Chrome;
import io.arranque.address.Mac;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomRows;
import io.arranque.inventory.Seat;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of a room in a real browser. */
class RoomPageIT {
  private World world;
  private ControlPlane plane;
  private Chrome chrome;

  @BeforeEach
  void fourPcsInTwoRows(@TempDir Path folder) throws Exception {
    world = new World(folder);
    chrome = Chrome.open();
    RoomRows rows = new RoomRows(2, 3, List.of(), false, false, "", 1, Layout.Front.TOP);
    world.book.with(new Room("sala5", "Lab", Map.of()).with(rows.layout()));
    for (int i = 1; i <= 4; i++) {
      world.machine(pc(i), "pc" + i, "worker", "192.168.33." + (100 + i), "S" + i);
      world.event(pc(i), Duration.ofSeconds(9), Stage.UP, Reason.MACHINE_REPORTED, "up");
    }
    plane = world.plane();
    plane.start();
  }

  @AfterEach
  void close() {
    plane.close();
    chrome.close();
  }

  private static Mac pc(int number) {
    return new Mac(World.PC1.bits() + number - 1);
  }

  private Page open(Chrome.Look look) {
    Page page = chrome.page(look);
    page.navigate("http://127.0.0.1:" + plane.port() + "/rooms/sala5");
    page.fill("#token", World.TOKEN);
    page.click("button[type=submit]");
    assertThat(page.locator("#picture .face")).hasCount(6);
    page.evaluate(
        "document.addEventListener('selection', e => window.picked = e.detail.macs.join(' '))");
    return page;
  }

  private static Locator seat(Page page, String name) {
    return page.locator("#picture .seat[data-seat='" + name + "']");
  }

  private static void drag(Page page, double x, double y, double toX, double toY) {
    page.mouse().move(x, y);
    page.mouse().down();
    page.mouse().move((x + toX) / 2, (y + toY) / 2);
    page.mouse().move(toX, toY);
    page.mouse().up();
  }

  @Test
  void tilesChangeByThemselvesAndThePanelSaysWhy() {
    Page page = open(Chrome.Look.DESKTOP);
    assertThat(seat(page, "1").locator(".t-state")).hasText("up");
    assertThat(seat(page, "5").locator(".t-state")).hasText("empty seat");
    world.now = world.now.plusSeconds(1);
    world.event(pc(1), Duration.ZERO, Stage.UP, Reason.MACHINE_FAILED, "<b>no disk</b>");
    assertThat(seat(page, "1").locator(".t-state")).hasText("failed");
    assertThat(page.locator("#tally-failed b")).hasText("1");
    seat(page, "1").locator(".face").click();
    assertThat(page.locator("#panel-body")).containsText("<b>no disk</b>");
    assertThat(page.locator("#panel-body")).containsText("failed");
    world.now = world.now.plusSeconds(1);
    world.event(pc(1), Duration.ZERO, Stage.SCRIPT, Reason.OK, "rancheros");
    assertThat(page.locator("#panel-body")).containsText("loading");
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }

  @Test
  void aMachineThatSaysNothingFallsSilentWithoutAnyEvent() {
    world.event(pc(2), Duration.ZERO, Stage.KERNEL, Reason.OK, "vmlinuz");
    Page page = open(Chrome.Look.DESKTOP);
    assertThat(seat(page, "2").locator(".t-state")).containsText("loading");
    world.now = world.now.plus(Duration.ofMinutes(11));
    assertThat(seat(page, "2").locator(".t-state")).hasText("fell silent");
  }

  @Test
  void keysGoFromSeatToSeatSelectAndOpen() {
    Page page = open(Chrome.Look.DESKTOP);
    seat(page, "3").locator(".face").focus();
    page.keyboard().press("ArrowLeft");
    assertThat(seat(page, "2").locator(".face")).isFocused();
    page.keyboard().press("ArrowDown");
    assertThat(seat(page, "5").locator(".face")).isFocused();
    page.keyboard().press("ArrowUp");
    page.keyboard().press("Space");
    Assertions.assertThat(page.evaluate("window.picked")).isEqualTo("52:54:00:00:00:02");
    page.keyboard().press("Enter");
    assertThat(page.locator("#panel-body h2")).containsText("pc2");
    page.keyboard().press("Escape");
    assertThat(page.locator("#panel")).isHidden();
    assertThat(seat(page, "2").locator(".face")).isFocused();
    page.keyboard().press("Control+a");
    assertThat(page.locator("#picked")).hasText("4 selected");
    page.evaluate("document.dispatchEvent(new CustomEvent('deselect'))");
    assertThat(page.locator("#picked")).hasText("");
  }

  @Test
  void aRectangleOrARowOrAStateIsSelected() {
    Page page = open(Chrome.Look.DESKTOP);
    BoundingBox one = seat(page, "1").boundingBox();
    BoundingBox two = seat(page, "2").boundingBox();
    // Numbered from the teacher's right: seat 1 is at the left of the picture.
    drag(page, one.x - 20, one.y - 12, two.x + 10, two.y + 10);
    Assertions.assertThat(page.evaluate("window.picked"))
        .isEqualTo("52:54:00:00:00:01 52:54:00:00:00:02");
    page.click("#select-row");
    assertThat(page.locator("#picked")).hasText("3 selected");
    page.click("#select-none");
    world.event(pc(4), Duration.ZERO, Stage.UP, Reason.MACHINE_FAILED, "");
    page.locator("#tally-failed button")
        .click(
            new Locator.ClickOptions()
                .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.CONTROL)));
    Assertions.assertThat(page.evaluate("window.picked")).isEqualTo("52:54:00:00:00:04");
  }

  @Test
  void aRoomIsDrawnInOneStepAndSeatsAreDraggedNamedAndTakenBack() {
    Page page = open(Chrome.Look.DESKTOP);
    page.click("#edit");
    page.click("#e-rows summary");
    page.fill("[name=rows]", "2");
    page.fill("[name=columns]", "4");
    page.fill("[name=aisles]", "2");
    page.click("#e-rows-form button");
    assertThat(page.locator("#picture .seat")).hasCount(8);
    BoundingBox one = seat(page, "8").boundingBox();
    drag(page, one.x + 30, one.y + 40, one.x + 30, one.y + 40 + 3 * (one.height + 6));
    Assertions.assertThat(seat(page, "8").boundingBox().y).isGreaterThan(one.y + 2 * one.height);
    page.click("#e-undo");
    Assertions.assertThat(seat(page, "8").boundingBox().y).isEqualTo(one.y);
    seat(page, "1").locator(".face").click();
    page.fill("#e-name", "desk");
    page.keyboard().press("Enter");
    seat(page, "desk").locator(".face").focus();
    page.keyboard().press("Shift+ArrowUp");
    page.click("#e-save");
    assertThat(page.locator("#editor")).isHidden();
    Layout saved = world.book.room("sala5").orElseThrow().layout();
    Assertions.assertThat(saved.seats()).hasSize(8).contains(new Seat("desk", 8, 0));
    // Who sat there still does, under the seat's new name; no host name or role was lost.
    Assertions.assertThat(world.book.machine(pc(1)).orElseThrow().assignment().seat())
        .contains("desk");
    assertThat(seat(page, "desk").locator(".t-name")).hasText("pc1");
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }

  @Test
  void aMachineIsPutOnASeatByDraggingOrFromTheList() {
    world.machine(pc(40), "guest", "", "192.168.33.140", "S40");
    Page page = open(Chrome.Look.DESKTOP);
    assertThat(page.locator("#tray .t-name")).hasText("guest");
    page.click("#edit");
    BoundingBox from = page.locator("#tray .seat").boundingBox();
    BoundingBox to = seat(page, "5").boundingBox();
    drag(page, from.x + 30, from.y + 40, to.x + 40, to.y + 40);
    assertThat(seat(page, "5").locator(".t-name")).hasText("guest");
    seat(page, "6").locator(".face").click();
    page.selectOption("#e-machine", "52:54:00:00:00:01");
    assertThat(seat(page, "6").locator(".t-name")).hasText("pc1");
    assertThat(seat(page, "1").locator(".t-state")).hasText("empty seat");
    page.click("#e-save");
    assertThat(page.locator("#editor")).isHidden();
    Assertions.assertThat(world.book.machine(pc(40)).orElseThrow().assignment().seat())
        .contains("5");
    Assertions.assertThat(world.book.machine(pc(1)).orElseThrow().assignment().seat())
        .contains("6");
  }

  @Test
  void ofTwoWhoDrawTheSecondIsToldWhatTheFirstDidAndLosesNothing() {
    Page first = open(Chrome.Look.DESKTOP);
    Page second = open(Chrome.Look.DESKTOP);
    first.click("#edit");
    second.click("#edit");
    first.click("#e-add");
    assertThat(first.locator("#picture .seat")).hasCount(7);
    first.click("#e-save");
    assertThat(first.locator("#editor")).isHidden();
    seat(second, "6").locator(".face").click();
    second.click("#e-delete");
    second.click("#e-save");
    assertThat(second.locator("#e-said")).containsText("They added 7");
    assertThat(second.locator("#picture .seat")).hasCount(5);
    second.click("#e-theirs");
    assertThat(second.locator("#picture .seat")).hasCount(7);
    second.click("#e-undo");
    assertThat(second.locator("#picture .seat")).hasCount(5);
    second.click("#e-save");
    assertThat(second.locator("#editor")).isHidden();
    Assertions.assertThat(world.book.room("sala5").orElseThrow().layout().seats()).hasSize(5);
    assertThat(first.locator("#picture .seat")).hasCount(5);
    Assertions.assertThat(chrome.complaints(409)).isEmpty();
  }

  @Test
  void onAPhoneTilesAreLargeEnoughAndTheListSaysTheSame() {
    Page page = open(Chrome.Look.PHONE);
    for (Locator face : page.locator("#picture .face").all()) {
      Assertions.assertThat(face.boundingBox().width).isGreaterThanOrEqualTo(44);
      Assertions.assertThat(face.boundingBox().height).isGreaterThanOrEqualTo(44);
    }
    Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    page.click("#as-list");
    assertThat(page.locator("#rows tr")).hasCount(4);
    assertThat(page.locator("#rows tr").first()).containsText("pc1");
    world.now = world.now.plusSeconds(1);
    world.event(pc(1), Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, "");
    assertThat(page.locator("#rows tr").first()).containsText("registered");
    page.click("#as-picture");
    page.click("#select-mode");
    seat(page, "2").locator(".face").click();
    Assertions.assertThat(page.evaluate("window.picked")).isEqualTo("52:54:00:00:00:02");
  }

  @Test
  void whoTeachesSeesTheRoomFromTheirSideAndTheBrowserRemembersIt() {
    Page page = open(Chrome.Look.DESKTOP);
    double before = seat(page, "1").boundingBox().x;
    page.click("#teacher");
    Assertions.assertThat(seat(page, "1").boundingBox().x).isGreaterThan(before);
    assertThat(page.locator("#front")).hasClass("front front-bottom");
    page.reload();
    assertThat(page.locator("#front")).hasClass("front front-bottom");
  }

  @Test
  void theSiteViewShowsEachRoomAndChangesByItself() {
    Page page = open(Chrome.Look.DESKTOP);
    page.navigate("http://127.0.0.1:" + plane.port() + "/");
    assertThat(page.locator("#room-sala5 .room-counts")).containsText("up 4");
    world.now = world.now.plusSeconds(1);
    world.event(pc(3), Duration.ZERO, Stage.SCRIPT, Reason.IMAGE_MISSING, "images/rancheros");
    assertThat(page.locator("#room-sala5 .urgent")).containsText("pc3");
    assertThat(page.locator("#m-52-54-00-00-00-03")).hasAttribute("href", "#g-failed");
    page.click("details.add summary");
    page.fill("#add-name", "aula-7");
    page.click("details.add button");
    assertThat(page.locator("#editor")).isVisible();
    page.click("#e-rows-form button");
    page.click("#e-save");
    assertThat(page.locator("#editor")).isHidden();
    Assertions.assertThat(world.book.room("aula-7").orElseThrow().layout().seats()).hasSize(40);
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }
}
