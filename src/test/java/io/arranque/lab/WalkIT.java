package io.arranque.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.arranque.Chrome;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualPc;
import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** PCs that nobody has ever heard of are switched on one after the other, phone in hand. */
class WalkIT {
  @Test
  void pcsTakeTheirSeatsInTheOrderInWhichTheyAreSwitchedOn() throws IOException {
    try (Chrome chrome = Chrome.open();
        VirtualRoom room = Rooms.open()) {
      room.appliance().start();
      Page phone = chrome.page(Chrome.Look.PHONE);
      String address = room.controlPlane().resolve("/rooms/sala5/walk").toString();
      phone.navigate(address);
      phone.fill("#token", Files.readString(room.folder().resolve("state/admin-token")).strip());
      phone.click("button[type=submit]");
      assertThat(phone.locator("#walk-go")).isVisible();
      phone.waitForLoadState();
      phone.selectOption("#w-role", "local-disk");
      phone.click("#walk-go");
      assertThat(phone.locator("#walk-next")).hasText("1");

      switchOn(room, phone, PcSpec.blank(3, PcFirmware.BIOS), 1);
      switchOn(room, phone, PcSpec.blank(1, PcFirmware.UEFI), 2);
      switchOn(room, phone, PcSpec.blank(2, PcFirmware.BIOS), 3);

      // ROM and loader of a PC ask several times each: that is still one PC.
      assertThat(phone.locator(".chip.seat-fresh")).hasCount(3);
      assertThat(phone.locator("body")).hasAttribute("data-tones", "good good good");
      String looks = System.getProperty("arranque.looks", "");
      if (!looks.isEmpty()) {
        phone.screenshot(
            new Page.ScreenshotOptions().setPath(Path.of(looks, "lab.png")).setFullPage(true));
      }
    }
  }

  private static void switchOn(VirtualRoom room, Page phone, PcSpec spec, int seat) {
    VirtualPc pc = room.powerOn(spec);
    assertThat(phone.locator("#walk-next"))
        .hasText(
            Integer.toString(seat + 1),
            new LocatorAssertions.HasTextOptions().setTimeout((double) Rooms.LIMIT.toMillis()));
    Assertions.assertThat(room.appliance().client().hostname(pc.mac())).isEqualTo("sala5-0" + seat);
    // Its loader, too, has asked by then; the next PC is another boot.
    Rooms.awaitStage(room, pc, io.arranque.timeline.Stage.LOCAL_DISK);
    pc.pullPlug();
  }
}
