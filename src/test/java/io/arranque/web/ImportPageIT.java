package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import page in a real browser, Debian's, under its strict policy. */
class ImportPageIT {

  @Test
  void aTeacherPastesAListSeesWhatItChangesAppliesItAndTakesItBack(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "mac;hostname\n52:54:00:00:00:09;from-a-file\n");
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate("http://127.0.0.1:" + plane.port() + "/machines");
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
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }
}
