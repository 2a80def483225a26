package io.arranque.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.arranque.Chrome;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The editor of the site's files in a real browser, on the example site. */
@Timeout(240)
class EditorPageIT {
  private static final String DOCUMENT = "cloud-init/lab-pc/user-data";

  @BeforeAll
  static void patience() {
    // The whole site is judged at each pause of typing, and other tests run beside this one.
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
  }

  @Test
  void anErrorIsShownAtItsLineAndTheMendedTextIsPreviewedAndSaved(@TempDir Path place)
      throws Exception {
    try (EditedSite site = site(place);
        Chrome chrome = Chrome.open()) {
      Page page = open(site, chrome.page(Chrome.Look.DESKTOP), "/roles");
      page.click("#role-lab-pc a");
      page.click("a[href='/files/edit?path=" + DOCUMENT + "']");
      assertThat(page.locator("#summary")).hasText("Nothing wrong with it");
      String before = site.read(DOCUMENT);

      page.fill("#text", before.replaceFirst("\n", "\nhostname: 5\n"));
      Locator line = page.locator("#gutter div").nth(1);
      assertThat(line).hasClass("m-error");
      assertThat(page.locator("#gutter div").nth(0)).hasClass("");
      assertThat(page.locator("#findings")).containsText("line 2");
      assertThat(page.locator("#summary")).containsText("Cannot be saved");
      assertThat(page.locator("#affected")).containsText("Would no longer boot: 2");
      page.click("#save");
      assertThat(page.locator("#outcome")).containsText("would not be taken");
      Assertions.assertThat(site.read(DOCUMENT)).isEqualTo(before);

      String mended = before.replaceFirst("\n", "\n# for {{ machine.hostname }}\n");
      page.fill("#text", mended);
      assertThat(page.locator("#preview .d-added")).containsText("+# for pc1");
      assertThat(line).hasClass("");
      assertThat(page.locator("#affected")).containsText("Changed: 2");
      assertThat(page.locator("#affected summary")).containsText("sala5");
      page.fill("#machine", "pc2");
      assertThat(page.locator("#preview")).containsText("# for pc2");

      page.click("#save");
      assertThat(page.locator("#outcome [data-outcome=saved]")).containsText("+1 -0");
      Assertions.assertThat(site.read(DOCUMENT)).isEqualTo(mended);
      assertThat(page.locator("#state")).containsText("in force since");
      assertThat(page.locator("#discard")).isHidden();

      page.click("#undo");
      assertThat(page.locator("#text")).hasValue(before);
      Assertions.assertThat(site.read(DOCUMENT)).isEqualTo(before);
      // 422 for the broken text is the one expected.
      Assertions.assertThat(chrome.complaints(422)).isEmpty();
    }
  }

  @Test
  void whatOthersChangeOnDiskShowsByItselfAndLosesNothingThatWasTyped(@TempDir Path place)
      throws Exception {
    try (EditedSite site = site(place);
        Chrome chrome = Chrome.open()) {
      Page page = open(site, chrome.page(Chrome.Look.DESKTOP), "/files/edit?path=" + DOCUMENT);
      assertThat(page.locator("#summary")).hasText("Nothing wrong with it");
      String before = site.read(DOCUMENT);
      site.write(DOCUMENT, before + "# by git\n");
      assertThat(page.locator("#text")).hasValue(before + "# by git\n");

      String typed = (before + "# by git\n").replaceFirst("\n", "\n# by me\n");
      page.fill("#text", typed);
      site.write(DOCUMENT, before + "# by git, again\n");
      assertThat(page.locator("#overtaken")).containsText("# by git, again");
      assertThat(page.locator("#text")).hasValue(typed);

      // Not even by a reload of the page.
      page.reload();
      assertThat(page.locator("#text")).hasValue(typed);
      page.click("[data-take=merged]");
      page.click("#save");
      assertThat(page.locator("#outcome [data-outcome=saved]")).isVisible();
      Assertions.assertThat(site.read(DOCUMENT))
          .isEqualTo(before.replaceFirst("\n", "\n# by me\n") + "# by git, again\n");

      page.navigate(base(site) + "/roles");
      assertThat(page.locator("#role-lab-pc .order")).hasText("in order");
      site.write("cloud-init/lab-pc/role.yaml", "boot: [\n");
      assertThat(page.locator("#role-lab-pc .order")).hasText("broken");
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }

  @Test
  void theKeyboardAloneDoesItAndIsNotCaught(@TempDir Path place) throws Exception {
    try (EditedSite site = site(place);
        Chrome chrome = Chrome.open()) {
      Page page =
          open(site, chrome.page(Chrome.Look.PHONE.in("es")), "/files/edit?path=" + DOCUMENT);
      assertThat(page.locator("#summary")).hasText("No tiene nada malo");
      page.locator("#text").focus();
      page.keyboard().press("Tab");
      assertThat(page.locator("#save")).isFocused();
      page.keyboard().press("Shift+Tab");
      assertThat(page.locator("#text")).isFocused();
      page.keyboard().press("Control+End");
      page.keyboard().type("# fin");
      page.keyboard().press("Tab");
      assertThat(page.locator("#text")).isFocused();
      assertThat(page.locator("#text")).hasValue(Pattern.compile("# fin  $"));
      page.keyboard().press("Escape");
      page.keyboard().press("Tab");
      assertThat(page.locator("#save")).isFocused();
      page.keyboard().press("Shift+Tab");
      page.keyboard().press("Control+s");
      assertThat(page.locator("#outcome [data-outcome=saved]")).isVisible();
      Assertions.assertThat(site.read(DOCUMENT)).endsWith("# fin  ");
      Object overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
      Assertions.assertThat(overflow).isEqualTo(false);
      Assertions.assertThat(chrome.complaints()).isEmpty();
    }
  }

  @Test
  void aRoleIsCopiedGivenAValueAndOnlyGoesWhenNobodyHasIt(@TempDir Path place) throws Exception {
    try (EditedSite site = site(place);
        Chrome chrome = Chrome.open()) {
      Page page = open(site, chrome.page(Chrome.Look.DESKTOP), "/roles");
      page.click("details.add summary");
      page.fill("#r-name", "lab-copy");
      page.selectOption("#r-from", "lab-pc");
      page.click("#new-role button");
      assertThat(page.locator("h1")).hasText("cloud-init/lab-copy/role.yaml");
      site.await(s -> s.roles().containsKey("lab-copy"));

      page.navigate(base(site) + "/roles/lab-copy");
      page.fill("[name='var.data-disk']", "nonsense");
      page.click("#values-form button");
      assertThat(page.locator("#notice")).containsText("data-disk");
      page.fill("[name='var.data-disk']", "/dev/sdb");
      page.click("#values-form button");
      assertThat(page.locator(".alert-success")).isVisible();
      Assertions.assertThat(site.read("cloud-init/lab-copy/role.yaml"))
          .isEqualTo(site.read("cloud-init/lab-pc/role.yaml") + "values:\n  data-disk: /dev/sdb\n");

      page.click("#remove-role button");
      page.waitForURL("**/roles");
      Assertions.assertThat(site.folder.resolve("cloud-init/lab-copy")).doesNotExist();
      page.navigate(base(site) + "/roles/lab-pc");
      page.click("#remove-role button");
      assertThat(page.locator("#notice")).containsText("pc1, pc2");
      Assertions.assertThat(chrome.complaints(409, 422)).isEmpty();
    }
  }

  private static EditedSite site(Path place) throws Exception {
    EditedSite site = new EditedSite(place);
    site.world.machine(World.PC1, "pc1", "lab-pc", "192.168.33.101", "S1");
    site.world.machine(World.PC2, "pc2", "lab-pc", "192.168.33.102", "S2");
    return site;
  }

  private static String base(EditedSite site) {
    return "http://127.0.0.1:" + site.plane.port();
  }

  private static Page open(EditedSite site, Page page, String path) {
    page.navigate(base(site) + "/");
    page.fill("#token", World.TOKEN);
    page.click("button[type=submit]");
    page.waitForURL(base(site) + "/**");
    page.navigate(base(site) + path);
    return page;
  }
}
