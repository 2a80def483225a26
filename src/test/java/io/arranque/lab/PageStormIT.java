package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.cli.lab.VirtualRoom;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fifty open pages during a boot storm, and how long DHCP's answers take with and without them. The
 * figures go to the log, for docs/performance.md; times are not asserted, machines differ.
 */
class PageStormIT {
  private static final int PAGES = 50;
  private static final System.Logger LOG = System.getLogger("PageStormIT");
  private static final Pattern FIGURES =
      Pattern.compile("ANSWERED (\\d+) of (\\d+) P50 (\\d+) P99 (\\d+)");

  private int run;

  private record Figures(int answered, int sent, long p50, long p99) {}

  @Test
  @Timeout(600)
  void fifty_pages_take_no_answer_from_dhcp() throws Exception {
    try (VirtualRoom room = Rooms.open()) {
      room.appliance().start();
      storm(room); // to warm up
      List<Figures> alone = new ArrayList<>();
      List<Figures> watched = new ArrayList<>();
      AtomicLong bytes = new AtomicLong();
      for (int round = 0; round < 2; round++) {
        alone.add(storm(room));
        List<InputStream> pages = open(room, bytes);
        watched.add(storm(room));
        for (InputStream page : pages) {
          page.close();
        }
      }
      LOG.log(System.Logger.Level.INFO, "no page: " + alone);
      LOG.log(
          System.Logger.Level.INFO,
          PAGES + " pages: " + watched + ", " + bytes.get() + " bytes of rows");
      assertThat(bytes.get()).as("what the pages were sent").isPositive();
      for (Figures figures : watched) {
        assertThat(figures.answered()).isGreaterThan(figures.sent() * 9 / 10);
      }
    }
  }

  private Figures storm(VirtualRoom room) throws Exception {
    String name = "storm" + run++;
    Process main =
        room.startServer(
            name,
            "192.168.33." + (80 + run) + "/24",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PageStormMain.class.getName(),
                "2000",
                "200"));
    assertThat(main.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(room.folder().resolve(name + ".log"));
    Matcher matcher = FIGURES.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return new Figures(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        Long.parseLong(matcher.group(4)));
  }

  private static List<InputStream> open(VirtualRoom room, AtomicLong bytes) throws Exception {
    String token = Files.readString(room.folder().resolve("state/admin-token")).strip();
    HttpClient http = HttpClient.newHttpClient();
    String base = room.controlPlane().toString();
    HttpResponse<Void> login =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
    List<InputStream> pages = new ArrayList<>();
    for (int i = 0; i < PAGES; i++) {
      HttpResponse<InputStream> page =
          http.send(
              HttpRequest.newBuilder(URI.create(base + "/live"))
                  .header("Cookie", cookie)
                  .header("Accept", "text/event-stream")
                  .header("Accept-Language", i % 2 == 0 ? "en" : "es")
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      pages.add(page.body());
      Thread reader = new Thread(() -> read(page.body(), bytes), "page");
      reader.setDaemon(true);
      reader.start();
    }
    return pages;
  }

  private static void read(InputStream page, AtomicLong bytes) {
    byte[] buffer = new byte[65_536];
    try {
      for (int n = page.read(buffer); n >= 0; n = page.read(buffer)) {
        bytes.addAndGet(n);
      }
    } catch (java.io.IOException e) {
      // Closed at the end of the round.
    }
  }
}
