package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, Debian's. */
class PageIT {
  @Test
  void anOperatorLogsInAssignsARoleAndSeesTheRowChangeByItself(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    world.event(World.PC1, Duration.ofSeconds(2), Stage.WAITING, Reason.NO_ROLE, "");
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate("http://127.0.0.1:" + plane.port() + "/machines");
      page.fill("#token", World.TOKEN);
      page.click("button[type=submit]");
      assertThat(page.locator("#row-52-54-00-00-00-01 .stage")).hasText("waiting for role");

      page.check("#row-52-54-00-00-00-01 [name=mac]");
      page.click("#act-bar [data-act=role]");
      page.selectOption("#act-role", "worker");
      page.click("#act-do");
      assertThat(page.locator("#task-strip")).containsText("worker");
      assertThat(page.locator("#row-52-54-00-00-00-01 .c-role")).hasText("worker");

      world.now = world.now.plusSeconds(1);
      world.event(World.PC1, Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, "<b>hi</b>");
      assertThat(page.locator("#row-52-54-00-00-00-01 .stage")).hasText("registered");
      assertThat(page.locator("#row-52-54-00-00-00-01 .c-why")).hasText("<b>hi</b>");

      page.click("#row-52-54-00-00-00-01 a");
      page.fill("#f-hostname", "-no-");
      page.click("#edit button[type=submit]");
      assertThat(page.locator("#notice")).containsText("DNS label");
      assertThat(page.locator("#f-hostname")).hasValue("-no-");
      page.fill("#f-hostname", "renamed");
      page.click("#edit button[type=submit]");
      assertThat(page.locator("h1")).hasText("renamed");
      world.now = world.now.plusSeconds(1);
      world.event(World.PC1, Duration.ZERO, Stage.UP, Reason.MACHINE_FAILED, "no disk");
      assertThat(page.locator("#status .stage-big")).hasText("failed");
      // 422 for the refused host name is the one expected.
      Assertions.assertThat(chrome.complaints(422)).isEmpty();
    }
  }
}
