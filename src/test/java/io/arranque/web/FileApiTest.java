package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arranque.people.AuditQuery;
import io.arranque.people.Grant;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileApiTest {
  private static final String DOCUMENT = "cloud-init/lab-pc/user-data";
  private static final String ROLE = "cloud-init/lab-pc/role.yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  private EditedSite site;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path place) throws Exception {
    site = new EditedSite(place);
    site.world.machine(World.PC1, "pc1", "lab-pc", "192.168.33.101", "S1");
    site.world.machine(World.PC2, "pc2", "local-disk", "192.168.33.102", "S2");
    program = new Browser(site.plane);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void every_shipped_file_opens_and_checks_clean() throws Exception {
    List<String> paths = new ArrayList<>();
    JSON.readTree(program.api("GET", "/files", "").body())
        .path("files")
        .forEach(file -> paths.add(file.path("path").asText()));
    assertThat(paths).hasSizeGreaterThan(60).contains(DOCUMENT, "dhcp/sala5.yaml");
    for (String path : paths) {
      HttpResponse<String> file = program.api("GET", "/files/" + path, "");
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertThat(file.body()).isEqualTo(site.read(path));
    }
    // With a comment's worth of change in each kind, all of the site is judged.
    for (String path : List.of(DOCUMENT, ROLE, "ipxe-scripts/nocloud.ipxe", "dhcp/sala5.yaml")) {
      JsonNode answer = check(path, site.read(path));
      assertThat(answer.path("check").path("good").asBoolean()).as(path).isTrue();
      assertThat(answer.path("check").path("here")).as(path).isEmpty();
      assertThat(answer.path("check").path("elsewhere")).as(path).isEmpty();
      assertThat(answer.path("affected").path("changed").asInt()).as(path).isZero();
      assertThat(answer.path("preview").path("difference")).as(path).isEmpty();
    }
  }

  @Test
  void an_edit_is_judged_previewed_and_measured_before_it_is_saved() throws Exception {
    String edited = site.read(DOCUMENT).replaceFirst("\n", "\n# a new line\n");
    JsonNode answer = check(DOCUMENT, edited);
    assertThat(answer.path("check").path("good").asBoolean()).isTrue();
    assertThat(answer.path("preview").path("mac").asText()).isEqualTo(World.PC1.toString());
    assertThat(answer.path("preview").path("texts").toString()).contains("# a new line");
    assertThat(answer.path("preview").path("difference").toString()).contains("+# a new line");
    assertThat(answer.path("affected").path("changed").asInt()).isEqualTo(1);
    assertThat(answer.path("affected").path("rooms").get(0).path("room").asText())
        .isEqualTo("sala5");
    assertThat(site.read(DOCUMENT)).doesNotContain("# a new line");
    // Asking is not doing: the editor asks at each pause in the typing.
    assertThat(audit()).isEmpty();
  }

  @Test
  void an_error_names_its_line_and_what_it_breaks_elsewhere() throws Exception {
    JsonNode here = check(DOCUMENT, "#cloud-config\nhostname: 5\n").path("check");
    assertThat(here.path("good").asBoolean()).isFalse();
    assertThat(here.path("here").get(0).path("line").asInt()).isEqualTo(2);

    JsonNode gone = check("ipxe-scripts/nocloud.ipxe", null).path("check");
    assertThat(gone.path("elsewhere").toString()).contains(ROLE, "nocloud");
  }

  @Test
  void a_save_needs_the_tag_that_was_read_and_is_in_force_soon() throws Exception {
    HttpResponse<String> read = program.api("GET", "/files/" + DOCUMENT, "");
    String edited = read.body() + "# saved by a test\r\n";
    assertThat(put(DOCUMENT, edited, Map.of()).statusCode()).isEqualTo(428);
    assertThat(put(DOCUMENT, edited, Map.of("If-None-Match", "*")).statusCode()).isEqualTo(409);

    String tag = read.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> saved = put(DOCUMENT, edited, Map.of("If-Match", tag));

    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    assertThat(saved.body()).contains("\"change\":\"+1 -0 line\"");
    assertThat(site.read(DOCUMENT)).isEqualTo(edited);
    site.await(s -> s.roles().get("lab-pc").documents().get("user-data").text().endsWith("test\n"));
    assertThat(put(DOCUMENT, "again", Map.of("If-Match", tag)).statusCode()).isEqualTo(409);
    assertThat(audit()).anyMatch(line -> line.equals("file saved " + DOCUMENT + " +1 -0 line"));
    assertThat(audit()).noneMatch(line -> line.contains("saved by a test"));
  }

  @Test
  void a_broken_site_is_never_written_and_a_warning_must_be_seen() throws Exception {
    String before = site.read(ROLE);
    HttpResponse<String> broken = save(ROLE, before.replace("boot: nocloud", "boot: nowhere"), "");
    assertThat(broken.statusCode()).isEqualTo(422);
    assertThat(broken.body()).contains("\"field\":\"" + ROLE + "\"", "nowhere");
    assertThat(site.read(ROLE)).isEqualTo(before);

    String doubtful = site.read(DOCUMENT).replaceFirst("\n", "\nno_such_key_of_cloud_init: true\n");
    HttpResponse<String> warned = save(DOCUMENT, doubtful, "");
    assertThat(warned.statusCode()).as(warned.body()).isEqualTo(422);
    assertThat(warned.body()).contains("no_such_key_of_cloud_init", "warning");
    assertThat(save(DOCUMENT, doubtful, "?warnings=accept").statusCode()).isEqualTo(200);
    assertThat(site.read(DOCUMENT)).isEqualTo(doubtful);
  }

  @Test
  void one_of_two_broken_files_may_be_mended() throws Exception {
    String other = "cloud-init/talos/role.yaml";
    String good = site.read(ROLE);
    site.write(ROLE, "boot: [");
    site.write(other, "boot: [");
    assertThat(save(ROLE, "boot: {", "").statusCode()).isEqualTo(422);
    assertThat(save(ROLE, good, "").statusCode()).isEqualTo(200);
    assertThat(site.read(ROLE)).isEqualTo(good);
    assertThat(save(DOCUMENT, "#cloud-config\nhostname: 5\n", "").statusCode()).isEqualTo(422);
  }

  @Test
  void files_come_and_go_but_not_those_that_others_need() throws Exception {
    String fresh = "cloud-init/lab-pc/motd";
    HttpResponse<String> added = put(fresh, "hello\n", Map.of("If-None-Match", "*"));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String tag = added.headers().firstValue("ETag").orElseThrow();
    assertThat(delete(fresh, "\"other\"").statusCode()).isEqualTo(409);
    assertThat(delete(fresh, tag).statusCode()).isEqualTo(204);
    assertThat(site.folder.resolve(fresh)).doesNotExist();
    assertThat(delete("ipxe-scripts/nocloud.ipxe", tag("ipxe-scripts/nocloud.ipxe")).statusCode())
        .isEqualTo(422);
    assertThat(program.api("GET", "/files/" + fresh, "").statusCode()).isEqualTo(404);
  }

  @Test
  void paths_outside_of_the_site_are_no_files() throws Exception {
    Files.createDirectories(site.state);
    Files.writeString(site.state.resolve("admin-token"), "secret");
    for (String path :
        List.of(
            "..%2fstate%2fadmin-token",
            "dhcp/..%2f..%2fstate%2fadmin-token",
            "%2fetc%2fpasswd",
            "etc/passwd",
            ".git/config",
            "tftp/ipxe.efi",
            "images/lab/vmlinuz",
            "cloud-init/lab-pc/.ssh",
            "cloud-init/lab-pc%00/role.yaml")) {
      // Jetty hangs up on some of them; the next request needs a connection of its own.
      HttpResponse<String> read = new Browser(site.plane).api("GET", "/files/" + path, "");
      assertThat(read.statusCode()).as(path).isIn(400, 404);
      program = new Browser(site.plane);
      assertThat(put(path, "x", Map.of("If-None-Match", "*")).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void hostile_content_is_refused_or_stored_as_it_is() throws Exception {
    String path = "cloud-init/lab-pc/note";
    assertThat(put(path, "a\0b", Map.of("If-None-Match", "*")).statusCode()).isEqualTo(422);
    assertThat(put(path, "x".repeat(300_000), Map.of("If-None-Match", "*")).statusCode())
        .isEqualTo(413);
    String odd = "</textarea><script>alert(1)</script>\u202e\u001b[31m\r\n";
    assertThat(put(path, odd, Map.of("If-None-Match", "*")).statusCode()).isEqualTo(201);
    assertThat(site.read(path)).isEqualTo(odd);
    Browser person = new Browser(site.plane);
    person.logIn();
    assertThat(person.get("/files/edit?path=" + path).body())
        .doesNotContain("<script>alert")
        .contains("&lt;/textarea&gt;");
    // A template that would fill the memory.
    HttpResponse<String> bomb =
        save(path, "{% for i in range(0, 99999) %}" + "x".repeat(999) + "{% endfor %}", "");
    assertThat(bomb.statusCode()).isEqualTo(422);
    assertThat(save(path, "{{ \"x\".repeat(2000000000) }}", "").statusCode()).isEqualTo(422);
    assertThat(save(path, "{{ machine.getClass().getName() }}", "").statusCode()).isEqualTo(422);
  }

  @Test
  void operators_of_all_rooms_have_scripts_and_documents_but_no_way_to_secrets() throws Exception {
    String all = token(Grant.parse("operator", "*").orElseThrow());
    String some = token(new Grant(io.arranque.people.Level.OPERATOR, Optional.of(Set.of("sala5"))));
    assertThat(as(some, "GET", "/files", "", Map.of()).statusCode()).isEqualTo(403);
    assertThat(as(all, "GET", "/files", "", Map.of()).body()).contains(ROLE).doesNotContain("dhcp");
    assertThat(as(all, "GET", "/files/" + ROLE, "", Map.of()).statusCode()).isEqualTo(200);
    for (String path : List.of("dhcp/sala5.yaml", "arranque.yaml")) {
      assertThat(as(all, "GET", "/files/" + path, "", Map.of()).statusCode()).isEqualTo(403);
      assertThat(
              as(all, "PUT", "/files/" + path, "x: 1", Map.of("If-None-Match", "*")).statusCode())
          .as(path)
          .isIn(403, 409);
    }
    Map<String, String> seen = Map.of("If-Match", tag(ROLE));
    String role = site.read(ROLE);
    String reads =
        role + "\nvalues:\n  cluster-token: \"\\x66ile:/var/lib/arranque/secrets.key\"\n";
    assertThat(as(all, "PUT", "/files/" + ROLE, reads, seen).statusCode()).isEqualTo(403);
    assertThat(as(all, "POST", "/files/check", json(ROLE, reads), Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(
            as(
                    all,
                    "POST",
                    "/preview",
                    "{\"files\":{\"" + ROLE + "\":" + JSON.writeValueAsString(reads) + "}}",
                    Map.of())
                .statusCode())
        .isEqualTo(403);
    String open = role.replaceFirst("(cluster-token: *\\{ type: )secret", "$1string");
    assertThat(open).isNotEqualTo(role);
    for (String other : List.of("k3s-agent", "k3s-server")) {
      // The others must not declare it as well.
      assertThat(site.read("cloud-init/" + other + "/role.yaml")).doesNotContain("cluster-token");
    }
    HttpResponse<String> opened = as(all, "PUT", "/files/" + ROLE, open, seen);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(403);
    assertThat(as(all, "POST", "/files/check", json(ROLE, open), Map.of()).body())
        .contains("\"exposed\":\"cluster-token\"")
        .doesNotContain("\"preview\"");
    assertThat(site.read(ROLE)).isEqualTo(role);

    site.write(ROLE, role + "\nvalues:\n  cluster-token: plainly-here\n");
    HttpResponse<String> plain = as(all, "GET", "/files/" + ROLE, "", Map.of());
    assertThat(plain.statusCode()).isEqualTo(403);
    assertThat(plain.body()).doesNotContain("plainly-here");
    assertThat(program.api("GET", "/files/" + ROLE, "").statusCode()).isEqualTo(200);
  }

  @Test
  void a_role_tells_all_that_makes_it_up() throws Exception {
    JsonNode role = JSON.readTree(program.api("GET", "/roles/lab-pc", "").body());
    assertThat(role.path("files").toString()).contains(ROLE, DOCUMENT, "ipxe-scripts/nocloud.ipxe");
    assertThat(role.path("machines").toString()).contains("pc1").doesNotContain("pc2");
    assertThat(program.api("GET", "/roles/nope", "").statusCode()).isEqualTo(404);
    assertThat(
            JSON.readTree(program.api("GET", "/roles/ubuntu-install", "").body())
                .path("files")
                .toString())
        .contains("cloud-init/shared/report");
  }

  private JsonNode check(String path, String text) throws Exception {
    HttpResponse<String> answer = program.api("POST", "/files/check", json(path, text));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String json(String path, String text) throws Exception {
    Map<String, String> body = new TreeMap<>();
    body.put("path", path);
    body.put("text", text);
    return JSON.writeValueAsString(body);
  }

  private String tag(String path) throws Exception {
    return program.api("GET", "/files/" + path, "").headers().firstValue("ETag").orElseThrow();
  }

  private HttpResponse<String> save(String path, String text, String query) throws Exception {
    return as(World.TOKEN, "PUT", "/files/" + path + query, text, Map.of("If-Match", tag(path)));
  }

  private HttpResponse<String> put(String path, String text, Map<String, String> headers)
      throws Exception {
    return as(World.TOKEN, "PUT", "/files/" + path, text, headers);
  }

  private HttpResponse<String> delete(String path, String tag) throws Exception {
    return as(World.TOKEN, "DELETE", "/files/" + path, "", Map.of("If-Match", tag));
  }

  private HttpResponse<String> as(
      String token, String method, String path, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        program
            .request("/api/v1" + path)
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return program.send(request);
  }

  private String token(Grant grant) throws Exception {
    String scope = grant.roomsText();
    String made =
        program
            .api(
                "POST",
                "/tokens",
                JSON.writeValueAsString(
                    Map.of(
                        "name",
                        "t-" + scope.replace("*", "all"),
                        "scope",
                        "operate",
                        "rooms",
                        List.of(scope),
                        "days",
                        1)))
            .body();
    String token = JSON.readTree(made).path("token").asText();
    assertThat(token).as(made).isNotEmpty();
    return token;
  }

  private List<String> audit() throws Exception {
    return site.world.people.search(AuditQuery.newest(100)).stream()
        .map(line -> line.entry().what() + " " + line.entry().detail())
        .toList();
  }
}
