package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.web.page.Messages;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** axe-core over every page, in both languages and themes, on a desk and on a phone. */
class AccessibilityIT {
  /** Serious and critical findings fail; the others are written into the report. */
  private static final String RUN =
      """
      async () => {
        document.querySelectorAll("details").forEach((d) => { d.open = true; });
        const result = await axe.run(document, { runOnly: { type: "tag", values:
          ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        return { passes: result.passes.length, violations: result.violations.flatMap((v) =>
          v.nodes.slice(0, 4).map((n) => `${v.impact} ${v.id}: ${v.help}\\n      ${n.html.slice(0, 200)}\\n      `
            + n.any.concat(n.all, n.none).map((c) => c.message).join("; "))) };
      }
      """;

  private final List<String> bad = new ArrayList<>();
  private final Map<String, List<String>> report = new TreeMap<>();
  private String axe = "";

  @Test
  @Timeout(900)
  void nothing_serious_on_any_page(@TempDir Path folder) throws Exception {
    axe = source();
    World world = new World(folder);
    DemoRoom.fill(world);
    DemoRoom.people(world);
    DemoRoom.files(world);
    World anew = new World(folder.resolve("anew"));
    try (ControlPlane plane = world.plane();
        ControlPlane empty = anew.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      empty.start();
      List<String> paths = AllPages.of(plane);
      assertThat(paths).hasSizeGreaterThan(12).contains("/machines", "/account", "/people");
      for (Chrome.Look look : looks()) {
        Page page = chrome.page(look);
        visit(page, "http://127.0.0.1:" + plane.port(), List.of("/login"), look);
        page.navigate(plane.newLoginLink("127.0.0.1"));
        visit(page, "http://127.0.0.1:" + plane.port(), paths, look);
        page.navigate(empty.newLoginLink("127.0.0.1"));
        List<String> nothingYet = List.of("/setup", "/", "/machines", "/network", "/roles");
        visit(page, "http://127.0.0.1:" + empty.port(), nothingYet, look);
        page.context().close();
      }
    }
    write();
    assertThat(bad).isEmpty();
  }

  static List<Chrome.Look> looks() {
    List<Chrome.Look> looks = new ArrayList<>();
    for (String language : Messages.LANGUAGES) {
      for (Chrome.Look look : List.of(Chrome.Look.DESKTOP, Chrome.Look.PHONE)) {
        looks.add(look.in(language));
        looks.add(look.in(language).atNight());
      }
    }
    return looks;
  }

  @SuppressWarnings("unchecked")
  private void visit(Page page, String base, List<String> paths, Chrome.Look look) {
    for (String path : paths) {
      page.navigate(base + path);
      // The console's way in: what the page's policy forbids is forbidden to pages, not to it.
      page.evaluate(axe);
      Map<String, Object> found = (Map<String, Object>) page.evaluate(RUN);
      int wide = (int) page.evaluate("document.documentElement.scrollWidth");
      if (wide > look.width()) {
        bad.add(path + " " + look + "\n    scrolls sideways: " + wide + " px");
      }
      assertThat((int) found.get("passes")).as("rules that passed on " + path).isGreaterThan(10);
      for (String violation : (List<String>) found.get("violations")) {
        report.computeIfAbsent(path + " " + violation, k -> new ArrayList<>()).add(look.toString());
        if (violation.startsWith("serious") || violation.startsWith("critical")) {
          bad.add(path + " " + look + "\n    " + violation);
        }
      }
    }
  }

  private void write() throws Exception {
    StringBuilder text = new StringBuilder();
    report.forEach((what, where) -> text.append(what).append("\n   ").append(where).append('\n'));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "accessibility.txt"), text);
  }

  private static String source() throws Exception {
    try (InputStream in = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
