package io.arranque.web;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.web.page.Messages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture of every page in both languages, both themes, at a desktop's and a phone's width, for
 * somebody to look at. Arguments: the folder for the pictures, and optionally what a page's path
 * has to contain.
 */
final class ScreensMain {
  private ScreensMain() {}

  public static void main(String[] args) throws Exception {
    Path out = Files.createDirectories(Path.of(args[0]));
    String wanted = args.length > 1 ? args[1] : "";
    World world = DemoDay.world(Files.createTempDirectory("screens"));
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      DemoDay.tasks(world, plane);
      String base = "http://127.0.0.1:" + plane.port();
      String cookies = DemoDay.logIn(chrome, plane);
      List<String> pages = AllPages.of(plane);
      for (Chrome.Look size : List.of(Chrome.Look.DESKTOP, Chrome.Look.PHONE)) {
        for (String language : Messages.LANGUAGES) {
          for (String path : pages) {
            if (path.contains(wanted)) {
              take(chrome, base, cookies, path, size.in(language), out);
              take(chrome, base, cookies, path, size.in(language).atNight(), out);
            }
          }
        }
      }
      System.out.println(String.join("\n", chrome.complaints()));
    }
    System.exit(0);
  }

  private static void take(
      Chrome chrome, String base, String cookies, String path, Chrome.Look look, Path out) {
    boolean isOpen = path.equals("/login") || path.equals("/setup");
    Page page = isOpen ? chrome.page(look) : chrome.page(look, cookies);
    page.clock().setFixedTime(DemoRoom.MONDAY.toEpochMilli());
    page.navigate(base + path);
    page.waitForLoadState();
    String name =
        String.join(
            "-",
            path.equals("/") ? "rooms" : path.substring(1).replaceAll("[^a-zA-Z0-9]+", "-"),
            look.width() < 600 ? "phone" : "desk",
            look.language(),
            look.dark() ? "dark" : "light");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(out.resolve(name + ".png")).setFullPage(true));
    page.context().close();
  }
}
