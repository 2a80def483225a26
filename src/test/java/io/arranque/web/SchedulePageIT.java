package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.inventory.Installation;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher with an exam, and one who wants the room on in the morning, in a real browser. */
class SchedulePageIT {
  @Test
  void aLockIsMarkedOnThePictureTheSiteViewAndTheListWithoutReloading(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    world.now = Instant.parse("2026-11-22T12:00:00Z");
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      String base = "http://127.0.0.1:" + plane.port();
      Browser program = new Browser(plane);
      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate(base + "/schedule");
      page.fill("#token", World.TOKEN);
      page.click("button[type=submit]");
      assertThat(page.locator("#entries")).isVisible();
      for (String path : new String[] {"/", "/rooms/sala5", "/machines"}) {
        page.navigate(base + path);
        var mark = page.locator("[data-lock-of=sala5] .lock-mark");
        assertThat(page.locator("[data-lock-of=sala5]")).hasCount(1);
        assertThat(mark).hasCount(0);
        // Once: what comes later comes into this very page.
        page.evaluate("document.body.dataset.same = 'yes'");
        lock(program, "{\"until\":\"15:00\",\"why\":\"exam <b>1</b>\"}");
        assertThat(mark).containsText("Locked until 15:00");
        assertThat(mark.locator(".lock-why")).hasText("exam <b>1</b>");
        lock(program, "{\"until\":\"16:30\"}");
        assertThat(mark).hasText("Locked until 16:30");
        // What is drawn anew because its machine moved has it still.
        world.event(World.PC1, Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, path);
        assertThat(page.locator(".s-registered").first()).isVisible();
        assertThat(mark).hasText("Locked until 16:30");
        page.reload();
        assertThat(mark).hasText("Locked until 16:30");
        page.evaluate("document.body.dataset.same = 'yes'");
        Assertions.assertThat(program.api("DELETE", "/rooms/sala5/lock", "").statusCode())
            .isEqualTo(204);
        assertThat(mark).hasCount(0);
        assertThat(page.locator("body[data-same=yes]")).hasCount(1);
      }
    }
  }

  /** The stream says "locks" at each opening: what somebody has unfolded meanwhile stays so. */
  @Test
  void aRoomsLockCardChangesOnlyWhenItsLockDoes(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    world.now = Instant.parse("2026-11-22T12:00:00Z");
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Browser program = new Browser(plane);
      lock(program, "{\"until\":\"15:00\"}");
      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate(plane.newLoginLink("127.0.0.1"));
      page.waitForResponse(
          "**/rooms/sala5/lock",
          () -> page.navigate("http://127.0.0.1:" + plane.port() + "/rooms/sala5"));
      page.evaluate("document.querySelector('#lock-card').unchanged = true");
      page.click("#lock-card summary");
      page.evaluate("document.activeElement.blur()");
      page.waitForResponse(
          "**/rooms/sala5/lock", () -> page.evaluate("document.dispatchEvent(new Event('locks'))"));
      // It is asked for once more, so that what came first has been judged.
      page.waitForResponse(
          "**/rooms/sala5/lock", () -> page.evaluate("document.dispatchEvent(new Event('locks'))"));
      Assertions.assertThat(page.evaluate("document.querySelector('#lock-card').unchanged"))
          .isEqualTo(true);
      assertThat(page.locator("#lock-card [name=why]")).isVisible();

      lock(program, "{\"until\":\"16:30\",\"why\":\"exam\"}");
      assertThat(page.locator("#lock-card .lock-state")).containsText("16:30");
      assertThat(page.locator("#lock-card .lock-who")).containsText("exam");
      Assertions.assertThat(program.api("DELETE", "/rooms/sala5/lock", "").statusCode())
          .isEqualTo(204);
      assertThat(page.locator("#lock-card .is-open")).isVisible();
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }

  private static void lock(Browser program, String how) throws Exception {
    Assertions.assertThat(program.api("PUT", "/rooms/sala5/lock", how).statusCode()).isEqualTo(200);
  }

  @Test
  void aRoomIsLockedReinstallIsRefusedAndTheRoomWakesOnWeekdays(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    // Sunday, one in the afternoon in Madrid.
    world.now = Instant.parse("2026-11-22T12:00:00Z");
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    world.book.with(
        world
            .book
            .machine(World.PC1)
            .orElseThrow()
            .with(new Installation("worker", Optional.of(world.now), 0, Optional.empty())));
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      String base = "http://127.0.0.1:" + plane.port();
      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate(base + "/schedule");
      page.fill("#token", World.TOKEN);
      page.click("button[type=submit]");
      assertThat(page.locator("#entries")).containsText("wakes at 7:45");

      // The exam: until three, and nothing else is needed.
      page.fill("#now-until", "15:00");
      page.fill("#now-why", "exam <b>1</b>");
      page.click("#lock-a-room button[type=submit]");
      assertThat(page.locator("#locks .lock-state")).containsText("sala5 until 15:00");
      assertThat(page.locator("#locks .lock-who")).hasText("by admin-token: exam <b>1</b>");

      page.navigate(base + "/machines/52-54-00-00-00-01");
      assertThat(page.locator("#lock-banner")).containsText("Room sala5 is locked");
      page.click("#boot button.btn-outline-danger");
      assertThat(page.locator("#notice"))
          .containsText("pc1: locked by admin-token until 15:00, exam <b>1</b>");
      page.fill("#f-hostname", "renamed");
      page.click("#edit button[type=submit]");
      assertThat(page.locator("#notice")).containsText("The room is locked");
      assertThat(page.locator("#f-hostname")).hasValue("renamed");

      // Another lifts it on the room's card; this page hears of it by itself.
      page.navigate(base + "/schedule");
      assertThat(page.locator("#locks .lock-state")).hasCount(1);
      new Browser(plane).api("DELETE", "/rooms/sala5/lock", "");
      assertThat(page.locator("#locks")).containsText("No room is locked.");

      // A quarter to eight on weekdays is what the form begins with.
      page.click("#add-entry button[type=submit]");
      assertThat(page.locator("#next-up")).containsText("Wake sala5, Mon 23 Nov 07:45");
      assertThat(page.locator("#week .slot")).hasCount(5);
      page.fill("#new-at", "");
      page.selectOption("#new-action", "lock");
      assertThat(page.locator("#new-end")).isVisible();
      page.fill("#new-at", "08:00");
      page.check("#add-entry [name=repeat][value=once]");
      page.fill("#new-date", "2026-11-01");
      page.fill("#new-end", "11:00");
      page.click("#add-entry button[type=submit]");
      assertThat(page.locator("#notice")).containsText("are over");
      assertThat(page.locator("#new-end")).hasValue("11:00");
      page.fill("#new-date", "2026-11-25");
      page.click("#add-entry button[type=submit]");
      assertThat(page.locator("#week .a-lock")).containsText("08:00–11:00");
      page.fill("#holidays", "2026-11-23 Local holiday");
      page.click("#settings button[type=submit]");
      assertThat(page.locator("#next-up")).containsText("Tue 24 Nov 07:45");
      page.click("#entry-e1 .entry-acts button >> nth=0");
      assertThat(page.locator("#next-up")).containsText("Wed 25 Nov 08:00");

      Page phone = chrome.page(Chrome.Look.PHONE.in("es"));
      phone.navigate(base + "/schedule");
      phone.fill("#token", World.TOKEN);
      phone.click("button[type=submit]");
      assertThat(phone.locator("h1")).hasText("Horario");
      assertThat(phone.locator("#next-up")).containsText("Bloquear sala5, mié 25 nov 08:00");
      Assertions.assertThat(
              phone.evaluate(
                  "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
          .isEqualTo(true);
      Assertions.assertThat(chrome.complaints(409, 422)).isEmpty();
    }
  }
}
