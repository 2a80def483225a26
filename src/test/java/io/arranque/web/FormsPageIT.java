package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import io.arranque.Chrome;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to forms without meaning to, in a real browser. */
class FormsPageIT {
  private static final String PC1 = "/machines/52-54-00-00-00-01";

  @TempDir Path folder;
  private World world;
  private ControlPlane plane;
  private Chrome chrome;
  private Page page;

  /** A machine with two busy cores takes its time. */
  @BeforeAll
  static void patience() {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @BeforeEach
  void open() throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "local-disk", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "worker", "192.168.33.102", "S2");
    plane = world.plane();
    plane.start();
    chrome = Chrome.open();
    page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate(plane.newLoginLink("127.0.0.1"));
  }

  @AfterEach
  void close() {
    if (chrome != null) {
      chrome.close();
    }
    plane.close();
  }

  @Test
  void two_clicks_are_one_task() {
    select();
    page.click("#act-bar [data-act=wake]");
    page.locator("#act-do").dblclick();
    assertThat(page.locator("#act-dialog")).isHidden();
    assertThat(page.locator(".task-name")).hasText("Wake");
    page.navigate(at("/tasks"));
    assertThat(page.locator(".task")).hasCount(1);
    Assertions.assertThat(world.waker.orders()).hasSize(1);
  }

  @Test
  void selecting_text_out_of_the_dialog_does_not_close_it_and_a_click_beside_it_does() {
    select();
    page.click("#act-bar [data-act=vars]");
    page.selectOption("#act-vars-role", "worker");
    Locator field = page.locator("#tv-rancher-url");
    field.fill("https://rancher.example");
    BoundingBox box = field.boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
    page.mouse().down();
    page.mouse().move(5, box.y + box.height / 2);
    page.mouse().up();
    assertThat(page.locator("#act-dialog")).isVisible();
    assertThat(field).hasValue("https://rancher.example");
    page.mouse().click(5, 300);
    assertThat(page.locator("#act-dialog")).isHidden();
  }

  @Test
  void the_keyboard_is_back_in_the_list_when_the_bar_goes() {
    select();
    Locator box = page.locator("#rows [name=mac]").nth(1);
    box.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#act-bar [data-act=role]")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("#act-bar")).isHidden();
    assertThat(box).isFocused();
  }

  @Test
  void what_cannot_be_sent_is_said_and_stays() {
    page.navigate(at(PC1));
    page.fill("#edit [name=hostname]", "pc9");
    page.route("**" + PC1, route -> route.abort());
    page.press("#edit [name=hostname]", "Enter");
    assertThat(page.locator("#notice")).containsText("Not sent");
    assertThat(page.locator("#edit [name=hostname]")).hasValue("pc9");
    page.unroute("**" + PC1);
    page.press("#edit [name=hostname]", "Enter");
    assertThat(page.locator("h1")).hasText("pc9");
  }

  @Test
  void what_was_typed_when_the_session_ended_is_there_again_after_the_login() throws Exception {
    DemoRoom.people(world);
    page.context().clearCookies();
    page.navigate(at(PC1));
    login("ana");
    page.fill("#edit [name=hostname]", "pc9");
    page.context().clearCookies();
    page.press("#edit [name=hostname]", "Enter");
    login("ana");
    page.waitForURL("**" + PC1);
    assertThat(page.locator("#notice")).containsText("not saved yet");
    assertThat(page.locator("#edit [name=hostname]")).hasValue("pc9");
    page.press("#edit [name=hostname]", "Enter");
    assertThat(page.locator("h1")).hasText("pc9");
    // Once: whoever comes back later finds what there is.
    page.navigate(at(PC1));
    assertThat(page.locator("#notice")).isEmpty();
  }

  @Test
  void what_one_has_typed_is_not_shown_to_another() throws Exception {
    DemoRoom.people(world);
    page.navigate(at(PC1));
    page.fill("#edit [name=hostname]", "pc9");
    page.context().clearCookies();
    page.press("#edit [name=hostname]", "Enter");
    login("oscar");
    page.waitForURL("**" + PC1);
    assertThat(page.locator("#edit [name=hostname]")).hasValue("pc1");
    assertThat(page.locator("#notice")).isEmpty();
  }

  @Test
  void whoever_comes_back_to_the_list_finds_it_filtered_as_it_was() {
    page.navigate(at("/machines"));
    page.fill("#filter", "pc2");
    page.click("#rows tr:not([hidden]) .c-name a");
    assertThat(page.locator("h1")).hasText("pc2");
    page.goBack();
    assertThat(page.locator("#filter")).hasValue("pc2");
    assertThat(page.locator("#rows tr:not([hidden])")).hasCount(1);
  }

  @Test
  void whoever_comes_back_to_the_picture_finds_the_same_seats_lit() {
    world.event(World.PC1, Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, "");
    page.navigate(at("/rooms/sala5"));
    page.click("#tally-registered button");
    assertThat(page.locator(".seat.dim")).hasCount(1);
    page.navigate(at(PC1));
    page.goBack();
    assertThat(page.locator("#tally-registered button")).hasAttribute("aria-pressed", "true");
    assertThat(page.locator(".seat.dim")).hasCount(1);
  }

  private void login(String name) {
    page.fill("#name", name);
    page.fill("#password", DemoRoom.PASSWORD);
    page.press("#password", "Enter");
  }

  private void select() {
    page.navigate(at("/machines"));
    page.check("#all");
    assertThat(page.locator("#act-count")).hasText("2");
  }

  private String at(String path) {
    return "http://127.0.0.1:" + plane.port() + path;
  }
}
