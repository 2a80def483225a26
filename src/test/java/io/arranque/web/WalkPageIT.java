package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotCaret;
import io.arranque.Chrome;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody walks through a room with a phone, and switches PCs on. */
class WalkPageIT {
  private static final Duration A_WHILE = Duration.ofSeconds(20);

  private static Page open(Chrome chrome, ControlPlane plane, Chrome.Look look) {
    Page page = chrome.page(look);
    page.navigate("http://127.0.0.1:" + plane.port() + "/rooms/sala5/walk");
    page.fill("#token", World.TOKEN);
    page.click("button[type=submit]");
    assertThat(page.locator("#walk")).isVisible();
    page.waitForLoadState();
    return page;
  }

  private static Locator next(Page page) {
    return page.locator("#walk-next");
  }

  private static Assignment of(World world, int pc) {
    return world.book.machine(SwitchedOn.pc(pc)).map(Machine::assignment).orElse(Assignment.NONE);
  }

  private static void look(Page page, String name) {
    String folder = System.getProperty("arranque.looks", "");
    if (!folder.isEmpty()) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of(folder, name + ".png"))
              .setCaret(ScreenshotCaret.INITIAL)
              .setFullPage(true));
    }
  }

  @Test
  void each_pc_takes_the_next_seat_with_sound_and_colour(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    world.book.with(SwitchedOn.drawn("sala5", 12));
    SwitchedOn pcs = new SwitchedOn(world);
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Page phone = open(chrome, plane, Chrome.Look.PHONE);
      look(phone, "walk-start");
      phone.fill("#w-names", "nowhere");
      phone.click("#walk-go");
      assertThat(phone.locator("#notice")).containsText("{seat}");
      assertThat(phone.locator("#w-names")).hasValue("nowhere");
      phone.fill("#w-names", "sala5-{seat}");
      phone.selectOption("#w-role", "worker");
      phone.click("#walk-go");
      assertThat(next(phone)).hasText("1");

      pcs.boots(SwitchedOn.pc(1), A_WHILE);
      assertThat(next(phone)).hasText("2");
      assertThat(phone.locator("#walk-told")).containsText("sala5-01 is at seat 1");
      assertThat(phone.locator(".seat-fresh text")).hasText("1");
      assertThat(phone.locator("body")).hasAttribute("data-tones", "good");
      assertThat(phone.locator("#walk-say")).containsText("Next: seat 2");
      Assertions.assertThat(of(world, 1).room()).contains("sala5");
      Assertions.assertThat(of(world, 1).seat()).contains("1");
      Assertions.assertThat(of(world, 1).role()).contains("worker");
      look(phone, "walk-1");

      // A phone that joins the network is none of the room's PCs.
      pcs.asksForAnAddress(SwitchedOn.pc(99), A_WHILE);
      pcs.boots(SwitchedOn.pc(1), Duration.ofMinutes(2));
      assertThat(phone.locator("#walk-told")).containsText("has seat 1 already");
      assertThat(next(phone)).hasText("2");
      assertThat(phone.locator("body")).hasAttribute("data-tones", "good known");

      // By keys alone, as on a laptop on the teacher's desk.
      phone.locator("body").press("Space");
      assertThat(next(phone)).hasText("3");
      pcs.boots(SwitchedOn.pc(3), A_WHILE);
      assertThat(next(phone)).hasText("4");
      phone.locator("body").press("Backspace");
      assertThat(next(phone)).hasText("3");
      Assertions.assertThat(of(world, 3)).isEqualTo(Assignment.NONE);
      phone.locator("body").press("Backspace");
      assertThat(next(phone)).hasText("2");
      look(phone, "walk-2");
      Assertions.assertThat(chrome.complaints(422)).isEmpty();
    }
  }

  @Test
  void of_two_pcs_at_once_somebody_says_which_is_where(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    world.book.with(SwitchedOn.drawn("sala5", 8));
    SwitchedOn pcs = new SwitchedOn(world);
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Page phone = open(chrome, plane, Chrome.Look.PHONE.atNight());
      phone.click("#walk-go");
      assertThat(next(phone)).hasText("1");
      pcs.boots(SwitchedOn.pc(1), A_WHILE);
      pcs.boots(SwitchedOn.pc(2), Duration.ofSeconds(1));
      pcs.boots(SwitchedOn.pc(3), Duration.ofSeconds(30));
      assertThat(phone.locator("#walk-ask")).hasText("Two PCs at once");
      assertThat(phone.locator("#walk")).containsText("1 more wait");
      look(phone, "walk-together-dark");
      // The second one is at seat 1.
      phone.click("#walk-answer-swap");
      assertThat(next(phone)).hasText("4");
      Assertions.assertThat(of(world, 2).hostname()).contains("sala5-01");
      Assertions.assertThat(of(world, 1).hostname()).contains("sala5-02");
      Assertions.assertThat(of(world, 3).hostname()).contains("sala5-03");
      look(phone, "walk-dark");
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }

  @Test
  void two_who_walk_see_the_same_and_a_reload_loses_nothing(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    SwitchedOn pcs = new SwitchedOn(world);
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      Page phone = open(chrome, plane, Chrome.Look.PHONE.in("es"));
      Page desk = open(chrome, plane, Chrome.Look.DESKTOP);
      assertThat(phone.locator("#walk-no-layout")).isVisible();
      phone.click("#walk-go");
      assertThat(next(desk)).hasText("1");
      pcs.boots(SwitchedOn.pc(1), A_WHILE);
      assertThat(next(desk)).hasText("2");
      assertThat(next(phone)).hasText("2");
      look(phone, "walk-count-es");
      look(desk, "walk-count-desktop");
      desk.reload();
      assertThat(next(desk)).hasText("2");
      desk.click("#walk-pause");
      assertThat(phone.locator(".walk-lead")).hasText("En pausa");
      pcs.boots(SwitchedOn.pc(2), A_WHILE);
      assertThat(phone.locator("#walk-told")).containsText("durante la pausa");
      desk.click("#walk-pause");
      assertThat(next(phone)).hasText("2");
      desk.click("#walk-end");
      assertThat(phone.locator("#walk-onward")).containsText("puesto 2");
      Assertions.assertThat(of(world, 2).seat()).isEqualTo(Optional.empty());
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }
}
