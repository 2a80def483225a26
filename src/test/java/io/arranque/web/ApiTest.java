package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ApiTest {
  private static final String PC1 = "/machines/" + World.PC1;

  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "", "192.168.33.102", "S2");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void machinesComeWithTheirStage() throws Exception {
    world.event(World.PC1, Duration.ofSeconds(5), Stage.WAITING, Reason.NO_ROLE, "");
    assertThat(program.api("GET", "/machines", "").body())
        .contains("\"mac\":\"52:54:00:00:00:01\"", "\"state\":\"waiting\"", "\"NO_ROLE\"");
  }

  @Test
  void aMachineIsFoundUnderEveryNotationOfItsMac() throws Exception {
    for (String mac : new String[] {"52-54-00-00-00-01", "5254.0000.0001", "525400000001"}) {
      assertThat(program.api("GET", "/machines/" + mac, "").statusCode()).as(mac).isEqualTo(200);
    }
  }

  @Test
  void aRoleIsAssignedToManyAtOnceAndTheTimelineTellsIt() throws Exception {
    HttpResponse<String> answer =
        program.api(
            "POST",
            "/machines/assign",
            "{\"macs\":[\"52:54:00:00:00:01\",\"52-54-00-00-00-02\"],\"role\":\"worker\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(world.book.machine(World.PC2).orElseThrow().assignment().role()).contains("worker");
    assertThat(world.timeline.last(World.PC2).orElseThrow().reason())
        .isEqualTo(Reason.ROLE_ASSIGNED);
  }

  @Test
  void aValueThatTheMachinesSystemWouldLoseIsRefusedAndNothingOfItIsRepeated() throws Exception {
    HttpResponse<String> answer =
        program.api(
            "PATCH",
            PC1,
            "{\"role\":\"worker\",\"vars\":{\"rancher-url\":\"https://r.example\","
                + "\"rancher-token\":\"s3cr\u00e9t\"}}");

    assertProblem(answer, 422);
    assertThat(answer.body()).contains("VALUE_REFUSED", "U+00E9").doesNotContain("s3cr");
    assertThat(program.api("GET", PC1, "").body()).doesNotContain("rancher-token");
  }

  @Test
  void refusalsAreProblemDetailsWithTheFittingStatus() throws Exception {
    assertProblem(program.api("GET", "/machines/zz", ""), 400);
    assertProblem(program.api("GET", "/machines/52:54:00:00:00:99", ""), 404);
    assertProblem(program.api("PATCH", PC1, "{"), 400);
    assertProblem(program.api("PATCH", PC1, "{\"role\":\"nonsense\"}"), 422);
    assertProblem(program.api("PATCH", PC1, "{\"hostname\":\"-bad-\"}"), 422);
    assertProblem(program.api("PATCH", PC1, "{\"color\":\"red\"}"), 422);
    assertProblem(program.api("PATCH", PC1, "{\"hostname\":\"PC2\"}"), 409);
    assertProblem(program.api("POST", "/rooms", "{}"), 405);
    assertProblem(program.api("PATCH", PC1, "{\"seat\":\"" + "x".repeat(300_000) + "\"}"), 413);
    world.book.fail();
    HttpResponse<String> broken = program.api("PATCH", PC1, "{\"role\":\"worker\"}");
    assertProblem(broken, 503);
    assertThat(broken.body()).contains("\"advice\":\"Look at free space");
  }

  @Test
  void aBodyThatIsNotJsonIs415() throws Exception {
    HttpResponse<String> answer =
        program.send(
            program
                .request("/api/v1" + PC1)
                .header("Authorization", "Bearer " + World.TOKEN)
                .header("Content-Type", "text/plain")
                .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
    assertProblem(answer, 415);
  }

  @Test
  void nothingIsToldWithoutTheToken() throws Exception {
    for (String path : new String[] {"/api/v1/machines", "/metrics", "/api/v1/nothing"}) {
      assertProblem(program.get(path), 401);
    }
    HttpResponse<String> wrong =
        program.send(program.request("/api/v1/machines").header("Authorization", "Bearer no"));
    assertProblem(wrong, 401);
    assertThat(program.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(program.get("/openapi.json").body()).contains("\"openapi\"");
  }

  @Test
  void secretsAreMaskedAndSendingTheMaskBackKeepsThem() throws Exception {
    program.api("PUT", PC1, "{\"role\":\"worker\",\"vars\":{\"rancher-token\":\"hunter2\"}}");
    String read = program.api("GET", PC1, "").body();
    assertThat(read).contains("********").doesNotContain("hunter2");
    assertThat(program.api("GET", PC1 + "/plan", "").body()).doesNotContain("hunter2");
    assertThat(program.api("PUT", PC1, read).statusCode()).isEqualTo(200);
    assertThat(world.book.machine(World.PC1).orElseThrow().assignment().vars())
        .containsEntry("rancher-token", "hunter2");
  }

  @Test
  void putCreatesAMachineThatWasNeverSeen() throws Exception {
    HttpResponse<String> answer =
        program.api("PUT", "/machines/52:54:00:00:00:aa", "{\"hostname\":\"new\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(world.book.machine(Mac.of("52:54:00:00:00:aa"))).isPresent();
  }

  @Test
  void theReplyIsToldWithTheOriginOfEachOption() throws Exception {
    assertThat(program.api("GET", PC1 + "/reply?type=discover", "").body())
        .contains("\"answer\":\"reply\"", "\"67 bootfile-name\"", "\"firmware uefi-x64\"");
    assertThat(program.api("GET", PC1 + "/reply?relay=203.0.113.1", "").body())
        .contains("\"answer\":\"silence\"", "\"reason\":\"UNKNOWN_SEGMENT\"");
    assertProblem(program.api("GET", PC1 + "/reply?type=nonsense", ""), 422);
  }

  @Test
  void theLastPacketsAreAFileForWireshark() throws Exception {
    HttpResponse<String> answer = program.api("GET", PC1 + "/capture.pcap", "");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/vnd.tcpdump.pcap");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("52-54-00-00-00-01.pcap");
    assertThat(program.api("GET", "/capture.pcap", "").statusCode()).isEqualTo(200);
    assertProblem(program.get("/api/v1/capture.pcap"), 401);
  }

  @Test
  void thePlanAnswersWhatIf() throws Exception {
    program.api("PATCH", PC1, "{\"role\":\"worker\"}");
    assertThat(program.api("GET", PC1 + "/plan?arch=bios", "").body()).contains("undionly.kpxe");
    assertThat(program.api("GET", PC1 + "/plan?ipxe=true", "").body()).contains("/boot.ipxe");
    assertProblem(program.api("GET", PC1 + "/plan?arch=vax", ""), 422);
  }

  @Test
  void roomsAreSavedAndOnlyEmptyOnesGo() throws Exception {
    assertThat(program.api("PUT", "/rooms/sala5", "{\"description\":\"Sala 5\"}").statusCode())
        .isEqualTo(200);
    program.api("PATCH", PC1, "{\"room\":\"sala5\"}");
    assertProblem(program.api("DELETE", "/rooms/sala5", ""), 409);
    program.api("PATCH", PC1, "{\"room\":null}");
    assertThat(program.api("DELETE", "/rooms/sala5", "").statusCode()).isEqualTo(204);
  }

  @Test
  void anEventReachesTheStream() throws Exception {
    var answer =
        program.stream(
            program
                .request("/api/v1/events")
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + World.TOKEN));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      world.event(World.PC1, Duration.ZERO, Stage.KERNEL, "vmlinuz", 8, 1);
      String line = lines.readLine();
      while (!line.startsWith("data:")) {
        line = lines.readLine();
      }
      assertThat(line).contains("\"stage\":\"kernel\"", "vmlinuz");
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"status\":" + status);
  }
}
