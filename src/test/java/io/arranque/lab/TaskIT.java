package io.arranque.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import io.arranque.Chrome;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.timeline.Stage;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Real PCs that are off are woken in the browser; one that waits gets its role there. */
class TaskIT {
  private static final double LIMIT = Rooms.LIMIT.toMillis();

  @Test
  void twoPcsThatAreOffAreWokenAndOneThatWaitsGetsItsRole() throws Exception {
    PcSpec one = PcSpec.blank(1, PcFirmware.BIOS);
    PcSpec two = PcSpec.blank(2, PcFirmware.BIOS);
    try (VirtualRoom room = Rooms.open();
        StandbyCircuit standby = new StandbyCircuit(room, List.of(one, two));
        Chrome chrome = Chrome.open()) {
      room.appliance().start();
      for (PcSpec pc : List.of(one, two)) {
        room.appliance().client().define(pc.mac(), pc.hostname(), "lab-pc", Map.of());
      }
      VirtualPc waiting = room.powerOn(PcSpec.blank(3, PcFirmware.BIOS));
      await(standby::isListening);

      Page page = chrome.page(Chrome.Look.DESKTOP);
      page.navigate(room.controlPlane() + "/machines");
      page.fill("#token", Files.readString(room.folder().resolve("state/admin-token")).strip());
      page.click("button[type=submit]");
      for (PcSpec pc : List.of(one, two)) {
        assertThat(page.locator(row(pc) + " .stage")).hasText("never seen");
        page.check(row(pc) + " [name=mac]");
      }
      page.click("#act-bar [data-act=wake]");
      page.click("#act-do");
      for (PcSpec pc : List.of(one, two)) {
        // Waking, or already further: the first packet takes a moment, the PC a few seconds.
        assertThat(page.locator(row(pc) + " .stage")).not().hasText("never seen");
      }
      await(() -> standby.on().size() == 2);

      Rooms.awaitStage(room, waiting, Stage.WAITING);
      page.check("#row-" + waiting.mac().hyphenated() + " [name=mac]");
      page.click("#act-bar [data-act=role]");
      page.selectOption("#act-role", "lab-pc");
      page.click("#act-do");

      for (PcSpec pc : List.of(one, two)) {
        assertThat(page.locator(row(pc) + " .stage"))
            .containsText(
                Pattern.compile("registered"), new ContainsTextOptions().setTimeout(LIMIT));
        VirtualPc woken = standby.on().get(pc.mac());
        assertThat(woken).isNotNull();
        assertThat(room.appliance().client().timeline(pc.mac(), Instant.EPOCH))
            .anyMatch(event -> event.reason().equals("WAKE_SENT"));
      }
      assertThat(page.locator("#row-" + waiting.mac().hyphenated() + " .stage"))
          .containsText(Pattern.compile("registered"), new ContainsTextOptions().setTimeout(LIMIT));
      page.navigate(room.controlPlane() + "/tasks");
      assertThat(page.locator(".task", new Page.LocatorOptions().setHasText("Wake")))
          .containsText("2 done");
    }
  }

  private static String row(PcSpec pc) {
    return "#row-" + pc.mac().hyphenated();
  }

  private static void await(java.util.function.BooleanSupplier met) throws InterruptedException {
    Instant until = Instant.now().plus(Duration.ofMinutes(2));
    while (!met.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(until);
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
    }
  }
}
