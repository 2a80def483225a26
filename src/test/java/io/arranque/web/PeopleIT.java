package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First account, login, and what each role is shown, in a real browser, Debian's. */
class PeopleIT {
  private static final String PASSWORD = "green tea at four";

  private String base = "";

  @Test
  void theFirstAccountIsMadeLetsOthersInAndEachSeesWhatTheyMayDo(@TempDir Path folder)
      throws Exception {
    World world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      base = "http://127.0.0.1:" + plane.port();
      Page admin = chrome.page(Chrome.Look.DESKTOP);
      setUp(admin, plane.newLoginLink("127.0.0.1"));
      letIn(admin);
      String token = token(admin);
      Assertions.assertThat(token).startsWith("arranque_");
      viewer(chrome);
      operator(chrome);
      world.now = world.now.plusSeconds(1);
      audit(admin);
      // What was refused on purpose: passwords unlike or too short, wrong logins, the last
      // administrator, a room of somebody else.
      Assertions.assertThat(chrome.complaints(401, 403, 409, 422)).isEmpty();
    }
  }

  /** With the keyboard alone, and what was typed stays after a refusal. */
  private void setUp(Page page, String link) {
    page.navigate(link);
    assertThat(page.locator("h1")).hasText("Create your account");
    assertThat(page.locator("#name")).isFocused();
    page.keyboard().type("Ana");
    page.keyboard().press("Tab");
    page.keyboard().type(PASSWORD);
    page.keyboard().press("Tab");
    page.keyboard().type("something else");
    page.keyboard().press("Enter");
    assertThat(page.locator("#notice")).containsText("not the same");
    assertThat(page.locator("#name")).hasValue("Ana");
    page.fill("#again", PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("Rooms");
    assertThat(page.locator(".bar-end")).containsText("ana");
  }

  private static void letIn(Page page) {
    page.click("nav >> text=People");
    page.fill("#user-name", "vera");
    page.fill("#user-password", "short");
    page.fill("#user-again", "short");
    // The browser itself refuses it first; the server, asked without the browser, too.
    page.evaluate("document.querySelector('#add-user').noValidate = true");
    page.click("#add-user button");
    assertThat(page.locator("#notice")).containsText("10 characters");
    assertThat(page.locator("#user-name")).hasValue("vera");
    page.fill("#user-password", PASSWORD);
    page.fill("#user-again", PASSWORD);
    page.click("#add-user button");
    assertThat(page.locator("#user-vera")).isVisible();

    page.fill("#user-name", "oscar");
    page.selectOption("#user-role", "operator");
    page.fill("#user-rooms", "sala5");
    page.fill("#user-password", PASSWORD);
    page.fill("#user-again", PASSWORD);
    page.click("#add-user button");
    assertThat(page.locator("#user-oscar [name=rooms]")).hasValue("sala5");

    page.click("#user-ana >> text=Remove");
    assertThat(page.locator("#notice")).containsText("last administrator");
    assertThat(page.locator("#user-ana")).isVisible();
  }

  private static String token(Page page) {
    page.fill("#token-name", "backup");
    page.selectOption("#token-scope", "read");
    page.click("#token-form button");
    assertThat(page.locator("#notice")).containsText("cannot be shown again");
    assertThat(page.locator("#lists")).containsText("backup");
    String token = page.locator("#notice p").nth(1).innerText();
    page.reload();
    assertThat(page.locator("body")).not().containsText(token);
    return token;
  }

  private Page loggedIn(Chrome chrome, String name) {
    Page page = chrome.page(Chrome.Look.DESKTOP);
    page.navigate(base + "/machines");
    page.fill("#name", name);
    page.fill("#password", "not the password");
    page.keyboard().press("Enter");
    assertThat(page.locator("[role=alert]")).containsText("do not belong together");
    assertThat(page.locator("#name")).hasValue(name);
    assertThat(page.locator("#password")).isFocused();
    page.keyboard().type(PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("Machines");
    return page;
  }

  private void viewer(Chrome chrome) {
    Page page = loggedIn(chrome, "vera");
    assertThat(page.locator("#row-52-54-00-00-00-01")).isVisible();
    assertThat(page.locator("#filter")).isVisible();
    assertThat(page.locator("#row-52-54-00-00-00-01 [name=mac]")).isHidden();
    assertThat(page.locator("#view-only")).isVisible();
    assertThat(page.locator("nav")).not().containsText("Audit");
    page.click("#row-52-54-00-00-00-01 a");
    assertThat(page.locator("#edit")).isHidden();
    assertThat(page.locator("text=Forget this machine")).isHidden();
    page.click("text=vera");
    assertThat(page.locator("#old")).isVisible();
    page.click("text=Log out");
    assertThat(page.locator("h1")).hasText("Log in");
  }

  private void operator(Chrome chrome) {
    Page page = loggedIn(chrome, "oscar");
    page.check("#row-52-54-00-00-00-01 [name=mac]");
    page.click("#act-bar [data-act=role]");
    page.selectOption("#act-role", "worker");
    page.click("#act-do");
    assertThat(page.locator("#row-52-54-00-00-00-01 .c-role")).hasText("worker");
    page.click("#row-52-54-00-00-00-01 a");
    page.fill("#f-room", "sala6");
    page.click("#edit button[type=submit]");
    assertThat(page.locator("#notice")).containsText("not in this room");
    assertThat(page.locator("#f-room")).hasValue("sala6");
  }

  private void audit(Page page) {
    page.click("nav >> text=Audit");
    assertThat(page.locator("#audit-lines")).containsText("login failed");
    page.fill("#q-who", "oscar");
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*who=oscar.*"));
    assertThat(page.locator("#q-who")).hasValue("oscar");
    assertThat(page.locator("#audit-lines")).containsText("403 Forbidden");
    assertThat(page.locator("#audit-lines")).not().containsText("vera");
    page.click("text=Español");
    assertThat(page.locator("h1")).hasText("Auditoría");
  }
}
