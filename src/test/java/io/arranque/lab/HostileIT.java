package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.cli.lab.VirtualRoom;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that a machine says breaks or scripts a page, a stream, an answer or the log. */
class HostileIT {
  private final List<String> wrong = new ArrayList<>();

  @Test
  @Timeout(600)
  void what_machines_say_is_shown_and_nothing_more() throws Exception {
    try (VirtualRoom room = Rooms.open();
        Chrome chrome = Chrome.open()) {
      room.appliance().start();
      int count = HostileMain.sayings().size();
      for (int i = 0; i < count; i += 2) {
        room.appliance().client().define(HostileMain.mac(i), "hostile-" + i, "lab-pc", Map.of());
      }
      String base = room.controlPlane().toString();
      String token = Files.readString(room.folder().resolve("state/admin-token")).strip();
      // Open while they speak: what they say comes by the stream as well.
      Page live = loggedIn(chrome, base, token, Chrome.Look.PHONE);
      live.navigate(base + "/machines");
      say(room);
      Path said = room.folder().resolve("hostile.log");
      assertThat(said).content().contains("SAID", "reported");
      check(live, "/machines as it was pushed");
      for (Chrome.Look look : List.of(Chrome.Look.PHONE, Chrome.Look.DESKTOP.in("es"))) {
        Page page = loggedIn(chrome, base, token, look);
        for (String path : paths()) {
          page.navigate(base + path);
          check(page, path + " " + look.width());
        }
      }
      api(base, token);
      log(Files.readString(room.folder().resolve("appliance.log"), StandardCharsets.UTF_8));
      assertThat(chrome.complaints()).as("the browser's console").isEmpty();
      assertThat(wrong).isEmpty();
    }
  }

  private static void say(VirtualRoom room) throws Exception {
    Process main =
        room.startServer(
            "hostile",
            "192.168.33.98/24",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HostileMain.class.getName(),
                "192.168.33.1"));
    assertThat(main.waitFor(4, TimeUnit.MINUTES)).isTrue();
  }

  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(List.of("/", "/machines", "/network", "/roles", "/downloads", "/audit"));
    for (int i = 0; i < HostileMain.sayings().size(); i++) {
      paths.add("/machines/" + HostileMain.mac(i).hyphenated());
    }
    paths.add("/machines/" + HostileMain.mac(0).hyphenated() + "/preview");
    return paths;
  }

  private static Page loggedIn(Chrome chrome, String base, String token, Chrome.Look look) {
    Page page = chrome.page(look);
    page.navigate(base + "/machines");
    page.fill("#token", token);
    page.click("button[type=submit]");
    page.waitForURL("**/machines");
    return page;
  }

  private void check(Page page, String where) {
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    if (page.evaluate("() => window.hacked ?? null") != null) {
      wrong.add(where + ": a script of theirs ran");
    }
    Object wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    if (((Number) wide).intValue() > 1) {
      wrong.add(where + ": wider than the window by " + wide);
    }
    boolean fits =
        (boolean)
            page.evaluate(
                "() => !document.querySelector('main img[src=x], main script:not([src])')"
                    + " && !/\\b49\\b.*raw/.test(document.body.innerText)");
    if (!fits) {
      wrong.add(where + ": what they said became part of the page");
    }
  }

  private void api(String base, String token) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    for (String path :
        List.of(
            "machines",
            "machines/" + HostileMain.mac(2).hyphenated() + "/timeline",
            "machines/" + HostileMain.mac(3).hyphenated() + "/plan",
            "leases",
            "export?format=csv")) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(base + "/api/v1/" + path))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      if (path.startsWith("export")) {
        assertThat(answer.body().lines().flatMap(line -> List.of(line.split(",", -1)).stream()))
            .noneMatch(cell -> cell.matches("\"?[=+@].*"));
      } else {
        assertThat(new ObjectMapper().readTree(answer.body()).isObject()).isTrue();
      }
    }
  }

  /** No escape reaches a terminal, and nobody writes lines of his own into the log. */
  private void log(String text) {
    assertThat(text).doesNotContain("\u001b[2J", "\u0007", "\u202e", "\0");
    assertThat(text.lines())
        .noneMatch(
            line -> line.startsWith("forged-line") || line.startsWith("2026-01-01 00:00:00"));
  }
}
