package io.arranque.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.arranque.Chrome;
import io.arranque.address.Mac;
import io.arranque.cli.lab.ApplianceClient;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A browser that looks at a room while real PCs boot in it. */
class RoomIT {
  /** Enough to be on its way for some seconds. */
  private static final int PADDING = 64 << 20;

  private static final String WATCH =
      """
      window.seen = new Set();
      const look = () => document.querySelectorAll('#picture .seat').forEach(
        (s) => window.seen.add(s.dataset.seat + ': ' + s.querySelector('.t-state').textContent));
      new MutationObserver(look).observe(document.getElementById('picture'),
        {subtree: true, childList: true, characterData: true});
      """;

  @Test
  void tilesGoFromDhcpThroughPercentToRegisteredAndOneWaitsForItsRole() throws Exception {
    try (VirtualRoom room = Rooms.open();
        Chrome chrome = Chrome.open()) {
      makeTheInitrdLarge(room);
      room.appliance().start();
      ApplianceClient client = room.appliance().client();
      PcSpec first = PcSpec.blank(1, PcFirmware.BIOS).withMemory(768);
      PcSpec second = PcSpec.blank(2, PcFirmware.BIOS).withMemory(768);
      client.define(first.mac(), "lab-01", "lab-pc", Map.of());
      client.define(second.mac(), "lab-02", "", Map.of());
      draw(room, first.mac(), second.mac());

      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate(room.controlPlane().resolve("/rooms/sala5").toString());
      page.fill("#token", token(room));
      page.click("button[type=submit]");
      assertThat(state(page, "1")).hasText("never seen", patient());
      page.evaluate(WATCH);
      page.evaluate("window.opened = true");

      VirtualPc one = room.powerOn(first);
      VirtualPc two = room.powerOn(second);
      assertThat(state(page, "2")).hasText("waiting for role", patient());
      assertThat(state(page, "1")).hasText("registered", patient());
      client.assign(List.of(two.mac()), "lab-pc");
      assertThat(state(page, "2")).hasText(Pattern.compile("loading"), patient());
      assertThat(state(page, "2")).hasText("registered", patient());

      List<?> seen = (List<?>) page.evaluate("[...window.seen]");
      // A busy page may skip what lasted a moment: not of both.
      assertThat(seen.stream().map(Object::toString))
          .contains("1: registered", "2: registered")
          .anyMatch(text -> text.endsWith(": asking for address"));
      assertThat(
              seen.stream()
                  .map(Object::toString)
                  .filter(text -> text.matches("1: loading [1-9][0-9]?\\h%")))
          .as("percent of the first PC, of all that was seen: %s", seen)
          .hasSizeGreaterThanOrEqualTo(2);
      assertThat(page.evaluate("window.opened")).as("never reloaded").isEqualTo(true);
      assertThat(chrome.complaints()).isEmpty();
      Rooms.awaitOff(room, one);
      Rooms.awaitOff(room, two);
    }
  }

  private static Locator state(Page page, String seat) {
    return page.locator("#picture .seat[data-seat='" + seat + "'] .t-state");
  }

  private static LocatorAssertions.HasTextOptions patient() {
    return new LocatorAssertions.HasTextOptions().setTimeout((double) Rooms.LIMIT.toMillis());
  }

  /** Zeros behind an archive are skipped by Linux. */
  private static void makeTheInitrdLarge(VirtualRoom room) throws Exception {
    for (String image : List.of("lab", "rancheros")) {
      Path initrd = room.folder().resolve("site/images/" + image + "/initrd");
      byte[] small = Files.readAllBytes(initrd);
      byte[] large = java.util.Arrays.copyOf(small, (small.length + 3) / 4 * 4 + PADDING);
      // A link to what other rooms use as well.
      Files.delete(initrd);
      Files.write(initrd, large);
    }
  }

  private static String token(VirtualRoom room) throws Exception {
    return Files.readString(room.folder().resolve("state/admin-token")).strip();
  }

  private static void draw(VirtualRoom room, Mac first, Mac second) throws Exception {
    URI layout = room.controlPlane().resolve("/api/v1/rooms/sala5/layout");
    String drawing =
        """
        {"front": "top", "seats": [{"name": "1", "x": 0, "y": 0}, {"name": "2", "x": 2, "y": 0}],
         "machines": {"%s": "1", "%s": "2"}}
        """
            .formatted(first, second);
    HttpRequest request =
        HttpRequest.newBuilder(layout)
            .header("Authorization", "Bearer " + token(room))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(drawing))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }
}
