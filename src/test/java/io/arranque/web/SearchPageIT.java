package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotCaret;
import io.arranque.Chrome;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody has a MAC in hand, or half a name in mind. */
class SearchPageIT {
  @Test
  void what_is_typed_is_found_from_any_page_by_keyboard_alone(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    world.machine(World.PC1, "sala5-pc1", "worker", "192.168.33.101", "S1");
    world.machine(World.PC2, "sala5-pc2<b>", "worker", "192.168.33.102", "S2");
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      for (Chrome.Look look :
          new Chrome.Look[] {Chrome.Look.DESKTOP, Chrome.Look.PHONE.in("es").atNight()}) {
        Page page = chrome.page(look);
        page.navigate("http://127.0.0.1:" + plane.port() + "/network");
        page.fill("#token", World.TOKEN);
        page.click("button[type=submit]");
        assertThat(page.locator("#search")).isVisible();
        page.waitForLoadState();
        page.locator("body").press("/");
        assertThat(page.locator("#search")).isFocused();
        page.keyboard().type("pc");
        assertThat(page.locator("#search-list")).isVisible();
        assertThat(page.locator("#search-list [role=option]").first()).containsText("sala5-pc1");
        assertThat(page.locator("#search-list")).containsText("sala5-pc2<b>");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("#search")).hasAttribute("aria-activedescendant", "so-machine-1");
        look(page, "search-" + look.width());
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/machines/52-54-00-00-00-02"));
        page.waitForLoadState();

        page.keyboard().press("Control+k");
        page.keyboard().type("5254.0000.0001");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/machines/52-54-00-00-00-01"));
        page.waitForLoadState();

        page.keyboard().press("/");
        page.keyboard().type("zzzz");
        page.keyboard().press("Enter");
        assertThat(page.locator("#search-nothing")).containsText("zzzz");
        look(page, "search-none-" + look.width());
      }
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }

  private static void look(Page page, String name) {
    String folder = System.getProperty("arranque.looks", "");
    if (!folder.isEmpty()) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of(folder, name + ".png"))
              .setCaret(ScreenshotCaret.INITIAL));
    }
  }
}
