package io.arranque.web.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.timeline.Reason;
import io.arranque.wake.WakeNews;
import io.arranque.web.Browser;
import io.arranque.web.ControlPlane;
import io.arranque.web.ScriptedWaker;
import io.arranque.web.World;
import io.arranque.web.base.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions on many machines, over the API. */
class TasksTest {
  private static final Mac PC3 = Mac.of("52:54:00:00:00:03");

  @TempDir Path folder;
  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void open() throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "local-disk", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "", "192.168.33.102", "S2");
    world.machine(PC3, "pc3", "worker", "192.168.33.103", "S3");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void a_role_is_given_and_taken_back_and_who_was_changed_since_is_named() throws Exception {
    JsonNode task = begin("\"kind\":\"role\",\"role\":\"worker\"", World.PC1, World.PC2);
    assertThat(task.path("state").asText()).isEqualTo("done");
    assertThat(task.path("counts").path("done").asInt()).isEqualTo(2);
    assertThat(task.path("undoable").asBoolean()).isTrue();
    assertThat(role(World.PC1)).contains("worker");
    assertThat(role(World.PC2)).contains("worker");

    api("PATCH", "/machines/52-54-00-00-00-02", "{\"role\":\"local-disk\"}", 200);
    JsonNode undone = api("POST", "/tasks/" + task.path("id").asText() + "/undo", "{}", 200);
    assertThat(undone.path("state").asText()).isEqualTo("undone");
    assertThat(outcome(undone, World.PC1)).isEqualTo("undone");
    assertThat(outcome(undone, World.PC2)).isEqualTo("left");
    assertThat(machine(undone, World.PC2).path("reason").asText()).isEqualTo("CHANGED_SINCE");
    assertThat(role(World.PC1)).contains("local-disk");
    assertThat(role(World.PC2)).contains("local-disk");
    // Once.
    api("POST", "/tasks/" + task.path("id").asText() + "/undo", "{}", 409);
  }

  @Test
  void refused_machines_are_named_and_the_others_go_on() throws Exception {
    Mac stranger = Mac.of("52:54:00:00:00:77");
    JsonNode task = begin("\"kind\":\"role\",\"role\":\"worker\"", World.PC1, stranger);
    assertThat(outcome(task, World.PC1)).isEqualTo("done");
    assertThat(outcome(task, stranger)).isEqualTo("refused");
    assertThat(machine(task, stranger).path("reason").asText()).isEqualTo("MACHINE_UNKNOWN");
    assertThat(world.book.machine(stranger)).isEmpty();
  }

  @Test
  void what_is_refused_for_all_is_no_task() throws Exception {
    JsonNode problem =
        api("POST", "/tasks", body("\"kind\":\"role\",\"role\":\"nope\"", World.PC1), 422);
    assertThat(problem.path("errors").path(0).path("rule").asText()).isEqualTo("ROLE_UNKNOWN");
    assertThat(api("GET", "/tasks", "", 200).path("tasks")).isEmpty();
    api("POST", "/tasks", body("\"kind\":\"vars\"", World.PC1), 422);
    api("POST", "/tasks", body("\"kind\":\"dance\"", World.PC1), 422);
    api("POST", "/tasks", body("\"kind\":\"arm\",\"minutes\":0", World.PC1), 422);
    api("GET", "/tasks/7", "", 404);
  }

  @Test
  void a_dry_run_says_who_would_be_refused_and_changes_nothing() throws Exception {
    JsonNode review =
        api("POST", "/tasks?dry-run=true", body("\"kind\":\"reinstall\"", World.PC1, PC3), 200);
    assertThat(review.path("accepted").asInt()).isZero();
    assertThat(review.path("refused").path(0).path("reason").asText())
        .isEqualTo("NOTHING_INSTALLED");
    assertThat(review.path("refused").path(0).path("machines")).hasSize(2);
    assertThat(world.book.committed()).isEmpty();
  }

  @Test
  void a_dry_run_says_which_machines_are_locked_out_and_until_when() throws Exception {
    world.now = Instant.parse("2026-12-03T08:00:00Z"); // nine o'clock in Madrid
    Mac elsewhere = Mac.of("52:54:00:00:00:04");
    world.machine(elsewhere, "pc4", "worker", "192.168.33.104", "S4");
    api("PATCH", "/machines/52-54-00-00-00-04", "{\"room\":\"sala6\"}", 200);
    api("PUT", "/rooms/sala5/lock", "{\"until\":\"11:00\",\"why\":\"exam\"}", 200);

    String take = "\"kind\":\"role\",\"role\":\"local-disk\"";
    JsonNode review =
        api("POST", "/tasks?dry-run=true", body(take, World.PC2, PC3, elsewhere), 200);
    assertThat(review.path("accepted").asInt()).isOne();
    JsonNode locked = review.path("refused").path(0);
    assertThat(locked.path("reason").asText()).isEqualTo("ROOM_LOCKED");
    assertThat(locked.path("detail").asText()).isEqualTo("locked by admin-token until 11:00, exam");
    assertThat(locked.path("machines").findValuesAsText("name")).containsExactly("pc2", "pc3");
    JsonNode problem = api("POST", "/tasks", body(take, World.PC2, PC3), 409);
    assertThat(problem.path("errors")).as("said once, not of each machine").hasSize(1);
    // What disturbs nobody goes on.
    JsonNode wake = api("POST", "/tasks?dry-run=true", body("\"kind\":\"wake\"", PC3), 200);
    assertThat(wake.path("accepted").asInt()).isOne();
  }

  @Test
  void a_form_says_who_is_locked_out_before_anything_is_chosen_in_the_readers_language()
      throws Exception {
    world.now = Instant.parse("2026-12-03T08:00:00Z");
    api("PUT", "/rooms/sala5/lock", "{\"until\":\"11:00\",\"why\":\"examen\"}", 200);
    program.logIn();
    String macs = "&macs=52-54-00-00-00-02";
    assertThat(form("kind=role" + macs)).contains("data-accepted=\"0\"", "until 11:00, examen");
    program.cookie += "; " + Browser.cookieOf(program.get("/language/es?back=/roles"));
    assertThat(form("kind=role" + macs)).contains("bloqueo de admin-token hasta 11:00, examen");
    assertThat(form("kind=wake" + macs)).doesNotContain("11:00");
  }

  private String form(String fields) throws Exception {
    return program
        .send(
            program
                .request("/tasks/form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("HX-Request", "true")
                .header("X-CSRF-Token", program.csrf())
                .POST(BodyPublishers.ofString(fields)))
        .body();
  }

  @Test
  void values_are_set_by_type_and_secrets_are_told_to_nobody() throws Exception {
    JsonNode task =
        begin(
            "\"kind\":\"vars\",\"vars\":{\"rancher-token\":\"s3cret\",\"disk\":\"/dev/vda\"}",
            World.PC1,
            PC3);
    assertThat(task.path("subject").asText()).isEqualTo("disk, rancher-token");
    assertThat(task.toString()).doesNotContain("s3cret");
    assertThat(world.book.machine(PC3).orElseThrow().assignment().vars())
        .containsEntry("rancher-token", "s3cret");
    api("POST", "/tasks", body("\"kind\":\"vars\",\"vars\":{\"debug\":\"maybe\"}", PC3), 422);
    assertThat(api("GET", "/tasks", "", 200).toString()).doesNotContain("s3cret");
    assertThat(world.people.told().toString()).doesNotContain("s3cret");
  }

  @Test
  void own_disk_keeps_the_role_and_boot_once_goes_back_to_the_network() throws Exception {
    JsonNode own = begin("\"kind\":\"local-boot\"", PC3);
    assertThat(plan(PC3)).contains("\"policy\",\"value\":\"never\"");
    assertThat(role(PC3)).contains("worker");
    begin("\"kind\":\"boot-once\"", PC3);
    assertThat(plan(PC3)).contains("\"policy\",\"value\":\"next-boot\"");
    // The older one is not taken back over the newer.
    JsonNode undone = api("POST", "/tasks/" + own.path("id").asText() + "/undo", "{}", 200);
    assertThat(outcome(undone, PC3)).isEqualTo("left");
    begin("\"kind\":\"policy\",\"policy\":\"by-role\"", PC3);
    assertThat(world.book.machine(PC3).orElseThrow().assignment().policy()).isEmpty();
  }

  @Test
  void arming_and_forgetting_are_taken_back() throws Exception {
    JsonNode armed = begin("\"kind\":\"arm\",\"minutes\":30", PC3);
    assertThat(world.book.machine(PC3).orElseThrow().provisioning().window()).isPresent();
    api("POST", "/tasks/" + armed.path("id").asText() + "/undo", "{}", 200);
    assertThat(world.book.machine(PC3).orElseThrow().provisioning().window()).isEmpty();

    Machine before = world.book.machine(PC3).orElseThrow();
    JsonNode gone = begin("\"kind\":\"forget\"", PC3);
    assertThat(world.book.machine(PC3)).isEmpty();
    JsonNode back = api("POST", "/tasks/" + gone.path("id").asText() + "/undo", "{}", 200);
    assertThat(outcome(back, PC3)).isEqualTo("undone");
    assertThat(world.book.machine(PC3)).contains(before);
  }

  @Test
  void undo_ends_after_two_hours() throws Exception {
    String id = begin("\"kind\":\"role\",\"role\":\"worker\"", World.PC2).path("id").asText();
    world.now = world.now.plus(Tasks.UNDO_FOR);
    assertThat(api("GET", "/tasks/" + id, "", 200).path("undoable").asBoolean()).isFalse();
    api("POST", "/tasks/" + id + "/undo", "{}", 409);
  }

  @Test
  void waking_goes_on_and_tells_of_each_machine() throws Exception {
    JsonNode task = begin("\"kind\":\"wake\"", World.PC1, World.PC2, PC3);
    assertThat(task.path("state").asText()).isEqualTo("running");
    assertThat(task.path("undoable").asBoolean()).isFalse();
    ScriptedWaker.Order order = world.waker.orders().get(0);
    assertThat(order.macs).containsExactly(World.PC1, World.PC2, PC3);
    for (Mac mac : order.macs) {
      order.tell(mac, WakeNews.State.ASKED, Reason.WAKE_SENT);
    }
    order.tell(World.PC1, WakeNews.State.HEARD, Reason.OK);
    // What overtakes does not set it back.
    order.tell(World.PC1, WakeNews.State.ASKED, Reason.WAKE_SENT);
    order.tell(World.PC2, WakeNews.State.SILENT, Reason.WAKE_UNHEARD);
    String path = "/tasks/" + task.path("id").asText();
    JsonNode now = api("GET", path, "", 200);
    assertThat(outcome(now, World.PC1)).isEqualTo("done");
    assertThat(outcome(now, World.PC2)).isEqualTo("silent");
    assertThat(machine(now, World.PC2).path("advice").asText()).contains("firmware");
    assertThat(outcome(now, PC3)).isEqualTo("asked");

    JsonNode stopped = api("POST", path + "/stop", "{}", 200);
    assertThat(order.stopped).isTrue();
    assertThat(stopped.path("state").asText()).isEqualTo("stopped");
    assertThat(outcome(stopped, PC3)).isEqualTo("stopped");
    api("POST", path + "/stop", "{}", 409);
    api("POST", path + "/undo", "{}", 409);
    assertThat(world.book.committed())
        .filteredOn(InventoryChange.Audited.class::isInstance)
        .hasSize(3);
    assertThat(world.people.told().toString()).contains("task stopped");
  }

  @Test
  void what_the_schedule_wakes_is_a_task_that_says_so_and_can_be_stopped() throws Exception {
    plane.waker().wake(List.of(World.PC1, World.PC2), "schedule: sala5 07:45@-");
    // Tasks are begun one after another, so the wake has begun when this is done.
    begin("\"kind\":\"policy\",\"policy\":\"by-role\"", PC3);
    world.waker.orders().get(0).tell(World.PC1, WakeNews.State.HEARD, Reason.OK);
    JsonNode task = api("GET", "/tasks", "", 200).path("tasks").path(1);
    assertThat(task.path("kind").asText()).isEqualTo("wake");
    assertThat(task.path("by").asText()).isEqualTo("schedule: sala5 07:45");
    assertThat(task.path("state").asText()).isEqualTo("running");
    assertThat(task.path("percent").asInt()).isEqualTo(50);

    String id = task.path("id").asText();
    JsonNode stopped = api("POST", "/tasks/" + id + "/stop", "{}", 200);
    assertThat(stopped.path("state").asText()).isEqualTo("stopped");
    assertThat(outcome(stopped, World.PC1)).isEqualTo("done");
    assertThat(outcome(stopped, World.PC2)).isEqualTo("stopped");
    program.logIn();
    assertThat(program.get("/tasks").body()).contains("schedule: sala5 07:45");
  }

  @Test
  void one_machine_is_woken_by_its_own_path() throws Exception {
    JsonNode task = api("POST", "/machines/52-54-00-00-00-01/wake", "{}", 202);
    assertThat(task.path("machines")).hasSize(1);
    assertThat(world.waker.orders()).hasSize(1);
    api("POST", "/machines/52-54-00-00-00-77/wake", "{}", 404);
  }

  @Test
  void an_operator_reaches_no_machine_of_another_room_not_even_to_wake_it() throws Exception {
    Tasks tasks = new Tasks(world.parts(), () -> {});
    Grant sala6 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala6")));
    Grant sala5 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala5")));
    TaskOrder wake = TaskOrder.of(TaskKind.WAKE, TaskOrder.Said.NOTHING);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> tasks.begin(wake, List.of(World.PC1), sala6, "leo@-"))
        .isInstanceOf(Fault.class);
    assertThat(world.waker.orders()).isEmpty();
    Tasks.Begun begun = tasks.begin(wake, List.of(World.PC1), sala5, "ana@-");
    begun.done().join();
    assertThat(world.waker.orders()).hasSize(1);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> tasks.stop(begun.task(), sala6, "leo@-"))
        .isInstanceOf(Fault.class);
    tasks.close();
  }

  @Test
  void two_thousand_machines_are_committed_some_at_a_time() throws Exception {
    List<Mac> macs = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Mac mac = new Mac(0x52_54_00_10_00_00L + i);
      world.machine(mac, "many" + i, "", "192.168.33.150", "");
      macs.add(mac);
    }
    List<Long> commits = new java.util.concurrent.CopyOnWriteArrayList<>();
    Tasks tasks = new Tasks(world.parts(), () -> commits.add(System.nanoTime()));
    Tasks.Begun begun =
        tasks.begin(
            TaskOrder.of(TaskKind.ROLE, new TaskOrder.Said("worker", java.util.Map.of(), "", "")),
            macs,
            Grant.ADMINISTRATOR,
            "ana@-");
    begun.done().join();
    assertThat(begun.task().counts()).containsEntry(Task.Outcome.DONE, 2_000);
    assertThat(commits).hasSizeGreaterThan(20);
    tasks.undo(begun.task(), Grant.ADMINISTRATOR, "ana@-").join();
    assertThat(begun.task().counts()).containsEntry(Task.Outcome.UNDONE, 2_000);
    assertThat(role(macs.get(1_999))).isEmpty();
    tasks.close();
  }

  @Test
  void a_database_that_fails_leaves_no_machine_without_a_word() throws Exception {
    Tasks tasks = new Tasks(world.parts(), () -> {});
    world.book.fail();
    Tasks.Begun begun =
        tasks.begin(
            TaskOrder.of(TaskKind.TAKE_ROLE, TaskOrder.Said.NOTHING),
            List.of(World.PC1, PC3),
            Grant.ADMINISTRATOR,
            "ana@-");
    begun.done().join();
    assertThat(begun.task().counts()).containsEntry(Task.Outcome.REFUSED, 2);
    assertThat(begun.task().targets().get(0).why().detail()).contains("disk full");
    assertThat(begun.task().state()).isEqualTo(Task.State.DONE);
    assertThat(Duration.between(begun.task().began, begun.task().ended().orElseThrow()))
        .isLessThan(Duration.ofMinutes(1));
    tasks.close();
  }

  private Optional<String> role(Mac mac) {
    return world.book.machine(mac).orElseThrow().assignment().role();
  }

  private String plan(Mac mac) throws Exception {
    return api("GET", "/machines/" + mac.hyphenated() + "/plan", "", 200)
        .path("values")
        .toString()
        .replace("\"name\":", "");
  }

  private static String outcome(JsonNode task, Mac mac) {
    return machine(task, mac).path("outcome").asText();
  }

  private static JsonNode machine(JsonNode task, Mac mac) {
    for (JsonNode one : task.path("machines")) {
      if (one.path("mac").asText().equals(mac.toString())) {
        return one;
      }
    }
    throw new AssertionError(mac + " is not in " + task);
  }

  private JsonNode begin(String what, Mac... macs) throws Exception {
    HttpResponse<String> answer = program.api("POST", "/tasks", body(what, macs));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    return new ObjectMapper().readTree(answer.body());
  }

  private static String body(String what, Mac... macs) {
    List<String> quoted = new ArrayList<>();
    for (Mac mac : macs) {
      quoted.add("\"" + mac + "\"");
    }
    return "{" + what + ",\"macs\":[" + String.join(",", quoted) + "]}";
  }

  private JsonNode api(String method, String path, String json, int status) throws Exception {
    HttpResponse<String> answer = program.api(method, path, json);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
    return new ObjectMapper().readTree(answer.body());
  }
}
