package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PreviewTest {
  private World world;
  private ControlPlane plane;
  private Browser program;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Site site = ExampleSite.in(folder);
    world = new World(folder);
    world.site = site;
    world.machine(World.PC1, "pc1", "lab-pc", "192.168.33.101", "S1");
    world.machine(World.PC2, "pc2", "local-disk", "192.168.33.102", "S2");
    plane = world.plane();
    plane.start();
    program = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void a_machine_that_nobody_has_seen_has_a_plan_in_a_role_of_choice() throws Exception {
    String plan =
        program
            .api("GET", "/machines/52:54:00:00:00:99/plan?role=lab-pc&room=sala9&hostname=pc99", "")
            .body();

    assertThat(plan)
        .contains("\"way\":\"boot\"", "room=sala9", "pc99", "\"format\":\"cloud-init\"")
        .contains("\"kernelLine\":\"kernel ");
    assertThat(world.book.view().machine(io.arranque.address.Mac.of("52:54:00:00:00:99")))
        .isEmpty();
  }

  @Test
  void a_finding_comes_with_its_document() throws Exception {
    // Quoted by the template, and so the document itself is fine: the judge has to look inside.
    assertThat(program.api("GET", "/machines/" + World.PC1 + "/plan", "").body())
        .contains("\"findings\":[]")
        .doesNotContain("\"severity\":\"error\"");
  }

  @Test
  void without_a_last_good_boot_there_is_nothing_to_compare_with() throws Exception {
    assertThat(program.api("GET", "/machines/" + World.PC1 + "/diff", "").body())
        .isEqualTo("{\"at\":\"\",\"role\":\"\",\"same\":false,\"parts\":[]}");
  }

  @Test
  void an_edit_tells_which_machines_change_and_which_would_break() throws Exception {
    String good =
        program
            .api(
                "POST",
                "/preview",
                "{\"files\":{\"cloud-init/lab-pc/user-data\":\"#cloud-config\\nhostname: x\\n\"}}")
            .body();
    assertThat(good)
        .startsWith("{\"good\":true")
        .contains("\"changed\":[{\"mac\":\"" + World.PC1, "\"broken\":[]", "\"unchanged\":1");

    String bad =
        program
            .api(
                "POST",
                "/preview",
                "{\"files\":{\"cloud-init/lab-pc/user-data\":\"#cloud-config\\nhostname: 5\\n\"}}")
            .body();
    assertThat(bad)
        .startsWith("{\"good\":false")
        .contains("\"file\":\"cloud-init/lab-pc/user-data\",\"line\":2")
        .contains("\"broken\":[{\"mac\":\"" + World.PC1);
  }

  @Test
  void only_the_sites_own_texts_can_be_edited() throws Exception {
    for (String path : new String[] {"../x", "dhcp/../../x", "/etc/passwd", "tftp/ipxe.efi"}) {
      assertThat(
              program.api("POST", "/preview", "{\"files\":{\"" + path + "\":\"\"}}").statusCode())
          .as(path)
          .isEqualTo(422);
    }
    assertThat(program.api("POST", "/preview", "{\"files\":{}}").statusCode()).isEqualTo(422);
    assertThat(program.api("POST", "/preview", "{").statusCode()).isEqualTo(400);
  }

  @Test
  void the_page_shows_plan_and_difference_and_what_if() throws Exception {
    world.now = world.now.plus(Duration.ofSeconds(1));
    Browser person = new Browser(plane);
    person.logIn();

    assertThat(person.get("/machines/52-54-00-00-00-99/preview?role=lab-pc").body())
        .contains("id=\"unknown\"", "#cloud-config", "id=\"difference\"", "cloud-init");
    assertThat(person.get("/changes").body()).contains("name=\"path\" value=\"\"");
    assertThat(person.get("/machines/zz/preview").statusCode()).isEqualTo(400);
  }
}
