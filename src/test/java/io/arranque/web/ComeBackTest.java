package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.web.access.Sessions;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After a login, or in the other language, a person is where they were. */
@Timeout(60)
class ComeBackTest {
  private static final String EDITOR = "/files/edit?path=cloud-init/worker/role.yaml";

  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void theLoginLeadsBackToTheVeryPageWithWhatWasSearchedThere() throws Exception {
    String login = location(browser.get("/search?q=pc1+sala5"));
    assertThat(login).isEqualTo("/login?next=%2Fsearch%3Fq%3Dpc1%2Bsala5");
    assertThat(browser.get(login).body()).contains("name=\"next\" value=\"/search?q=pc1+sala5\"");
    assertThat(location(browser.form("/login", "next=%2Fsearch%3Fq%3Dpc1&token=" + World.TOKEN)))
        .isEqualTo("/search?q=pc1");
  }

  @Test
  void aFormThatIsSentAfterTheSessionEndedLeadsBackToItsPage() throws Exception {
    browser.logIn();
    world.now = world.now.plus(Sessions.IDLE);
    HttpResponse<String> answer =
        browser.send(
            browser
                .request("/machines/52-54-00-00-00-01")
                .header("HX-Request", "true")
                .header("HX-Current-URL", "http://pc:8080/machines/52-54-00-00-00-01")
                .POST(BodyPublishers.ofString("hostname=pc9")));
    assertThat(answer.headers().firstValue("HX-Redirect"))
        .contains("/login?next=%2Fmachines%2F52-54-00-00-00-01&ended=1");
  }

  @Test
  void theOtherLanguageShowsTheSamePage() throws Exception {
    browser.logIn();
    assertThat(browser.get("/search?q=zz&x=%22%3E").body())
        .contains("/language/es?back=%2Fsearch%3Fq%3Dzz%26x%3D%2522%253E\"");
    assertThat(location(browser.get("/language/es?back=" + EDITOR.replace("?", "%3F"))))
        .isEqualTo(EDITOR);
  }

  @Test
  void nobodyIsLedElsewhere() throws Exception {
    for (String away : new String[] {"//evil.example", "/%5Cevil.example", "https:%2F%2Fevil"}) {
      assertThat(location(browser.get("/language/es?back=" + away))).as(away).isEqualTo("/");
    }
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
