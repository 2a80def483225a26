package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Machine.Assignment;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two programs, or a program and a person, that edit the same. */
@Timeout(60)
class EditTest {
  private static final String PC1 = "/machines/52-54-00-00-00-01";

  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private HttpResponse<String> send(String method, String path, String tag, String body)
      throws Exception {
    var request =
        browser
            .request("/api/v1" + path)
            .header("Authorization", "Bearer " + World.TOKEN)
            .header("Content-Type", "application/json");
    if (!tag.isEmpty()) {
      request.header("If-Match", tag);
    }
    return browser.send(request.method(method, BodyPublishers.ofString(body)));
  }

  private String tag(String path) throws Exception {
    return browser.api("GET", path, "").headers().firstValue("ETag").orElseThrow();
  }

  private Assignment assignment() {
    return world.book.machine(World.PC1).orElseThrow().assignment();
  }

  @Test
  void the_second_of_two_programs_is_refused_and_told_to_read_again() throws Exception {
    String tag = tag(PC1);
    HttpResponse<String> first = send("PATCH", PC1, tag, "{\"hostname\":\"first\"}");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    for (String method : new String[] {"PATCH", "PUT", "DELETE"}) {
      HttpResponse<String> second = send(method, PC1, tag, "{\"hostname\":\"second\"}");
      assertThat(second.statusCode()).as(method).isEqualTo(412);
      assertThat(second.body()).contains("\"status\":412", "Read it again");
    }
    assertThat(assignment().hostname()).contains("first");
    assertThat(send("PATCH", PC1, tag(PC1), "{\"seat\":\"7\"}").statusCode()).isEqualTo(200);
    assertThat(send("PATCH", PC1, "", "{\"seat\":\"8\"}").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", PC1, "*", "").statusCode()).isEqualTo(204);
    assertThat(send("PUT", PC1, "*", "{}").statusCode()).isEqualTo(412);
  }

  @Test
  void a_room_has_its_tag_too() throws Exception {
    HttpResponse<String> made = send("PUT", "/rooms/sala5", "", "{\"description\":\"a\"}");
    String tag = made.headers().firstValue("ETag").orElseThrow();
    assertThat(send("PUT", "/rooms/sala5", tag, "{\"description\":\"b\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("PUT", "/rooms/sala5", tag, "{\"description\":\"c\"}").statusCode())
        .isEqualTo(412);
    assertThat(send("DELETE", "/rooms/sala5", tag, "").statusCode()).isEqualTo(412);
  }

  /** The form's fields, as the page holds them. */
  private String form(String page, String changes) throws Exception {
    StringBuilder form = new StringBuilder("csrf=" + browser.csrf());
    var hidden =
        java.util.regex.Pattern.compile(
                "name=\"(was\\.[\\w.-]+|edition)\" value=\"([^\"]*)\"")
            .matcher(page);
    while (hidden.find()) {
      form.append('&').append(hidden.group(1)).append('=');
      form.append(java.net.URLEncoder.encode(hidden.group(2), java.nio.charset.StandardCharsets.UTF_8));
    }
    return form + "&" + changes;
  }

  @Test
  void what_two_people_change_in_different_places_is_kept_of_both() throws Exception {
    browser.logIn();
    String page = browser.get(PC1).body();
    send("PATCH", PC1, "", "{\"hostname\":\"theirs\"}");
    HttpResponse<String> saved = browser.form(PC1, form(page, "hostname=pc1&seat=9&role=worker"));
    assertThat(saved.headers().firstValue("Location").orElse("")).endsWith("?saved=both");
    assertThat(assignment().hostname()).contains("theirs");
    assertThat(assignment().seat()).contains("9");
  }

  @Test
  void of_the_same_field_the_second_is_refused_until_he_knows_what_the_first_did()
      throws Exception {
    browser.logIn();
    String page = browser.get(PC1).body();
    send("PATCH", PC1, "", "{\"hostname\":\"theirs\"}");
    String form = form(page, "hostname=mine&seat=1&role=worker");
    HttpResponse<String> refused = browser.form(PC1, form);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(assignment().hostname()).contains("theirs");
    HttpResponse<String> shown =
        browser.send(
            browser
                .request(PC1)
                .header("HX-Request", "true")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    assertThat(shown.statusCode()).isEqualTo(409);
    assertThat(shown.body()).contains("theirs", "pc1").doesNotContain("<html");
    var edition =
        java.util.regex.Pattern.compile("name=\"anyway\" value=\"([^\"]+)\"").matcher(shown.body());
    assertThat(edition.find()).isTrue();

    // Knowing of that change is not knowing of the next one.
    send("PATCH", PC1, "", "{\"hostname\":\"again\"}");
    String knowing = form + "&anyway=" + edition.group(1);
    assertThat(browser.form(PC1, knowing).statusCode()).isEqualTo(409);
    send("PATCH", PC1, "", "{\"hostname\":\"theirs\"}");
    assertThat(browser.form(PC1, knowing).statusCode()).isEqualTo(303);
    assertThat(assignment().hostname()).contains("mine");
  }
}
