package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.arranque.Chrome;
import io.arranque.address.Ipv4;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream of changes breaks, and comes back. */
class StreamIT {
  /** A browser waits some seconds before it tries again. */
  private static final double PATIENCE = 45_000;

  private static final String ROW = "#row-52-54-00-00-00-05 ";

  @Test
  @Timeout(300)
  void after_a_cut_and_after_a_restart_the_page_shows_the_truth_and_keeps_what_was_selected(
      @TempDir Path folder) throws Exception {
    World world = new World(folder);
    DemoRoom.fill(world);
    DemoRoom.people(world);
    ControlPlane plane = world.plane();
    AtomicInteger port = new AtomicInteger();
    try (CutWire wire = new CutWire(port::get);
        Chrome chrome = Chrome.open()) {
      plane.start();
      port.set(plane.port());
      Page page = list(chrome, "http://127.0.0.1:" + wire.port());
      String loaded = String.valueOf(page.evaluate("() => window.loaded = performance.timeOrigin"));

      wire.cut();
      assertThat(page.locator("#offline")).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
      say(world, Stage.REGISTERED, "while it was cut");
      wire.mend();
      contains(page.locator(ROW + ".c-why"), "while it was cut");
      stillSelected(page);

      // The same state, the same port for the browser, another process as it were.
      wire.cut();
      plane.close();
      say(world, Stage.REGISTERED, "while it was down");
      plane = new ControlPlane(world.parts(), Ipv4.of("127.0.0.1"), 0);
      plane.start();
      port.set(plane.port());
      wire.mend();
      contains(page.locator(ROW + ".c-why"), "while it was down");
      stillSelected(page);
      say(world, Stage.REGISTERED, "and live again");
      contains(page.locator(ROW + ".c-why"), "and live again");
      Assertions.assertThat(String.valueOf(page.evaluate("() => window.loaded")))
          .as("the page was not loaded anew")
          .isEqualTo(loaded);

      // Away for long: the session is over, and the page says so instead of standing still.
      world.now = world.now.plus(Duration.ofHours(13));
      say(world, Stage.REGISTERED, "while nobody was logged in");
      assertThat(page.locator("#password")).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
    } finally {
      plane.close();
    }
  }

  private static Page list(Chrome chrome, String base) {
    Page page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate(base + "/machines");
    page.fill("#name", "ana");
    page.fill("#password", DemoRoom.PASSWORD);
    page.click("button[type=submit]");
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

  private static void say(World world, Stage stage, String detail) {
    world.now = world.now.plusSeconds(1);
    world.event(DemoRoom.mac(5), Duration.ZERO, stage, Reason.MACHINE_REPORTED, detail);
  }

  private static void contains(Locator locator, String text) {
    assertThat(locator).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE));
  }
}
