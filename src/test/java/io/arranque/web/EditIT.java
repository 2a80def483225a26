package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two operators with the same machine open, each in a browser of his own. */
class EditIT {
  private static final String PC1 = "/machines/52-54-00-00-00-01";

  @Test
  @Timeout(120)
  void the_second_sees_the_first_s_change_live_is_asked_and_keeps_what_he_typed(
      @TempDir Path folder) throws Exception {
    World world = new World(folder);
    DemoRoom.fill(world);
    DemoRoom.people(world);
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      String base = "http://127.0.0.1:" + plane.port();
      Page ana = loggedIn(chrome, base, "ana");
      Page oscar = loggedIn(chrome, base, "oscar");
      ana.navigate(base + PC1);
      oscar.navigate(base + PC1);
      oscar.fill("#f-hostname", "of-oscar");
      oscar.fill("#f-seat", "77");
      ana.fill("#f-hostname", "of-ana");
      ana.click("#edit > button[type=submit]");
      assertThat(ana.locator("h1")).hasText("of-ana");

      // Before he saves: the notice comes by itself, and leaves his fields alone.
      assertThat(oscar.locator("#edition")).containsText("host name");
      assertThat(oscar.locator("#f-hostname")).hasValue("of-oscar");

      oscar.click("#edit > button[type=submit]");
      assertThat(oscar.locator("#notice")).containsText("Somebody else has changed this machine");
      assertThat(oscar.locator("#notice ins")).hasText("of-ana");
      assertThat(oscar.locator("#notice del")).hasText("sala5-pc1");
      assertThat(oscar.locator("#f-hostname")).hasValue("of-oscar");
      assertThat(oscar.locator("#f-seat")).hasValue("77");
      Assertions.assertThat(hostname(world)).contains("of-ana");

      oscar.click("#notice button");
      assertThat(oscar.locator("h1")).hasText("of-oscar");
      assertThat(oscar.locator("#f-seat")).hasValue("77");
      assertThat(ana.locator("#edition")).containsText("room and seat");
      // The refused save is the one complaint.
      Assertions.assertThat(chrome.complaints(409)).isEmpty();
    }
  }

  private static java.util.Optional<String> hostname(World world) {
    return world.book.machine(World.PC1).orElseThrow().assignment().hostname();
  }

  private static Page loggedIn(Chrome chrome, String base, String name) {
    Page page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate(base + "/machines");
    page.fill("#name", name);
    page.fill("#password", DemoRoom.PASSWORD);
    page.click("button[type=submit]");
    assertThat(page.locator("h1")).containsText("Machines");
    return page;
  }
}
