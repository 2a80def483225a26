package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Download;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomRows;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsTest {
  private static final String DRAWING =
      """
      {"front":"left","seats":[{"name":"1","x":0,"y":0},{"name":"2","x":2,"y":0}],
       "machines":{"52:54:00:00:00:01":"2","52:54:00:00:00:02":"1"}}""";

  private World world;
  private ControlPlane plane;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    RoomRows rows = new RoomRows(1, 3, List.of(), false, false, "", 1, Layout.Front.TOP);
    world.book.with(new Room("sala5", "Lab", Map.of()).with(rows.layout()));
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "worker", "192.168.33.102", "S2");
    world.event(World.PC1, Duration.ofSeconds(3), Stage.UP, Reason.MACHINE_REPORTED, "up");
    plane = world.plane();
    plane.start();
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private HttpResponse<String> api(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port() + path))
            .header("Authorization", "Bearer " + World.TOKEN)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void programs_read_a_room_its_tiles_and_its_layout() throws Exception {
    String room = api("GET", "/api/v1/rooms/sala5", "").body();
    assertThat(room)
        .contains("\"description\":\"Lab\"", "\"state\":\"up\"", "\"state\":\"never-seen\"")
        .contains("{\"state\":\"up\",\"count\":1}");
    assertThat(api("GET", "/api/v1/rooms/sala5/tiles", "").body()).contains("\"seat\":\"1\"");
    HttpResponse<String> layout = api("GET", "/api/v1/rooms/sala5/layout", "");
    assertThat(layout.body()).contains("{\"name\":\"2\",\"x\":2,\"y\":0}");
    assertThat(layout.headers().firstValue("ETag")).isPresent();
    assertThat(api("GET", "/api/v1/rooms/nowhere", "").statusCode()).isEqualTo(404);
  }

  @Test
  void a_layout_is_replaced_only_on_top_of_the_one_that_was_read() throws Exception {
    String path = "/api/v1/rooms/sala5/layout";
    String tag = api("GET", path, "").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> saved = api("PUT", path, DRAWING, "If-Match", tag);
    assertThat(saved.statusCode()).isEqualTo(200);
    assertThat(saved.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(tag));
    assertThat(world.book.room("sala5").orElseThrow().description()).isEqualTo("Lab");
    assertThat(world.book.machine(World.PC1).orElseThrow().assignment().seat()).contains("2");
    assertThat(api("PUT", path, DRAWING, "If-Match", tag).statusCode()).isEqualTo(412);
    assertThat(world.book.room("sala5").orElseThrow().layout().front())
        .isEqualTo(Layout.Front.LEFT);
  }

  @Test
  void what_is_wrong_with_a_drawing_is_said() throws Exception {
    String twice = DRAWING.replace("\"name\":\"2\"", "\"name\":\"1\"");
    HttpResponse<String> refused = api("PUT", "/api/v1/rooms/sala5/layout", twice);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("SEAT_TWICE");
    for (String bad :
        List.of("[]", "{}", "{\"seats\":[{\"name\":1}]}", "{\"seats\":[],\"front\":\"up\"}")) {
      assertThat(api("PUT", "/api/v1/rooms/sala5/layout", bad).statusCode()).isBetween(400, 422);
    }
  }

  @Test
  void only_what_changed_in_the_room_is_pushed_and_percent_moves_without_any_event()
      throws Exception {
    world.book.with(
        new Boot("n", World.PC1, Ipv4.of("192.168.33.101"), "worker", world.now.minusSeconds(2)));
    world.event(World.PC1, Duration.ofSeconds(1), Stage.SCRIPT, Reason.OK, "rancheros");
    world.event(World.PC1, Duration.ZERO, Stage.KERNEL, "images/rancheros/vmlinuz", 100, 1);
    AtomicLong sent = new AtomicLong(100);
    world.downloads.begin(
        Ipv4.of("192.168.33.101"), Download.Way.HTTP, "rancheros/initrd", 900, sent::get);
    String page = api("GET", "/rooms/sala5", "").body();
    assertThat(page).contains("&quot;percent&quot;:20");
    BlockingQueue<String> lines = stream("/rooms/sala5/live?since=" + since(page));
    sent.set(650);
    assertThat(next(lines, "percent")).contains("\"percent\":75").doesNotContain("pc2");
    world.machine(Mac.of("52:54:00:00:00:77"), "other", "", "192.168.33.177", "S77");
    Machine elsewhere = world.book.machine(Mac.of("52:54:00:00:00:77")).orElseThrow();
    world.book.with(
        elsewhere.with(
            new Machine.Assignment(
                Optional.of("other"),
                Optional.of("aula-7"),
                Optional.empty(),
                Optional.empty(),
                Map.of())));
    world.event(Mac.of("52:54:00:00:00:77"), Duration.ZERO, Stage.UP, Reason.OK, "");
    world.event(World.PC2, Duration.ZERO, Stage.UP, Reason.MACHINE_REPORTED, "");
    assertThat(next(lines, "pc2")).doesNotContain("other");
  }

  @Test
  void who_comes_back_is_sent_what_differs_and_after_a_restart_asks_for_all() throws Exception {
    String token = since(api("GET", "/rooms/sala5", "").body());
    BlockingQueue<String> lines = stream("/rooms/sala5/live?since=" + token);
    world.event(World.PC1, Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, "");
    String id = next(lines, "id: ").substring("id: ".length());
    world.event(World.PC2, Duration.ZERO, Stage.UP, Reason.MACHINE_REPORTED, "");
    next(lines, "pc2");

    String back = "/rooms/sala5/live?since=" + token;
    assertThat(next(stream(back), "data: [{")).contains("pc1", "pc2");
    assertThat(next(stream(back, "Last-Event-ID", id), "data: [{"))
        .contains("pc2")
        .doesNotContain("pc1");
    assertThat(next(stream(back, "Last-Event-ID", "0badc0de-7"), "data: [{"))
        .contains("\"kind\":\"redrawn\"")
        .doesNotContain("pc2");
    // What was drawn while nobody watched.
    String all = since(api("GET", "/", "").body());
    assertThat(api("PUT", "/api/v1/rooms/sala5/layout", DRAWING).statusCode()).isEqualTo(200);
    assertThat(next(stream("/site/live?since=" + all), "data: [{"))
        .contains("{\"kind\":\"redrawn\",\"room\":\"sala5\"}");
  }

  private static String since(String page) {
    Matcher since = Pattern.compile("data-since=\"([^\"]+)\"").matcher(page);
    assertThat(since.find()).isTrue();
    return since.group(1);
  }

  private BlockingQueue<String> stream(String path, String... header) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port() + path))
            .header("Authorization", "Bearer " + World.TOKEN)
            .header("Accept", "text/event-stream");
    if (header.length > 0) {
      request.headers(header);
    }
    var unused =
        CompletableFuture.runAsync(
            () ->
                client
                    .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                    .thenAccept(r -> r.body().forEach(lines::add))
                    .join());
    return lines;
  }

  private static String next(BlockingQueue<String> lines, String wanted) throws Exception {
    for (String line = lines.poll(10, TimeUnit.SECONDS);
        line != null;
        line = lines.poll(10, TimeUnit.SECONDS)) {
      if (line.contains(wanted)) {
        return line;
      }
    }
    throw new AssertionError("nothing with " + wanted + " came");
  }

  @Test
  void what_a_machine_says_of_itself_stays_text() throws Exception {
    world.event(World.PC1, Duration.ZERO, Stage.UP, Reason.MACHINE_FAILED, "<img src=x>");
    assertThat(api("GET", "/machines/52-54-00-00-00-01/panel", "").body())
        .contains("&lt;img src=x&gt;")
        .doesNotContain("<img src=x>");
  }

  @Test
  void a_lease_that_ran_out_unseen_means_off() throws Exception {
    world.event(World.PC2, Duration.ofHours(13), Stage.UP, Reason.MACHINE_REPORTED, "");
    Machine pc2 = world.book.machine(World.PC2).orElseThrow();
    world.book.with(
        new Machine(
            pc2.mac(),
            pc2.assignment(),
            pc2.hardware(),
            pc2.segment(),
            pc2.address(),
            pc2.firstSeen(),
            Optional.of(world.now.minus(Duration.ofHours(13)))));
    assertThat(api("GET", "/api/v1/rooms/sala5/tiles", "").body()).contains("\"state\":\"off\"");
  }
}
