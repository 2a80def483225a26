package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.arranque.Chrome;
import io.arranque.address.Mac;
import io.arranque.inventory.Installation;
import io.arranque.inventory.InventoryChange;
import io.arranque.site.BootPolicy;
import io.arranque.timeline.Reason;
import io.arranque.wake.WakeNews;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions on a selection, in a real browser. */
class ActionsPageIT {
  private static final Mac PC3 = Mac.of("52:54:00:00:00:03");
  private static final List<Mac> ALL = List.of(World.PC1, World.PC2, PC3);

  @TempDir Path folder;
  private World world;
  private ControlPlane plane;
  private Chrome chrome;

  /** A machine with two busy cores takes its time. */
  @BeforeAll
  static void patience() {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @BeforeEach
  void open() throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "local-disk", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "local-disk", "192.168.33.102", "S2");
    world.machine(PC3, "pc3", "worker", "192.168.33.103", "S3");
    plane = world.plane();
    plane.start();
    chrome = Chrome.open();
  }

  @AfterEach
  void close() {
    if (chrome != null) {
      chrome.close();
    }
    plane.close();
  }

  @Test
  void a_role_is_given_to_three_undone_and_what_was_changed_since_is_named() throws Exception {
    Page page = list(Chrome.Look.DESKTOP);
    assertThat(page.locator("#act-bar")).isHidden();
    select(page, ALL);
    assertThat(page.locator("#act-count")).hasText("3");
    page.click("#act-bar [data-act=role]");
    assertThat(page.locator("#act-dialog")).isVisible();
    assertThat(page.locator(".act-names")).hasText("pc1 pc2 pc3");
    assertThat(page.locator(".act-undo")).containsText("undo it for 2 hours");
    // Looked at meanwhile, which must not lose the rest of the form.
    page.waitForResponse("**/tasks/review", () -> page.selectOption("#act-role", "worker"));
    page.click("#act-do");
    assertThat(page.locator("#act-dialog")).isHidden();
    assertThat(page.locator("#act-bar")).isHidden();
    assertThat(page.locator(".task-counts")).hasText("3 done");
    assertThat(row(page, World.PC1).locator(".c-role")).hasText("worker");

    role(World.PC2, "third");
    page.locator(".task button", new Page.LocatorOptions().setHasText("Undo")).click();
    assertThat(page.locator(".task-state")).hasText("undone");
    assertThat(page.locator(".task-machines")).containsText("pc2");
    assertThat(page.locator(".task-machines")).containsText("has changed this since");
    assertThat(row(page, World.PC1).locator(".c-role")).hasText("local-disk");
    Assertions.assertThat(role(World.PC2)).contains("third");
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }

  @Test
  void each_kind_does_what_it_says() throws Exception {
    Page page = list(Chrome.Look.DESKTOP);
    act(page, List.of(PC3), "vars");
    page.fill("#tv-rancher-token", "s3cret");
    page.fill("#tv-disk", "no disk");
    // What would be refused is said in the dialog while one types, and what was typed stays.
    assertThat(page.locator(".act-refused")).containsText("disk");
    assertThat(page.locator("#act-do")).isDisabled();
    assertThat(page.locator("#tv-rancher-token")).hasValue("s3cret");
    page.fill("#tv-disk", "/dev/vda");
    done(page, "Set values disk, rancher-token");
    Assertions.assertThat(machine(PC3).assignment().vars())
        .containsEntry("disk", "/dev/vda")
        .containsEntry("rancher-token", "s3cret");
    assertThat(page.locator("body")).not().containsText("s3cret");

    act(page, List.of(PC3), "local-boot");
    done(page, "Own disk");
    Assertions.assertThat(machine(PC3).assignment().policy()).contains(BootPolicy.NEVER);

    act(page, List.of(PC3), "boot-once");
    done(page, "Boot once");
    Assertions.assertThat(machine(PC3).assignment().policy()).contains(BootPolicy.NEXT_BOOT);

    act(page, List.of(PC3), "policy");
    page.check("#act-form [value=install-once]");
    done(page, "install once");
    List<InventoryChange> installed =
        world.book.commit(
            now ->
                List.of(
                    new InventoryChange.InstallationChanged(
                        PC3, Installation.NONE.done("worker", world.now), "")));
    Assertions.assertThat(installed).hasSize(1);
    act(page, List.of(PC3), "reinstall");
    assertThat(page.locator(".act-undo")).containsText("cannot be brought back");
    done(page, "Install again");
    Assertions.assertThat(machine(PC3).installation().finished()).isEmpty();

    act(page, List.of(PC3), "arm");
    page.fill("#act-minutes", "30");
    done(page, "Arm");
    Assertions.assertThat(machine(PC3).provisioning().window()).isPresent();
    act(page, List.of(PC3), "disarm");
    done(page, "Disarm");
    Assertions.assertThat(machine(PC3).provisioning().window()).isEmpty();

    act(page, List.of(PC3), "take-role");
    done(page, "Take role away");
    Assertions.assertThat(role(PC3)).isEmpty();

    act(page, List.of(PC3), "forget");
    done(page, "Forget");
    assertThat(row(page, PC3)).hasCount(0);
    page.navigate(page.url().replace("/machines", "/tasks"));
    assertThat(page.locator(".task")).hasCount(9);
    page.locator(".task").first().locator("button:has-text('Undo')").click();
    assertThat(page.locator(".task").first().locator(".task-state")).hasText("undone");
    Assertions.assertThat(machine(PC3).hostname()).isEqualTo("pc3");
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }

  @Test
  void a_long_wake_shows_how_far_it_is_and_is_stopped() {
    Page page = list(Chrome.Look.DESKTOP);
    act(page, ALL, "wake");
    assertThat(page.locator(".act-final")).containsText("cannot be undone");
    page.click("#act-do");
    assertThat(page.locator(".task-counts")).hasText("3 to come");
    ScriptedWaker.Order order = world.waker.orders().get(0);
    order.tell(World.PC1, WakeNews.State.ASKED, Reason.WAKE_SENT);
    order.tell(World.PC1, WakeNews.State.SILENT, Reason.WAKE_UNHEARD);
    order.tell(World.PC2, WakeNews.State.ASKED, Reason.WAKE_SENT);
    assertThat(page.locator(".task-counts .o-asked")).hasText("1 asked");
    // A machine that did not come is named, with what to look at.
    assertThat(page.locator(".task-machines")).containsText("pc1");
    assertThat(page.locator(".task-machines")).containsText("Wake-on-LAN off in its firmware");
    assertThat(page.locator(".task progress")).hasAttribute("value", "66");
    page.click(".task button:has-text('Stop')");
    assertThat(page.locator(".task-state")).hasText("stopped");
    Assertions.assertThat(order.stopped).isTrue();
    // Everybody sees it: also who comes later.
    Page other = list(Chrome.Look.DESKTOP.in("es"));
    assertThat(other.locator(".task-state")).hasText("parada");
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }

  @Test
  void who_would_be_refused_is_said_before_and_nothing_to_do_cannot_be_pressed() throws Exception {
    List<InventoryChange> installed =
        world.book.commit(
            now ->
                List.of(
                    new InventoryChange.InstallationChanged(
                        PC3, Installation.NONE.done("worker", world.now), "")));
    Assertions.assertThat(installed).hasSize(1);
    Page page = list(Chrome.Look.DESKTOP);
    act(page, ALL, "reinstall");
    assertThat(page.locator(".act-refused")).containsText("2 of 3 would be refused");
    assertThat(page.locator(".act-refused")).containsText("pc1, pc2");
    assertThat(page.locator("#act-do")).hasText("Install 1 again");
    done(page, "Install again");
    assertThat(page.locator(".task-counts .o-refused")).hasText("2 refused");
    act(page, ALL.subList(0, 2), "reinstall");
    assertThat(page.locator("#act-do")).isDisabled();
  }

  @Test
  void all_of_it_goes_by_the_keyboard() {
    Page page = list(Chrome.Look.DESKTOP);
    row(page, World.PC1).locator("[name=mac]").focus();
    page.keyboard().press("Space");
    row(page, World.PC2).locator("[name=mac]").focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#task-said")).containsText("2 selected");
    page.keyboard().press("Enter");
    assertThat(page.locator("#act-bar [data-act=role]")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#act-role")).isFocused();
    page.keyboard().type("worker");
    page.keyboard().press("Escape");
    assertThat(page.locator("#act-dialog")).isHidden();
    assertThat(page.locator("#act-bar [data-act=role]")).isFocused();
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    // An action without fields is ready to be pressed.
    assertThat(page.locator("#act-do")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator(".task-name")).hasText("Wake");
    Assertions.assertThat(world.waker.orders().get(0).macs).containsExactly(World.PC1, World.PC2);
    row(page, World.PC1).locator("[name=mac]").focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#act-bar")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("#act-bar")).isHidden();
    assertThat(row(page, World.PC1).locator("[name=mac]")).not().isChecked();
  }

  @Test
  void with_shift_all_in_between_are_selected_and_what_the_filter_hides_is_not() {
    Page page = list(Chrome.Look.DESKTOP);
    row(page, World.PC1).locator("[name=mac]").click();
    row(page, PC3)
        .locator("[name=mac]")
        .click(
            new Locator.ClickOptions()
                .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
    assertThat(page.locator("#act-count")).hasText("3");
    page.fill("#filter", "pc2");
    assertThat(page.locator("#act-count")).hasText("1");
  }

  @Test
  void on_a_phone_the_bar_is_at_the_bottom_and_everything_is_within_reach() {
    Page page = list(Chrome.Look.PHONE);
    select(page, ALL);
    var bar = page.locator("#act-bar").boundingBox();
    Assertions.assertThat(bar.y + bar.height).isBetween(843.0, 845.0);
    Assertions.assertThat(bar.width).isLessThanOrEqualTo(390);
    page.click("#act-more summary");
    page.locator("#act-more [data-act=boot-once]").click();
    assertThat(page.locator("#act-dialog")).isVisible();
    var dialog = page.locator("#act-dialog").boundingBox();
    Assertions.assertThat(dialog.width).isLessThanOrEqualTo(390);
    done(page, "Boot once");
    Assertions.assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
  }

  @Test
  void one_machine_has_its_actions_on_its_page() {
    Page page = list(Chrome.Look.DESKTOP);
    row(page, World.PC1).locator("a").click();
    page.click("#act-one [data-act=wake]");
    assertThat(page.locator(".act-names")).hasText("pc1");
    done(page, "Wake");
    Assertions.assertThat(world.waker.orders().get(0).macs).containsExactly(World.PC1);
    page.click(".task [data-hide]");
    assertThat(page.locator(".task")).isHidden();
    Assertions.assertThat(chrome.complaints()).isEmpty();
  }

  private Page list(Chrome.Look look) {
    Page page = chrome.page(look);
    page.navigate("http://127.0.0.1:" + plane.port() + "/machines");
    page.fill("#token", World.TOKEN);
    page.click("button[type=submit]");
    assertThat(row(page, World.PC1)).isVisible();
    assertThat(page.locator("#task-strip[aria-label]")).hasCount(1);
    return page;
  }

  private static Locator row(Page page, Mac mac) {
    return page.locator("#row-" + mac.hyphenated());
  }

  private static void select(Page page, List<Mac> macs) {
    macs.forEach(mac -> row(page, mac).locator("[name=mac]").check());
  }

  private static void act(Page page, List<Mac> macs, String kind) {
    assertThat(page.locator("#act-bar")).isHidden();
    select(page, macs);
    Locator button = page.locator("#act-bar > * > * > [data-act=" + kind + "]");
    if (button.count() == 0) {
      page.click("#act-more summary");
      button = page.locator("#act-more [data-act=" + kind + "]");
    }
    button.click();
    assertThat(page.locator("#act-dialog")).isVisible();
  }

  private static void done(Page page, String name) {
    page.click("#act-do");
    assertThat(page.locator("#act-dialog")).isHidden();
    assertThat(page.locator("#task-strip .task-name").first()).containsText(name);
  }

  private Optional<String> role(Mac mac) {
    return machine(mac).assignment().role();
  }

  private io.arranque.inventory.Machine machine(Mac mac) {
    return world.book.machine(mac).orElseThrow();
  }

  private void role(Mac mac, String role) throws Exception {
    List<InventoryChange> changes =
        world.book.commit(
            now ->
                List.of(
                    new InventoryChange.Assigned(
                        mac, machine(mac).assignment().withRole(Optional.of(role)), "somebody@-")));
    Assertions.assertThat(changes).hasSize(1);
  }
}
