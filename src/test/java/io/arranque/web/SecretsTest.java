package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.inventory.InventoryChange.Audited;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.inventory.Provisioning.Cause;
import io.arranque.inventory.Provisioning.Pairing;
import io.arranque.timeline.Reason;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SecretsTest {
  private static final String PC1 = "/machines/" + World.PC1;
  private static final String TOKEN = "tok-Zx81-9fQ2";

  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void givingARoleAsksForABootAndSavingAnythingElseDoesNot() throws Exception {
    give();
    assertThat(provisioning().window().orElseThrow().cause()).isEqualTo(Cause.ASKED);
    assertThat(program.api("GET", PC1, "").body())
        .contains("\"state\":\"armed\"", "\"rancher_token\"")
        .doesNotContain(TOKEN);
    post("/disarm", "");
    program.api("PATCH", PC1, "{\"seat\": \"7\", \"role\": \"worker\"}");
    assertThat(provisioning().window()).isEmpty();
    program.api(
        "POST", "/machines/assign", "{\"macs\": [\"" + World.PC1 + "\"], \"role\": \"worker\"}");
    assertThat(provisioning().window()).isPresent();
  }

  @Test
  void itIsArmedForAsLongAsSaidAndTheTimelineTellsIt() throws Exception {
    give();
    assertThat(post("/arm", "{\"minutes\": 90}").statusCode()).isEqualTo(200);
    assertThat(provisioning().window().orElseThrow().cause()).isEqualTo(Cause.OPERATOR);
    assertThat(post("/arm", "{\"minutes\": 20000}").statusCode()).isEqualTo(422);
    assertThat(program.api("GET", PC1 + "/timeline", "").body())
        .contains("ARMED", "90 min, by admin-token");
    assertThat(program.api("GET", PC1 + "/plan", "").body())
        .contains("armed until")
        .doesNotContain(TOKEN);
    assertThat(
            program
                .api("POST", "/machines/arm", "{\"macs\": [\"" + World.PC2 + "\"]}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void anAlarmIsListedWithTheNamesToChangeAndStaysUntilCleared() throws Exception {
    give();
    Alarm alarm = new Alarm(Reason.SECOND_CLAIM, "asked by 10.0.0.9", world.now, true);
    set(
        provisioning()
            .told("cloud-config", java.util.List.of("rancher_token"), world.now)
            .with(alarm));
    assertThat(program.api("GET", "/alarms", "").body())
        .contains("SECOND_CLAIM", "rancher_token", "\"quarantined\":true")
        .doesNotContain(TOKEN);
    assertThat(post("/arm", "").statusCode()).as("quarantined").isEqualTo(409);
    program.logIn();
    assertThat(program.get("/machines/52-54-00-00-00-01").body())
        .contains("clear-alarm", "asked for again after the machine was up")
        .doesNotContain(TOKEN);
    assertThat(post("/clear-alarm", "").statusCode()).isEqualTo(200);
    assertThat(program.api("GET", "/alarms", "").body()).isEqualTo("{\"alarms\":[]}");
    assertThat(post("/clear-alarm", "").statusCode()).isEqualTo(409);
  }

  @Test
  void theRightCodeArmsAWrongOneIsRefusedAndWrittenDownAndTheCodeIsNeverShown() throws Exception {
    give();
    assertThat(post("/pair", "{\"code\": \"ACDEFG\"}").statusCode()).isEqualTo(409);
    set(
        Provisioning.NONE.with(
            new Pairing("ACDEFG", "t", Ipv4.of("192.168.33.101"), world.now, 0)));
    assertThat(program.api("GET", PC1, "").body())
        .contains("\"showsCode\":true")
        .doesNotContain("ACDEFG");
    assertThat(post("/pair", "{\"code\": \"WWWWWW\"}").statusCode()).isEqualTo(422);
    assertThat(provisioning().pairing().orElseThrow().wrong()).isEqualTo(1);
    assertThat(post("/pair", "{\"code\": \"acd-efg\"}").statusCode()).isEqualTo(200);
    assertThat(provisioning().window().orElseThrow().cause()).isEqualTo(Cause.PAIRED);
    assertThat(program.api("GET", PC1 + "/timeline", "").body()).contains("PAIRING_WRONG", "ARMED");
  }

  @Test
  void lookingAtASecretIsWrittenDown() throws Exception {
    give();
    HttpResponse<String> shown = post("/vars/rancher-token/reveal", "");
    assertThat(shown.body()).contains(TOKEN);
    assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(world.book.committed())
        .contains(new Audited(World.PC1, "admin-token@127.0.0.1", "secret rancher-token revealed"));
    String timeline = program.api("GET", PC1 + "/timeline", "").body();
    assertThat(timeline).contains("SECRET_REVEALED", "rancher-token").doesNotContain(TOKEN);
    assertThat(post("/vars/nothing/reveal", "").statusCode()).isEqualTo(404);
    assertThat(program.api("GET", PC1 + "/vars/rancher-token/reveal", "").statusCode())
        .as("never by GET")
        .isIn(404, 405);
  }

  @Test
  void aMaskThatIsSentBackChangesNothingAndIsNeverAValue() throws Exception {
    give();
    program.api(
        "PATCH", PC1, "{\"vars\": {\"rancher-token\": \"********\", \"disk\": \"********\"}}");
    Map<String, String> vars = machine().assignment().vars();
    assertThat(vars).containsEntry("rancher-token", TOKEN).doesNotContainKey("disk");
  }

  private void give() throws Exception {
    program.api(
        "PUT", PC1, "{\"role\": \"worker\", \"vars\": {\"rancher-token\": \"" + TOKEN + "\"}}");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return program.api("POST", PC1 + path, body);
  }

  private Machine machine() {
    return world.book.machine(World.PC1).orElseThrow();
  }

  private Provisioning provisioning() {
    return machine().provisioning();
  }

  private void set(Provisioning its) {
    world.book.with(machine().with(its));
  }
}
