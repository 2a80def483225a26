package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.timeline.Reason;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImportTest {
  private static final String TWO_ROWS =
      """
      mac,hostname,role,seat
      52:54:00:00:00:01,renamed,worker,1
      52:54:00:00:00:09,<b>x</b>,worker,2
      """;
  private static final String GOOD =
      """
      mac;nombre;rol;puesto
      52:54:00:00:00:01;renamed;worker;1
      52:54:00:00:00:09;pc9;local-disk;22
      """;

  private World world;
  private ControlPlane plane;
  private Browser browser;
  private @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void a_program_looks_first_and_then_applies_what_it_saw() throws Exception {
    HttpResponse<String> look = post("/import?dry-run=true", GOOD, "");
    assertThat(look.statusCode()).as(look.body()).isEqualTo(200);
    assertThat(look.body())
        .contains("\"format\":\"csv\"", "\"applied\":false", "\"new\":1", "\"changed\":1")
        .contains("{\"field\":\"hostname\",\"from\":\"pc1\",\"to\":\"renamed\"}");
    assertThat(world.book.committed()).isEmpty();

    String seen = look.body().replaceAll(".*\"fingerprint\":\"([0-9a-f]+)\".*", "$1");
    HttpResponse<String> done = post("/import?fingerprint=" + seen, GOOD, "");
    assertThat(done.body()).contains("\"applied\":true", "\"undo\":\"# What was before");
    assertThat(name(World.PC1)).isEqualTo("renamed");
    assertThat(world.timeline.of(Mac.of("52:54:00:00:00:09"), 5).get(0).reason())
        .isEqualTo(Reason.ROLE_ASSIGNED);

    HttpResponse<String> late = post("/import?fingerprint=" + seen, GOOD, "");
    assertThat(late.statusCode()).isEqualTo(409);
  }

  @Test
  void bad_rows_come_as_a_problem_with_their_lines_and_nothing_changes() throws Exception {
    HttpResponse<String> answer = post("/import", TWO_ROWS, "");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body())
        .contains("{\"line\":3,\"field\":\"hostname\",\"rule\":\"HOSTNAME_MALFORMED\"");
    assertThat(name(World.PC1)).isEqualTo("pc1");

    assertThat(post("/import?skip-bad=true", TWO_ROWS, "").body())
        .contains("\"applied\":true", "\"refused\":1", "\"changed\":1");
    assertThat(name(World.PC1)).isEqualTo("renamed");
  }

  @Test
  void what_is_too_large_or_no_list_is_refused() throws Exception {
    assertThat(post("/import", "x".repeat(5_000_001), "").statusCode()).isEqualTo(413);
    assertThat(post("/import", "hello", "").body()).contains("FORMAT_UNKNOWN");
    assertThat(post("/import?format=nonsense", GOOD, "").statusCode()).isEqualTo(422);
    String rows = "mac\n" + "52:54:00:00:00:01\n".repeat(10_001);
    assertThat(post("/import", rows, "").body()).contains("ROWS_TOO_MANY");
    assertThat(browser.get("/api/v1/export").statusCode()).isEqualTo(401);
  }

  @Test
  void an_address_that_another_machine_uses_is_reserved_only_when_one_says_so() throws Exception {
    String text = "mac,ip\n52:54:00:00:00:02,192.168.33.101\n";

    assertThat(post("/import", text, "").body()).contains("RESERVATION_LEASED");
    assertThat(post("/import?even-if-leased=true", text, "").body()).contains("\"applied\":true");
  }

  @Test
  void lines_for_a_terminal_are_followed_by_what_takes_it_back() throws Exception {
    HttpResponse<String> done = post("/import", GOOD, "application/yaml");

    assertThat(done.body())
        .startsWith("# line 2: changed 52:54:00:00:00:01 renamed: hostname pc1 → renamed, role - →")
        .contains(
            "# Imported: 1 new, 1 changed, 0 unchanged, 0 forgotten, 0 refused.\n\n# What was");
    HttpResponse<String> undone = post("/import", done.body(), "application/yaml");
    assertThat(undone.body()).contains("forgotten 52:54:00:00:00:09");
    assertThat(name(World.PC1)).isEqualTo("pc1");
  }

  @Test
  void what_is_exported_has_a_name_and_no_secret() throws Exception {
    post("/import", "mac,var.rancher-token\n52:54:00:00:00:01,geheim\n", "");
    for (String format : new String[] {"csv", "yaml", "dhcpd", "dnsmasq", "ethers"}) {
      HttpResponse<String> answer = browser.api("GET", "/export?format=" + format, "");
      assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
          .contains("attachment; filename=\"machines-" + format);
      assertThat(answer.body()).contains("52:54:00:00:00:01").doesNotContain("geheim");
    }
    assertThat(browser.api("GET", "/export?format=arp", "").statusCode()).isEqualTo(422);
    assertThat(browser.api("GET", "/export?room=other", "").body()).contains("machines: []");
  }

  @Test
  void the_page_shows_looks_applies_and_undoes_without_scripts_too() throws Exception {
    browser.logIn();
    assertThat(browser.get("/import").body()).contains("<textarea", "csv");
    String look = submit(Map.of("text", TWO_ROWS, "action", "look"));
    assertThat(look)
        .contains("i-refused", "&lt;b&gt;x&lt;/b&gt;", "DNS label")
        .doesNotContain("<b>x</b>", "value=\"apply\"");
    String good = submit(Map.of("text", GOOD, "action", "look", "room", "sala5"));
    assertThat(good).contains("value=\"apply\"", "renamed", "value=\"sala5\"");
    assertThat(name(World.PC1)).isEqualTo("pc1");
    assertThat(submit(Map.of("text", GOOD, "action", "apply", "fingerprint", "00")))
        .contains("Something has changed meanwhile");
    String done = submit(Map.of("text", GOOD, "action", "apply"));
    assertThat(done).contains("data-applied=\"true\"", "forget: true");
    assertThat(name(World.PC1)).isEqualTo("renamed");
  }

  @Test
  void a_long_list_can_be_pasted() throws Exception {
    browser.logIn();
    StringBuilder rows = new StringBuilder("mac,hostname,role,var.note\n");
    for (int i = 0; i < 4_000; i++) {
      rows.append(new Mac(0x020000000000L + i)).append(",h").append(i).append(",worker,");
      rows.append("n".repeat(400)).append('\n');
    }
    String look = submit(Map.of("text", rows.toString(), "action", "look"));
    assertThat(look).contains("new <b>4000</b>", "3500 more rows");
    String tooMuch = submit(Map.of("text", "y".repeat(7_000_000), "action", "look"));
    assertThat(tooMuch).contains("too much at once");
  }

  private String submit(Map<String, String> fields) throws Exception {
    StringBuilder body = new StringBuilder();
    part(body, "csrf", browser.csrf());
    fields.forEach((name, value) -> part(body, name, value));
    body.append("--XXXX--\r\n");
    return browser
        .send(
            browser
                .request("/import")
                .header("Content-Type", "multipart/form-data; boundary=XXXX")
                .POST(BodyPublishers.ofString(body.toString())))
        .body();
  }

  private static void part(StringBuilder body, String name, String value) {
    body.append("--XXXX\r\nContent-Disposition: form-data; name=\"").append(name);
    body.append("\"\r\n\r\n").append(value).append("\r\n");
  }

  private HttpResponse<String> post(String path, String text, String accept) throws Exception {
    var request =
        browser
            .request("/api/v1" + path)
            .header("Authorization", "Bearer " + World.TOKEN)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(text, StandardCharsets.UTF_8));
    return browser.send(accept.isEmpty() ? request : request.header("Accept", accept));
  }

  private String name(Mac mac) {
    return world.book.machine(mac).orElseThrow().hostname();
  }
}
