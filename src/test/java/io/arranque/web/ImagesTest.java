package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.images.FakeUpstream;
import io.arranque.images.FakeUpstream.Habit;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImagesTest {
  private FakeUpstream upstream;
  private ControlPlane plane;
  private Browser browser;
  private @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    upstream =
        new FakeUpstream()
            .file("/k", "kernel".getBytes(StandardCharsets.UTF_8))
            .file("/i", "initrd".getBytes(StandardCharsets.UTF_8))
            .file("/k2", "kernel 2".getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(
        folder.resolve("images/catalogue.yaml"),
        "tester:\n  description: <b>tests</b>\n  version: \"1\"\n  kernel: "
            + upstream.url("/k")
            + "\n  initrd: "
            + upstream.url("/i")
            + "\n");
    plane = new World(folder).plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
    upstream.close();
  }

  @Test
  void an_image_is_added_updated_rolled_back_verified_and_removed_by_programs() throws Exception {
    assertThat(browser.api("GET", "/catalogue", "").body()).contains("\"name\":\"tester\"");
    assertThat(browser.api("POST", "/images/os", "{\"from\":\"tester\"}").statusCode())
        .isEqualTo(202);
    awaitDone("os");
    assertThat(browser.api("GET", "/images", "").body())
        .contains("\"name\":\"os\"", "\"version\":\"1\"", "\"state\":\"complete\"");
    String second =
        "{\"kernel\":\"%s\",\"initrd\":\"%s\",\"version\":\"2\"}"
            .formatted(upstream.url("/k2"), upstream.url("/i"));
    assertThat(browser.api("POST", "/images/os", second).statusCode()).isEqualTo(202);
    awaitDone("os");
    assertThat(browser.api("GET", "/images/os", "").body()).contains("\"previous\":\"1\"");
    assertThat(browser.api("POST", "/images/os/rollback", "{}").body())
        .contains("\"version\":\"1\"");
    assertThat(browser.api("POST", "/images/os/verify", "{}").body())
        .contains("\"file\":\"vmlinuz\",\"state\":\"good\"");
    assertThat(browser.api("DELETE", "/images/os?version=1", "").statusCode()).isEqualTo(409);
    assertThat(browser.api("DELETE", "/images/os?version=2", "").statusCode()).isEqualTo(204);
    assertThat(browser.api("DELETE", "/images/os", "").statusCode()).isEqualTo(204);
    assertThat(browser.api("GET", "/images/os", "").statusCode()).isEqualTo(404);
  }

  @Test
  void what_cannot_be_is_refused_with_the_field() throws Exception {
    assertThat(browser.api("POST", "/images/os", "{}").statusCode()).isEqualTo(422);
    HttpResponse<String> local =
        browser.api("POST", "/images/os", "{\"kernel\":\"file:///etc/shadow\"}");
    assertThat(local.statusCode()).isEqualTo(422);
    assertThat(local.body()).contains("kernel: wanted a URL, http or https");
    assertThat(browser.api("POST", "/images/os", "{\"from\":\"nothing\"}").statusCode())
        .isEqualTo(404);
    assertThat(browser.api("POST", "/images/.x", "{\"from\":\"tester\"}").statusCode())
        .isEqualTo(422);
    assertThat(browser.get("/images").statusCode()).isIn(303, 401);
  }

  @Test
  void the_page_shows_how_far_it_is_and_breaks_it_off() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    upstream.then(new Habit.Hold(2, release));
    browser.logIn();
    String csrf = "csrf=" + browser.csrf();
    assertThat(browser.get("/images").body())
        .contains("&lt;b&gt;tests&lt;/b&gt;")
        .doesNotContain("every 1s");
    assertThat(browser.form("/images", "from=tester&name=os").statusCode()).isEqualTo(403);
    assertThat(browser.form("/images", csrf + "&from=tester&name=os").statusCode()).isEqualTo(303);
    while (!browser.get("/images/list").body().contains("vmlinuz")) {
      Thread.onSpinWait();
    }
    assertThat(browser.get("/images/list").body()).contains("every 1s", "<progress");
    assertThat(browser.form("/images", csrf + "&from=tester&name=os").statusCode()).isEqualTo(409);
    assertThat(browser.form("/images/os/cancel", csrf).statusCode()).isEqualTo(303);
    release.countDown();
    while (browser.get("/images/list").body().contains("every 1s")) {
      Thread.onSpinWait();
    }
    assertThat(browser.get("/images/list").body()).contains("broken off");
  }

  @Test
  void the_page_adds_by_address_and_goes_back_to_a_version() throws Exception {
    browser.logIn();
    String csrf = "csrf=" + browser.csrf();
    browser.form("/images", csrf + "&from=tester&name=os");
    awaitDone("os");
    String kernel = URLEncoder.encode(upstream.url("/k2").toString(), StandardCharsets.UTF_8);
    browser.form("/images", csrf + "&name=os&version=9&kernel=" + kernel);
    awaitDone("os");
    assertThat(browser.get("/images").body()).contains("<span class=\"mono\">9</span>");
    assertThat(browser.form("/images/os/rollback", csrf + "&version=1").body())
        .contains("os is now at version 1");
  }

  private void awaitDone(String image) throws Exception {
    String body = "";
    while (!body.contains("\"state\":\"done\"")) {
      body = browser.api("GET", "/images/" + image, "").body();
      assertThat(body).doesNotContain("\"state\":\"failed\"");
    }
  }
}
