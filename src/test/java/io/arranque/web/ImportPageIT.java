package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import page in a real browser, Debian's, under its strict policy. */
class ImportPageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @Test
  void aTeacherPastesAListSeesWhatItChangesAppliesItAndTakesItBack(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "Debian's chromium is not installed");
    World world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "mac;hostname\n52:54:00:00:00:09;from-a-file\n");
    List<String> complaints = new ArrayList<>();
    try (ControlPlane plane = world.plane();
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options())) {
      plane.start();
      Page page = browser.newPage();
      page.onConsoleMessage(
          m -> {
            if (m.type().equals("error")) {
              complaints.add(m.text());
            }
          });
      page.onPageError(complaints::add);
      page.navigate("http://127.0.0.1:" + plane.port() + "/");
      page.fill("#token", World.TOKEN);
      page.click("button[type=submit]");
      page.click("a[href='/import']");

      String bad = "mac,hostname\n52:54:00:00:00:01,renamed\n52:54:00:00:00:02,<img src=x>\n";
      page.fill("#import-text", bad);
      page.click("#import button");
      assertThat(page.locator("#result tr.i-refused")).containsText("<img src=x>");
      assertThat(page.locator("#result tr.i-refused .row-state")).hasText("refused");
      assertThat(page.locator("#result button[value=apply]")).hasCount(0);
      assertThat(page.locator("#import-text")).hasValue(bad);

      // With the keyboard alone from here.
      page.fill("#import-text", bad.replace("<img src=x>", "pc2"));
      page.focus("#import button");
      page.keyboard().press("Enter");
      assertThat(page.locator("#result tr.i-new .row-state")).hasText("new");
      page.focus("#result button[value=apply]");
      page.keyboard().press("Enter");
      assertThat(page.locator("#import-result")).hasAttribute("data-applied", "true");
      Assertions.assertThat(world.book.machine(World.PC1).orElseThrow().hostname())
          .isEqualTo("renamed");

      page.click("#result button[value=look]");
      assertThat(page.locator("#result tr.i-forgotten .row-state")).hasText("forgotten");
      page.click("#import-undo button");
      assertThat(page.locator("#import-result")).hasAttribute("data-applied", "true");
      Assertions.assertThat(world.book.machine(World.PC1).orElseThrow().hostname())
          .isEqualTo("pc1");
      Assertions.assertThat(world.book.machine(World.PC2)).isEmpty();

      page.setInputFiles("#import-file", list);
      page.click("#import button");
      assertThat(page.locator("#result")).containsText("from-a-file");
      page.click("a[hreflang=es]");
      assertThat(page.locator("h1")).hasText("Importar y exportar");
    }
    Assertions.assertThat(complaints).isEmpty();
  }

  private static BrowserType.LaunchOptions options() {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(CHROMIUM)
        .setArgs(List.of("--no-sandbox", "--disable-quic", "--disable-background-networking"));
  }
}
