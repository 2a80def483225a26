package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Download;
import io.arranque.downloads.OpenDownload;
import io.arranque.downloads.Standing;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on its way to machines, and who waits. */
@Timeout(60)
class DownloadsTest {
  private static final Mac PC3 = Mac.of("52:54:00:00:00:03");

  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    for (int n = 1; n <= 3; n++) {
      Mac mac = new Mac(World.PC1.bits() + n - 1);
      world.machine(mac, "pc" + n, "worker", "192.168.33.10" + n, "S" + n);
    }
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void theApiTellsDownloadsQueueAndHowManyMoreMayStart() throws Exception {
    Browser program = new Browser(plane);
    assertThat(program.api("GET", "/downloads", "").body())
        .contains("\"machines\":2", "\"mayStart\":2", "\"downloads\":[]", "\"waiting\":[]");

    storm();

    assertThat(program.api("GET", "/downloads", "").body())
        .contains(
            "\"mayStart\":0",
            "\"name\":\"pc1\",\"protocol\":\"http\",\"file\":\"linux/initrd\"",
            "\"done\":3000000,\"total\":6000000,\"percent\":50",
            "\"files\":[\"linux/initrd\",\"linux/vmlinuz\"]",
            "\"place\":1,\"mac\":\"52:54:00:00:00:03\"",
            "\"estimateSeconds\":null");
  }

  @Test
  void thePageShowsBothInBothLanguages() throws Exception {
    browser.logIn();
    assertThat(browser.get("/downloads").body())
        .contains("at most 2 machines", "Nobody waits", "No file is on its way");
    storm();
    String page = browser.get("/downloads").body();
    assertThat(page).contains("linux/initrd", "3.0 MB / 6.0 MB", ">pc3<", "Waiting for their turn");
    var inSpanish = browser.request("/downloads").header("Accept-Language", "es");
    assertThat(browser.send(inSpanish).body())
        .contains("Esperan su turno", "a lo sumo 2 equipos", "3,0 MB / 6,0 MB");
  }

  @Test
  void thePageIsToldWhenSomethingChanges() throws Exception {
    browser.logIn();
    var answer =
        browser.stream(browser.request("/downloads/live").header("Accept", "text/event-stream"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      assertThat(next(lines)).contains("\"id\":\"traffic\"", "Nobody waits");
      storm();
      assertThat(next(lines)).contains("linux/initrd", "50 %");
    }
  }

  @Test
  void aMachinesPageSaysThatItWaitsForItsTurnAndNotForARole() throws Exception {
    world.event(PC3, Duration.ofSeconds(3), Stage.WAITING, Reason.DOWNLOADS_FULL, "1 of 1");
    browser.logIn();
    assertThat(browser.get("/machines/" + PC3.hyphenated()).body())
        .contains("waiting for its turn", Reason.DOWNLOADS_FULL.sentence(), "1 of 1")
        .doesNotContain("waiting for role");
    assertThat(browser.get("/machines").body()).contains("waiting for its turn");
  }

  private void storm() {
    OpenDownload unused =
        world.downloads.begin(
            Ipv4.of("192.168.33.101"),
            Download.Way.HTTP,
            "linux/initrd",
            6_000_000,
            () -> 3_000_000);
    for (int n = 1; n <= 2; n++) {
      world.downloads.admit(
          new Mac(World.PC1.bits() + n - 1),
          Ipv4.of("192.168.33.10" + n),
          Set.of("linux/vmlinuz", "linux/initrd"),
          world.now);
    }
    Ipv4 third = Ipv4.of("192.168.33.103");
    Standing standing = world.downloads.standing(PC3, third, world.now);
    world.downloads.enqueue(PC3, third, standing, world.now);
  }

  private static String next(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (!line.startsWith("data:")) {
      line = lines.readLine();
    }
    return line;
  }
}
