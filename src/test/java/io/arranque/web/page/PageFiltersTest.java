package io.arranque.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.timeline.Reason;
import io.arranque.web.Browser;
import io.arranque.web.ControlPlane;
import io.arranque.web.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFiltersTest {
  private static final Map<String, String> SPANISH =
      Messages.load("es", new WebFiles(() -> Path.of("no-site"))).texts();

  private static final Map<String, String> ENGLISH =
      Messages.load("en", new WebFiles(() -> Path.of("no-site"))).texts();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          user-data            | user-data
          boot file            | archivo de arranque
          outcome              | cómo arranca
          DHCP options         | opciones DHCP
          role none -> worker  | rol ninguno -> worker
          role none-x -> none  | rol none-x -> ninguno
          """)
  void what_a_change_of_files_touches_is_said_in_the_pages_language(String what, String said) {
    assertThat(PageFilters.affected(what, SPANISH)).isEqualTo(said);
  }

  @Test
  void a_reason_in_a_line_is_said_in_the_pages_language_and_names_stay() {
    String line = Reason.VARIABLE_INVALID.sentence() + " (disk: /dev/<b>)";
    assertThat(PageFilters.affected(line, SPANISH))
        .isEqualTo(SPANISH.get("reason.VARIABLE_INVALID") + " (disk: /dev/<b>)")
        .isNotEqualTo(line);
    assertThat(PageFilters.affected(line, ENGLISH)).isEqualTo(line);
  }

  @Test
  void the_sites_problems_are_said_in_the_pages_language(@TempDir Path folder) throws Exception {
    World world = new World(folder);
    world.problems = List.of("ALARM pc1 52:54:00:00:00:01: " + Reason.MAC_TWICE.sentence());
    try (ControlPlane plane = world.plane()) {
      plane.start();
      Browser browser = new Browser(plane);
      browser.logIn();
      assertThat(browser.get("/").body()).contains(Reason.MAC_TWICE.sentence());
      browser.cookie += "; " + Browser.cookieOf(browser.get("/language/es?back=/roles"));
      assertThat(browser.get("/").body())
          .contains("ALARM pc1 52:54:00:00:00:01: " + SPANISH.get("reason.MAC_TWICE"))
          .doesNotContain(Reason.MAC_TWICE.sentence());
    }
  }
}
