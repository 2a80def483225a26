package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.arranque.Chrome;
import io.arranque.web.page.Messages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of docs/tour.md, from a room that looks the same each time. They are written to
 * target/tour, and with {@code -Ddocs.rewrite=true} into docs/images/tour.
 */
class TourIT {
  private static final Path ROOT = Path.of(System.getProperty("arranque.root", "."));

  /**
   * @param full with all that lies below the window's lower edge
   */
  private record Shot(String name, String path, Chrome.Look look, boolean full) {}

  private static final Chrome.Look DESK = new Chrome.Look("en", false, 1280, 800);
  private static final Chrome.Look PHONE = Chrome.Look.PHONE;

  private static final List<Shot> SHOTS =
      List.of(
          new Shot("rooms", "/", DESK, false),
          new Shot("room", "/rooms/sala5", DESK, false),
          new Shot("room-night", "/rooms/sala5", DESK.atNight(), false),
          new Shot("room-phone", "/rooms/sala5", PHONE, false),
          new Shot("machines", "/machines", DESK, false),
          new Shot("machines-phone-night", "/machines", PHONE.atNight(), false),
          new Shot("machine", "/machines/52-54-00-00-00-07", DESK, false),
          new Shot("machine-phone", "/machines/52-54-00-00-00-03", PHONE, false),
          new Shot("preview", "/machines/52-54-00-00-00-01/preview", DESK, false),
          new Shot("roles", "/roles", DESK, false),
          new Shot("images", "/images", DESK, false),
          new Shot("network", "/network", DESK, false),
          new Shot("address-map", "/network/sala5", DESK, false),
          new Shot("editor", "/files/edit?path=" + DemoRoom.DOCUMENT, DESK, false),
          new Shot("search", "/search?q=pc1", PHONE, false),
          new Shot("walk", "/rooms/sala7/walk", PHONE, false),
          new Shot("tasks", "/tasks", DESK, false),
          new Shot("schedule", "/schedule", DESK, false),
          new Shot("import", "/import", DESK, false),
          new Shot("people", "/people", DESK, false),
          new Shot("audit", "/audit", DESK.atNight(), false));

  @Test
  @Timeout(600)
  void every_screen_has_its_picture_in_both_languages(@TempDir Path folder) throws Exception {
    World world = DemoDay.world(folder);
    Path out = Files.createDirectories(ROOT.resolve("target/tour"));
    long bytes = 0;
    try (ControlPlane plane = world.plane();
        Chrome chrome = Chrome.open()) {
      plane.start();
      DemoDay.tasks(world, plane);
      String base = "http://127.0.0.1:" + plane.port();
      String cookies = DemoDay.logIn(chrome, plane);
      List<String> routes = plane.routes();
      for (String language : Messages.LANGUAGES) {
        for (Shot shot : SHOTS) {
          if (isThere(routes, shot.path())) {
            bytes +=
                take(chrome.page(shot.look().in(language), cookies), base, shot, language, out);
          }
        }
      }
    }
    assertThat(bytes).as("all pictures together").isLessThan(3_000_000);
    if (Boolean.getBoolean("docs.rewrite")) {
      Path docs = Files.createDirectories(ROOT.resolve("docs/images/tour"));
      try (var pictures = Files.list(out)) {
        for (Path picture : pictures.toList()) {
          Files.write(docs.resolve(picture.getFileName()), Files.readAllBytes(picture));
        }
      }
    }
  }

  private static boolean isThere(List<String> routes, String path) {
    String[] wanted = path.replaceFirst("[?].*", "").split("/", -1);
    return routes.stream()
        .filter(route -> route.startsWith("GET "))
        .map(route -> route.substring(4).split("/", -1))
        .anyMatch(route -> fits(route, wanted));
  }

  private static boolean fits(String[] route, String[] path) {
    if (route.length != path.length) {
      return false;
    }
    for (int i = 0; i < path.length; i++) {
      if (!route[i].startsWith("{") && !route[i].equals(path[i])) {
        return false;
      }
    }
    return true;
  }

  private static long take(Page page, String base, Shot shot, String language, Path out)
      throws Exception {
    // Ages in the pictures are of that Monday, and its clock stands still.
    page.clock().setFixedTime(DemoRoom.MONDAY.toEpochMilli());
    page.navigate(base + shot.path());
    page.waitForLoadState();
    if (shot.name().equals("editor")) {
      edit(page);
    }
    byte[] png = page.screenshot(new Page.ScreenshotOptions().setFullPage(shot.full()));
    page.context().close();
    byte[] small = withPalette(png);
    Files.write(out.resolve(shot.name() + "-" + language + ".png"), small);
    return small.length;
  }

  /** Half-way through an edit: what one machine would get, and whom it concerns. */
  private static void edit(Page page) {
    String text = page.inputValue("#text");
    page.fill("#machine", "sala5-pc1");
    page.fill("#text", text.replace("mounts:", "# the data disk of the room\nmounts:"));
    page.locator("#preview .d-added").first().waitFor();
    page.locator("#affected summary").first().waitFor();
  }

  /** A page has few colours: a palette makes a third of it, and the loss is not seen. */
  static byte[] withPalette(byte[] png) throws Exception {
    BufferedImage full = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage small = Palette.of(full).applied(full);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ImageIO.write(small, "png", written);
    return written.toByteArray();
  }
}
