package io.arranque;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real browser, Debian's, that remembers what its console complained of. */
public final class Chrome implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** What a page may ask for in its browser's window. */
  public record Look(String language, boolean dark, int width, int height) {
    public static final Look DESKTOP = new Look("en", false, 1280, 900);
    public static final Look PHONE = new Look("en", false, 390, 844);

    public Look in(String language) {
      return new Look(language, dark, width, height);
    }

    public Look atNight() {
      return new Look(language, true, width, height);
    }
  }

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  private Chrome(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips the test where Debian's chromium is not installed. */
  public static Chrome open() {
    Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "Debian's chromium is not installed");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chrome(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-quic", "--disable-background-networking"))));
  }

  /** A page with cookies of its own; dialogs are accepted. */
  public Page page(Look look) {
    return page(look, null);
  }

  /** A page that begins with the cookies of another's {@code storageState()}. */
  public Page page(Look look, @Nullable String cookies) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setLocale(look.language())
            .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
            .setViewportSize(look.width(), look.height());
    if (cookies != null) {
      options.setStorageState(cookies);
    }
    BrowserContext context = browser.newContext(options);
    Page page = context.newPage();
    page.onConsoleMessage(
        m -> {
          if (m.type().equals("error")) {
            complaints.add(m.text());
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(dialog -> dialog.accept());
    return page;
  }

  /** Errors of the console and of scripts so far, without those of refusals with such a status. */
  public List<String> complaints(int... expected) {
    List<String> left = new ArrayList<>(complaints);
    for (int status : expected) {
      // In the browser's words, and in htmx's.
      left.removeIf(text -> text.contains("status of " + status));
      left.removeIf(text -> text.contains("Status Error Code " + status));
    }
    return left;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
