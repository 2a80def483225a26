package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.Installation;
import io.arranque.inventory.RoomLock;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.PeopleRules;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks by page and API. The world's two machines stand in sala5, by their segment. */
@Timeout(60)
class LockTest {
  private static final String PC1 = "/machines/" + World.PC1;
  private static final String LOCK = "/rooms/sala5/lock";
  private static final String PASSWORD = "green tea at four";

  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    // Nine o'clock in Madrid.
    world.now = Instant.parse("2026-12-03T08:00:00Z");
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "worker", "192.168.33.102", "S2");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private HttpResponse<String> put(String body) throws Exception {
    return program.api("PUT", LOCK, body);
  }

  private RoomLock lock() {
    return world.book.locks().iterator().next();
  }

  private Browser as(String name, Grant grant) throws Exception {
    program.api(
        "POST",
        "/users",
        "{\"name\":\"%s\",\"role\":\"%s\",\"rooms\":\"%s\",\"password\":\"%s\"}"
            .formatted(name, grant.level().word(), grant.roomsText(), PASSWORD));
    assertThat(PeopleRules.name(name)).isEqualTo(name);
    Browser browser = new Browser(plane);
    browser.cookie =
        Browser.cookieOf(
            browser.form("/login", "name=" + name + "&password=" + PASSWORD.replace(' ', '+')));
    return browser;
  }

  private HttpResponse<String> post(Browser browser, String path, String form) throws Exception {
    return browser.send(
        browser
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("HX-Request", "true")
            .header("X-CSRF-Token", browser.csrf())
            .POST(BodyPublishers.ofString(form)));
  }

  @Test
  void aLockLastsFourHoursOrAsLongAsSaid() throws Exception {
    assertThat(put("").body()).contains("\"locked\":true", "\"end\":\"13:00\"");
    assertThat(lock().until()).contains(world.now.plus(Duration.ofHours(4)));
    assertThat(put("{\"minutes\": 90, \"why\": \"exam\"}").body())
        .contains("\"end\":\"10:30\"", "\"why\":\"exam\"", "\"by\":\"admin-token\"");
    assertThat(put("{\"until\": \"8:30\"}").body()).contains("\"end\":\"2026-12-04 08:30\"");
    assertThat(put("{\"until\": \"2026-12-03T08:10:00Z\"}").body()).contains("\"end\":\"09:10\"");
    assertThat(put("{\"until\": null}").body()).contains("\"until\":\"\"");
    for (String wrong :
        new String[] {
          "{\"minutes\": 0}",
          "{\"minutes\": \"an hour\"}",
          "{\"until\": \"2026-12-03T08:00:00Z\"}",
          "{\"until\": \"2030-12-03T08:00:00Z\"}",
          "{\"until\": \"soon\"}",
          "{\"minutes\": 5, \"until\": \"9:00\"}"
        }) {
      assertThat(put(wrong).statusCode()).as(wrong).isEqualTo(422);
    }
    assertThat(program.api("PUT", "/rooms/nowhere/lock", "").statusCode()).isEqualTo(404);
    assertThat(program.api("DELETE", LOCK, "").statusCode()).isEqualTo(204);
    assertThat(program.api("DELETE", LOCK, "").statusCode()).isEqualTo(404);
    assertThat(program.api("GET", LOCK, "").body()).contains("\"locked\":false");
  }

  @Test
  void meanwhileNothingThatDisturbsIsDoneByAnybodyAndEachMachineSaysWhy() throws Exception {
    put("{\"minutes\": 120, \"why\": \"exam\"}");
    HttpResponse<String> bulk =
        program.api(
            "POST",
            "/machines/assign",
            "{\"macs\": [\"%s\", \"%s\"], \"role\": \"local-disk\"}"
                .formatted(World.PC1, World.PC2));
    assertThat(bulk.statusCode()).isEqualTo(409);
    assertThat(bulk.body())
        .contains(
            "pc1: locked by admin-token until 11:00, exam",
            "pc2: locked by admin-token until 11:00, exam",
            "ROOM_LOCKED");
    world.book.with(
        world
            .book
            .machine(World.PC1)
            .orElseThrow()
            .with(new Installation("worker", Optional.of(world.now), 0, Optional.empty())));
    assertThat(program.api("POST", PC1 + "/install-again", "").statusCode()).isEqualTo(409);
    assertThat(program.api("PATCH", PC1, "{\"vars\":{\"debug\":\"true\"}}").statusCode())
        .isEqualTo(409);
    assertThat(program.api("PATCH", PC1, "{\"policy\":\"next-boot\"}").statusCode()).isEqualTo(409);
    assertThat(program.api("DELETE", PC1, "").statusCode()).isEqualTo(409);
    assertThat(program.api("PATCH", PC1, "{\"seat\":\"12\"}").statusCode()).isEqualTo(200);
    assertThat(program.api("POST", PC1 + "/arm", "{\"minutes\":5}").statusCode()).isEqualTo(200);

    program.api("DELETE", LOCK, "");
    assertThat(program.api("POST", PC1 + "/install-again", "").statusCode()).isEqualTo(200);
  }

  @Test
  void anImportMeetsTheSameLock() throws Exception {
    put("");
    HttpResponse<String> answer =
        program.send(
            program
                .request("/api/v1/import?format=csv")
                .header("Authorization", "Bearer " + World.TOKEN)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("mac,role\n" + World.PC1 + ",local-disk\n")));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("ROOM_LOCKED");
  }

  @Test
  void whenItsTimeIsOverEverythingGoesAgain() throws Exception {
    put("{\"minutes\": 10}");
    world.now = world.now.plus(Duration.ofMinutes(10));
    assertThat(program.api("DELETE", PC1, "").statusCode()).isEqualTo(204);
  }

  @Test
  void operatorsOfTheRoomLockAndUnlockItEachOthersTooAndOthersDoNot() throws Exception {
    Browser ana = as("ana", new Grant(Level.OPERATOR, Optional.of(Set.of("sala5"))));
    Browser eva = as("eva", new Grant(Level.OPERATOR, Optional.of(Set.of("sala5"))));
    Browser leo = as("leo", new Grant(Level.OPERATOR, Optional.of(Set.of("sala6"))));
    Browser vic = as("vic", Grant.VIEWER);

    for (Browser other : new Browser[] {leo, vic}) {
      assertThat(post(other, LOCK, "until=11:00&why=").statusCode()).isEqualTo(403);
      assertThat(post(other, "/schedule/lock", "room=sala5&until=11:00&why=").statusCode())
          .isEqualTo(403);
      assertThat(post(other, "/schedule/lock", "room=*&until=11:00&why=").statusCode())
          .isEqualTo(403);
    }
    assertThat(post(ana, "/schedule/lock", "room=*&until=11:00&why=").statusCode()).isEqualTo(403);
    assertThat(post(ana, LOCK, "until=11:00&why=exam").body())
        .contains("Locked until 11:00", "by ana", "exam", "Unlock");
    assertThat(lock().by()).isEqualTo("ana");
    assertThat(post(leo, "/rooms/sala5/unlock", "").statusCode()).isEqualTo(403);
    assertThat(post(eva, "/rooms/sala5/unlock", "").body()).contains("Not locked");
    assertThat(vic.get("/rooms/sala5/lock").body()).contains("Not locked").doesNotContain("<form");
  }

  @Test
  void theLockOfAllRoomsIsLiftedOnlyByThoseWhoHaveAll() throws Exception {
    Browser ana = as("ana", new Grant(Level.OPERATOR, Optional.of(Set.of("sala5"))));
    assertThat(program.api("PUT", "/schedule/lock", "{\"why\":\"inspection\"}").body())
        .contains("\"room\":\"\"", "inspection");
    assertThat(program.api("DELETE", PC1, "").statusCode()).isEqualTo(409);
    assertThat(post(ana, "/rooms/sala5/unlock", "").statusCode()).isEqualTo(404);
    assertThat(post(ana, "/schedule/unlock", "room=*").statusCode()).isEqualTo(403);
    assertThat(ana.get("/rooms/sala5/lock").body()).contains("all rooms", "inspection");
    assertThat(program.api("DELETE", "/schedule/lock", "").statusCode()).isEqualTo(204);
    assertThat(program.api("DELETE", PC1, "").statusCode()).isEqualTo(204);
  }

  @Test
  void theMachinesPageAndItsPlanSayItInTheReadersLanguage() throws Exception {
    put("{\"minutes\": 120, \"why\": \"<b>exam</b>\"}");
    program.logIn();
    assertThat(program.get(PC1).body())
        .contains("Room sala5 is locked", "&lt;b&gt;exam&lt;/b&gt;", "until 11:00")
        .doesNotContain("<b>exam</b>");
    assertThat(program.api("GET", PC1 + "/plan", "").body())
        .contains("\"name\":\"locked\"", "by admin-token until 2026-12-03T10:00:00");
    HttpResponse<String> spanish =
        program.send(
            program
                .request("/machines/52-54-00-00-00-01/forget")
                .header("Accept-Language", "es")
                .header("HX-Request", "true")
                .header("X-CSRF-Token", program.csrf())
                .POST(BodyPublishers.noBody()));
    assertThat(spanish.statusCode()).isEqualTo(409);
    assertThat(spanish.body())
        .contains("La sala está bloqueada", "pc1: bloqueo de admin-token hasta 11:00, &lt;b&gt;");
  }
}
