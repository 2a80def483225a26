package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, and what is wrong with files, on the Spanish page; programs get English. */
@Timeout(120)
class SpanishTest {
  private static final String SEGMENT = "dhcp/sala5.yaml";
  private static final String PC1 = "/machines/" + World.PC1.hyphenated();

  private EditedSite site;
  private Browser browser;
  private String csrf = "";

  @BeforeEach
  void start(@TempDir Path place) throws Exception {
    site = new EditedSite(place);
    site.world.machine(World.PC1, "pc1", "lab-pc", "192.168.33.101", "S1");
    site.world.machine(World.PC2, "pc2", "local-disk", "192.168.33.102", "S2");
    browser = new Browser(site.plane);
    browser.logIn();
    csrf = browser.csrf();
    browser.cookie += "; arranque_language=es";
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void a_refused_form_says_the_details_too() throws Exception {
    assertThat(post(PC1, "options", "ntp-servers = 1.2.3\nhost-name = x", "var.data-disk", "sda"))
        .contains(
            "ntp-servers: no es el valor de la opción: se espera una o más direcciones IPv4, hay",
            "host-name: esta opción no se pone acá: el nombre de cada equipo se pone en la página",
            "data-disk: una ruta de dispositivo como /dev/sda, o LABEL=… o UUID=…");
    assertThat(post("/images", "name", "a b", "from", "nope")).contains("solo con letras, cifras");
    String api = browser.api("PATCH", PC1, "{\"vars\":{\"data-disk\":\"sda\"}}").body();
    assertThat(api).contains("data-disk: a device path such as /dev/sda").doesNotContain("ruta");
  }

  @Test
  void machines_that_a_task_leaves_out_are_told_why() throws Exception {
    String macs = World.PC1 + " " + World.PC2;
    assertThat(post("/tasks/review", "kind", "vars", "macs", macs, "var.data-disk", "sda"))
        .contains("data-disk: una ruta de dispositivo");
    // Locked, and only the machine that stands there.
    browser.api("PATCH", "/machines/" + World.PC2.hyphenated(), "{\"room\":\"sala9\"}");
    browser.api("PUT", "/rooms/sala5/lock", "{\"why\":\"examen\"}");
    post("/tasks", "kind", "role", "role", "local-disk", "macs", macs);
    assertThat(browser.get("/tasks").body())
        .containsPattern("pc1: bloqueo de admin-token hasta [0-9:]+, examen")
        .doesNotContain("locked by");
    assertThat(browser.api("GET", "/tasks", "").body()).contains("locked by admin-token until");
  }

  @Test
  void what_the_schedule_does_has_its_spanish_name() throws Exception {
    site.plane.waker().wake(List.of(World.PC1), "schedule: sala5 07:45@-");
    // Tasks are begun one after another, so the wake is there when this is done.
    post("/tasks", "kind", "policy", "policy", "never", "macs", World.PC2.toString());
    assertThat(browser.get("/tasks").body())
        .contains("horario: sala5 07:45")
        .doesNotContain("schedule: sala5");
    assertThat(browser.api("GET", "/tasks", "").body()).contains("schedule: sala5 07:45");
  }

  @Test
  void what_is_wrong_with_a_file_is_said_where_it_is_typed_and_where_it_is_saved()
      throws Exception {
    String wrong = site.read(SEGMENT).replaceFirst("(?m)^lease-time:.*$", "lese-time: 12 hourz");
    String said = "clave desconocida; ¿quisiste decir &quot;lease-time&quot;?";
    assertThat(post("/files/check", "path", SEGMENT, "text", wrong)).contains(said);
    assertThat(post("/changes", "path", SEGMENT, "text", wrong)).contains(said);
    String hash = browser.api("GET", "/files/" + SEGMENT, "").headers().firstValue("ETag").get();
    assertThat(post("/files/save", "path", SEGMENT, "text", wrong, "hash", hash.replace("\"", "")))
        .contains(SEGMENT + ":", said);
    String right = site.read(SEGMENT) + "# leído\n";
    assertThat(post("/files/save", "path", SEGMENT, "text", right, "hash", hash.replace("\"", "")))
        .contains("data-outcome=\"saved\"", "<code>" + SEGMENT + "</code>");
    assertThat(post("/files/check", "path", SEGMENT, "text", "a: [1"))
        .contains("no es YAML: se espera &#39;,&#39; o &#39;]&#39;, hay");
    assertThat(
            browser.api("POST", "/preview", "{\"files\":{\"" + SEGMENT + "\":\"a: [1\"}}").body())
        .doesNotContain("se espera");
  }

  @Test
  void what_is_wrong_with_the_site_stands_on_top_of_each_page() throws Exception {
    String role = "cloud-init/lab-pc/role.yaml";
    site.write(role, "boot: nocluod\n");
    site.await(unused -> site.site.problems().toString().contains("no such script"));
    assertThat(browser.get("/machines").body())
        .contains("boot: no existe ese script; se espera ")
        .contains("hay &quot;nocluod&quot;; ¿quisiste decir &quot;nocloud&quot;?")
        .doesNotContain("no such script");
    assertThat(browser.get("/roles/lab-pc").body())
        .contains("no existe ese script")
        .doesNotContain("no such script");
  }

  private String post(String path, String... fields) throws Exception {
    StringBuilder body = new StringBuilder("csrf=" + csrf);
    for (int i = 0; i < fields.length; i += 2) {
      body.append('&').append(fields[i]).append('=');
      body.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return browser
        .send(
            browser
                .request(path)
                .header("HX-Request", "true")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())))
        .body();
  }
}
