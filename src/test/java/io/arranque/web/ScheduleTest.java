package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The schedule by page and API, in Madrid. */
@Timeout(60)
class ScheduleTest {
  private static final String WAKE =
      "{\"room\":\"sala5\",\"action\":\"wake\",\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"],\"at\":\"7:45\"}";

  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    // Sunday.
    world.now = Instant.parse("2026-11-22T12:00:00Z");
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void anEntryIsAddedReadChangedAsItWasReadAndRemoved() throws Exception {
    HttpResponse<String> added = program.api("POST", "/schedule", WAKE);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body())
        .contains("\"id\":\"e1\"", "\"next\":\"2026-11-23T06:45:00Z\"", "\"at\":\"07:45\"");
    assertThat(program.api("GET", "/schedule/next?limit=2", "").body())
        .contains("2026-11-23T06:45:00Z", "2026-11-24T06:45:00Z")
        .doesNotContain("2026-11-25");

    String back = added.body().replace("07:45", "08:15");
    assertThat(program.api("PUT", "/schedule/e1", back).body())
        .contains("\"next\":\"2026-11-23T07:15:00Z\"");
    assertThat(program.api("PUT", "/schedule", "{\"holidays\":[\"2026-11-23 Local\"]}").body())
        .contains("\"zone\":\"Europe/Madrid\"", "\"next\":\"2026-11-24T07:15:00Z\"");
    assertThat(program.api("PUT", "/schedule", "{\"zone\":\"America/Santiago\"}").body())
        .contains("\"name\":\"Local\"", "\"next\":\"2026-11-24T11:15:00Z\"");
    assertThat(program.api("DELETE", "/schedule/e1", "").statusCode()).isEqualTo(204);
    assertThat(program.api("GET", "/schedule", "").body()).contains("\"entries\":[]");
    assertThat(program.api("DELETE", "/schedule/e1", "").statusCode()).isEqualTo(404);
    assertThat(world.schedule.told())
        .first()
        .isEqualTo("admin-token: schedule entry added, wake sala5 mon,tue,wed,thu,fri 07:45");
  }

  @Test
  void whatIsWrongIsSaidFieldByField() throws Exception {
    HttpResponse<String> wrong =
        program.api(
            "POST",
            "/schedule",
            "{\"room\":\"sala9\",\"action\":\"lock\",\"date\":\"2026-12-03\",\"at\":\"8:00\"}");
    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(wrong.body()).contains("\"field\":\"room\"", "\"field\":\"end\"");
    assertThat(program.api("POST", "/schedule", "{\"when\":\"now\"}").statusCode()).isEqualTo(422);
    assertThat(program.api("PUT", "/schedule", "{\"zone\":\"Mars/Base\"}").body())
        .contains("ZONE_UNKNOWN");
  }

  @Test
  void anOperatorHasHisRoomsEntriesAndNobodyElses() throws Exception {
    program.api("POST", "/schedule", WAKE);
    program.api("POST", "/schedule", WAKE.replace("sala5", "*"));
    program.api(
        "POST",
        "/users",
        "{\"name\":\"ana\",\"role\":\"operator\",\"rooms\":\"sala5\",\"password\":\"green tea at four\"}");
    Browser ana = new Browser(plane);
    ana.cookie = Browser.cookieOf(ana.form("/login", "name=ana&password=green+tea+at+four"));

    assertThat(post(ana, "/schedule/e1/active", "active=false")).isEqualTo(204);
    assertThat(post(ana, "/schedule/e2/active", "active=false")).isEqualTo(403);
    assertThat(post(ana, "/schedule/e2/remove", "")).isEqualTo(403);
    String form = "&action=wake&repeat=weekly&days=mon&at=07:45&why=&active=true";
    assertThat(post(ana, "/schedule", "room=sala5" + form)).isEqualTo(204);
    assertThat(post(ana, "/schedule", "room=*" + form)).isEqualTo(403);
    assertThat(post(ana, "/schedule/e1", "room=*" + form)).isEqualTo(403);
    assertThat(post(ana, "/schedule/e2", "room=sala5" + form)).isEqualTo(403);
    assertThat(post(ana, "/schedule/settings", "holidays=&zone=Europe/Madrid")).isEqualTo(403);
    assertThat(ana.get("/schedule").body())
        .contains("id=\"entry-e2\"")
        .doesNotContain("/schedule/e2/remove")
        .contains("/schedule/e1/remove");
  }

  private static int post(Browser browser, String path, String form) throws Exception {
    return browser
        .send(
            browser
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("HX-Request", "true")
                .header("X-CSRF-Token", browser.csrf())
                .POST(BodyPublishers.ofString(form)))
        .statusCode();
  }

  @Test
  void thePageShowsTheWeekWhatIsNextAndWhatWasMissed() throws Exception {
    program.api("POST", "/schedule", WAKE);
    program.api(
        "POST",
        "/schedule",
        "{\"room\":\"sala5\",\"action\":\"lock\",\"date\":\"2026-11-25\",\"at\":\"8:00\",\"end\":\"11:00\",\"why\":\"<i>exam\"}");
    program.api("PUT", "/schedule", "{\"holidays\":[\"2026-11-24 Local <feast>\"]}");
    program.logIn();
    String page = program.get("/schedule").body();
    assertThat(page)
        .contains(
            "Mon 23 Nov", "07:45", "08:00–11:00", "&lt;i&gt;exam", "Local &lt;feast&gt;", "Next")
        .doesNotContain("<i>exam");
  }
}
