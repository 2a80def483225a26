package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.address.Mac;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand machines in a real browser. What is measured goes to the log, for
 * docs/performance.md; asserted is only what does not depend on the machine's mood.
 */
class ManyMachinesIT {
  private static final int MACHINES = 2_000;
  private static final System.Logger LOG = System.getLogger("ManyMachinesIT");

  private static final String FIGURES =
      """
      () => {
        const page = performance.getEntriesByType("navigation")[0];
        return { firstByte: page.responseStart - page.requestStart,
          onTheWire: page.encodedBodySize, html: page.decodedBodySize,
          firstPaint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1,
          ready: page.domContentLoadedEventEnd,
          memory: performance.memory.usedJSHeapSize,
          requests: performance.getEntriesByType("resource").length };
      }
      """;

  private static final String WATCH =
      """
      (id) => { window.changed = new Promise((done) => new MutationObserver(() => {
        if (document.getElementById(id)?.textContent.includes("measured")) done(Date.now());
      }).observe(document.getElementById("rows"), { childList: true, subtree: true })); }
      """;

  @Test
  @Timeout(300)
  void two_thousand_machines_are_one_request_and_a_change_one_row(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    Mac last = new Mac(0);
    for (int i = 0; i < MACHINES; i++) {
      last = new Mac(0x525400100000L + i);
      world.machine(last, "h" + i, "worker", "192.168.33." + (1 + i % 250), "S" + i);
      world.event(last, Duration.ofMinutes(9), Stage.DISCOVER, Reason.OK, "PXEClient");
      world.event(last, Duration.ofMinutes(8), Stage.INITRD, "initrd", 61_000_000, 640);
      world.event(last, Duration.ofMinutes(7), Stage.REGISTERED, Reason.MACHINE_REPORTED, "joined");
    }
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate(plane.newLoginLink("127.0.0.1"));
      for (String path : List.of("/machines", "/machines", "/")) {
        page.navigate("http://127.0.0.1:" + plane.port() + path);
        LOG.log(System.Logger.Level.INFO, path + " " + page.evaluate(FIGURES));
      }
      page.navigate("http://127.0.0.1:" + plane.port() + "/machines");
      Map<?, ?> figures = (Map<?, ?>) page.evaluate(FIGURES);
      Assertions.assertThat(((Number) figures.get("requests")).intValue())
          .as("requests of the list; none for each machine")
          .isLessThan(20);
      Assertions.assertThat(((Number) figures.get("onTheWire")).intValue())
          .as("packed")
          .isLessThan(((Number) figures.get("html")).intValue() / 4);
      assertThat(page.locator("#rows tr")).hasCount(MACHINES);
      page.evaluate(WATCH, "row-" + last.hyphenated());
      long start = System.currentTimeMillis();
      world.event(last, Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, "measured");
      long shown = ((Number) page.evaluate("() => window.changed")).longValue();
      LOG.log(System.Logger.Level.INFO, "event to changed row " + (shown - start) + " ms");
      page.fill("#filter", "h1999");
      assertThat(page.locator("#rows tr:not([hidden])")).hasCount(1);
    }
  }
}
