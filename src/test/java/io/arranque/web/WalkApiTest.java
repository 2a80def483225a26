package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.inventory.InventoryChange.Assigned;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Provisioning;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkApiTest {
  private static final Duration LATER = Duration.ofSeconds(20);
  private static final String WALK = "/rooms/sala5/walk";

  @TempDir private Path folder;
  private World world;
  private ControlPlane plane;
  private Browser program;
  private SwitchedOn pcs;

  @BeforeEach
  void open() throws Exception {
    world = new World(folder);
    world.book.with(SwitchedOn.drawn("sala5", 4));
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
    pcs = new SwitchedOn(world);
  }

  @AfterEach
  void close() {
    plane.close();
  }

  private JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private JsonNode walk() throws Exception {
    return json(program.api("GET", WALK, ""));
  }

  /** Waits for what another thread commits, as a program would that asks again. */
  private void awaitNext(String seat) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!walk().path("next").asText().equals(seat)) {
      assertThat(System.nanoTime()).as(walk().toPrettyString()).isLessThan(end);
    }
  }

  private int status(String method, String path, String body) throws Exception {
    return program.api(method, path, body).statusCode();
  }

  private Assignment of(int pc) {
    return world.book.machine(SwitchedOn.pc(pc)).map(Machine::assignment).orElseThrow();
  }

  @Test
  void a_walk_is_begun_followed_taken_back_and_ended_by_programs() throws Exception {
    String wanted = "{\"hostnames\":\"pc-{seat}\",\"digits\":3,\"role\":\"worker\",\"arm\":true}";
    assertThat(status("POST", WALK, wanted)).isEqualTo(201);
    assertThat(status("POST", WALK, wanted)).isEqualTo(409);
    pcs.boots(SwitchedOn.pc(1), LATER);
    awaitNext("2");
    assertThat(of(1))
        .isEqualTo(
            new Assignment(
                Optional.of("pc-001"),
                Optional.of("sala5"),
                Optional.of("1"),
                Optional.of("worker"),
                Map.of()));
    assertThat(world.book.machine(SwitchedOn.pc(1)).orElseThrow().provisioning().window())
        .map(Provisioning.Window::cause)
        .contains(Provisioning.Cause.OPERATOR);

    assertThat(status("POST", WALK + "/back", "")).isEqualTo(200);
    assertThat(of(1)).isEqualTo(Assignment.NONE);
    assertThat(world.book.machine(SwitchedOn.pc(1)).orElseThrow().provisioning())
        .isEqualTo(Provisioning.NONE);
    assertThat(status("DELETE", WALK, "")).isEqualTo(204);
    assertThat(status("DELETE", WALK, "")).isEqualTo(404);
    assertThat(walk().path("running").asBoolean()).isFalse();
  }

  @Test
  void what_somebody_changed_meanwhile_is_not_taken_back() throws Exception {
    program.api("POST", WALK, "{\"role\":\"worker\"}");
    pcs.boots(SwitchedOn.pc(1), LATER);
    awaitNext("2");
    program.api("PATCH", "/machines/" + SwitchedOn.pc(1).hyphenated(), "{\"role\":\"local-disk\"}");
    program.api("POST", WALK + "/back", "");
    assertThat(of(1).seat()).isEmpty();
    assertThat(of(1).role()).contains("local-disk");
  }

  @Test
  void a_name_that_another_machine_has_costs_no_seat() throws Exception {
    world.machine(World.PC1, "sala5-01", "", "192.168.33.101", "S1");
    world.book.commit(now -> List.of(new Assigned(World.PC1, of(World.PC1, "sala5-01"), "test")));
    program.api("POST", WALK, "{\"hostnames\":\"sala5-{seat}\",\"digits\":2}");
    pcs.boots(SwitchedOn.pc(1), LATER);
    awaitNext("2");
    assertThat(of(1).seat()).contains("1");
    assertThat(of(1).hostname()).isEmpty();
    assertThat(walk().path("told").path(0).path("kind").asText()).isEqualTo("NAME_TAKEN");
  }

  private static Assignment of(io.arranque.address.Mac mac, String name) {
    assertThat(mac).isNotNull();
    return new Assignment(
        Optional.of(name), Optional.of("sala6"), Optional.empty(), Optional.empty(), Map.of());
  }

  @Test
  void two_on_each_others_seats_change_places_and_names_at_once() throws Exception {
    program.api("POST", WALK, "{\"hostnames\":\"sala5-{seat}\"}");
    pcs.boots(SwitchedOn.pc(1), LATER);
    pcs.boots(SwitchedOn.pc(2), LATER);
    awaitNext("3");
    String place = "{\"mac\":\"" + SwitchedOn.pc(1) + "\",\"seat\":\"2\"}";
    assertThat(status("POST", WALK + "/place", place)).isEqualTo(200);
    assertThat(of(1).hostname()).contains("sala5-2");
    assertThat(of(2).hostname()).contains("sala5-1");
    program.api("POST", WALK + "/back", "");
    assertThat(of(1).hostname()).contains("sala5-1");
    assertThat(of(2).hostname()).contains("sala5-2");
  }

  @Test
  void after_a_restart_the_walk_is_offered_at_the_next_empty_seat() throws Exception {
    program.api("POST", WALK, "");
    pcs.boots(SwitchedOn.pc(1), LATER);
    awaitNext("2");
    plane.close();
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
    assertThat(walk().path("running").asBoolean()).isFalse();
    assertThat(status("POST", WALK, "")).isEqualTo(201);
    assertThat(walk().path("next").asText()).isEqualTo("2");
  }

  @Test
  void what_cannot_be_is_refused_with_words() throws Exception {
    assertThat(status("POST", "/rooms/nowhere/walk", "")).isEqualTo(404);
    assertThat(status("POST", WALK, "{\"begin\":\"9\"}")).isEqualTo(422);
    assertThat(status("POST", WALK, "{\"hostnames\":\"pc\"}")).isEqualTo(422);
    assertThat(status("POST", WALK, "{\"role\":\"nope\"}")).isEqualTo(422);
    assertThat(status("POST", WALK, "{\"order\":\"zigzag\"}")).isEqualTo(422);
    assertThat(status("POST", WALK + "/skip", "")).isEqualTo(404);
    program.api("POST", WALK, "");
    assertThat(status("POST", WALK + "/answer", "{\"mac\":\"x\"}")).isEqualTo(422);
    assertThat(status("POST", WALK + "/place", "{\"mac\":\"" + SwitchedOn.pc(5) + "\"}"))
        .isEqualTo(404);
  }

  @Test
  void what_was_on_before_the_walk_counts_when_it_boots_anew() throws Exception {
    pcs.boots(SwitchedOn.pc(1), LATER);
    program.api("POST", WALK, "");
    pcs.boots(SwitchedOn.pc(1), Duration.ofSeconds(5)); // its loader
    pcs.boots(SwitchedOn.pc(2), LATER);
    awaitNext("2");
    assertThat(of(1).seat()).isEmpty();
    pcs.boots(SwitchedOn.pc(1), Duration.ofMinutes(2));
    awaitNext("3");
    assertThat(of(1).seat()).contains("2");
  }

  @Test
  void search_answers_programs_too() throws Exception {
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    JsonNode found = json(program.api("GET", "/search?q=5254.0000.0001", ""));
    assertThat(found.path("results").path(0).path("href").asText())
        .isEqualTo("/machines/52-54-00-00-00-01");
    assertThat(found.path("results").path(0).path("exact").asBoolean()).isTrue();
  }
}
