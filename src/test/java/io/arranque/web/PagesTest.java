package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.address.Ipv4;
import io.arranque.exchange.Rule;
import io.arranque.inventory.Refusal;
import io.arranque.people.PeopleRefusal;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.access.Sessions;
import io.arranque.web.access.Throttle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>\" onload='x' {{ 7*7 }}";
  private static final String[] PAGES = {
    "/", "/roles", "/network", "/downloads", "/machines/52-54-00-00-00-01", "/login"
  };
  private static final Pattern LINK = Pattern.compile("(?:href|src|hx-get)=\"(/[^\"]*)\"");

  private Path folder;
  private World world;
  private ControlPlane plane;
  private Browser browser;

  @BeforeEach
  void start(@TempDir Path siteFolder) throws Exception {
    folder = siteFolder;
    world = new World(folder);
    world.machine(World.PC1, "pc1", "worker", "192.168.33.101", HOSTILE);
    world.event(World.PC1, Duration.ofSeconds(9), Stage.UP, Reason.MACHINE_FAILED, HOSTILE);
    world.problems = List.of("dhcp/sala5.yaml:7 pool: wanted a range, got <b>");
    plane = world.plane();
    plane.start();
    browser = new Browser(plane);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void whoeverIsNotLoggedInIsSentToTheLogin() throws Exception {
    HttpResponse<String> answer = browser.get("/machines/52-54-00-00-00-01");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/login?next=");
    assertThat(browser.get("/login").body()).doesNotContain("sala5.yaml");
  }

  @Test
  void nothingThatAMachineSaysCanScriptThePage() throws Exception {
    browser.logIn();
    for (String page : PAGES) {
      HttpResponse<String> answer = browser.get(page);
      assertThat(answer.body()).as(page).doesNotContain("<script>alert", "onload='x'", " style=");
      String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy).startsWith("default-src 'self';").doesNotContain("unsafe");
    }
    assertThat(browser.get("/machines/52-54-00-00-00-01").body())
        .contains("&lt;script&gt;alert(1)", "{{ 7*7 }}");
  }

  @Test
  void everyLinkOfEveryPageAnswers() throws Exception {
    browser.logIn();
    Set<String> links = new TreeSet<>();
    for (String page : PAGES) {
      Matcher matcher = LINK.matcher(browser.get(page).body());
      while (matcher.find()) {
        links.add(matcher.group(1).replace("&amp;", "&"));
      }
    }
    assertThat(links).contains("/static/htmx.min.js", "/static/tabler.min.css", "/roles");
    for (String link : links) {
      assertThat(browser.get(link).statusCode()).as(link).isIn(200, 303);
    }
  }

  @Test
  void aRowIsPushedWhenItsMachineMoves() throws Exception {
    browser.logIn();
    var answer = browser.stream(browser.request("/live").header("Accept", "text/event-stream"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith(":");
      for (int i = 0; i < 1_000; i++) {
        world.event(World.PC1, Duration.ZERO, Stage.REGISTERED, Reason.MACHINE_REPORTED, HOSTILE);
      }
      String line = lines.readLine();
      while (!line.startsWith("data:")) {
        line = lines.readLine();
      }
      // A thousand events of one machine are one row.
      assertThat(line.split("row-52-54", -1)).hasSize(2);
      assertThat(line).contains("s-registered").doesNotContain("<script>");
    }
  }

  @Test
  void aChangeNeedsThePagesCsrfToken() throws Exception {
    browser.logIn();
    String form = "mac=52:54:00:00:00:01&role=local-disk";
    assertThat(browser.form("/machines/assign", form).statusCode()).isEqualTo(403);
    assertThat(role()).contains("worker");
    assertThat(browser.form("/machines/assign", form + "&csrf=" + browser.csrf()).statusCode())
        .isEqualTo(200);
    assertThat(role()).contains("local-disk");
  }

  @Test
  void theApiWithACookieNeedsTheCsrfTokenAsWell() throws Exception {
    browser.logIn();
    var patch =
        browser
            .request("/api/v1/machines/52-54-00-00-00-01")
            .header("Content-Type", "application/json")
            .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("{\"role\":null}"));
    assertThat(browser.send(patch).statusCode()).isEqualTo(403);
    assertThat(browser.send(patch.header("X-CSRF-Token", browser.csrf())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anotherOriginIsRefused() throws Exception {
    browser.logIn();
    String csrf = browser.csrf();
    var post =
        browser
            .request("/machines/assign")
            .header("Origin", "http://evil.example")
            .header("X-CSRF-Token", csrf)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString("mac=52:54:00:00:00:01&role=-"));
    assertThat(browser.send(post).statusCode()).isEqualTo(403);
  }

  @Test
  void aLoginLinkWorksOnceAndForAnHour() throws Exception {
    String link = plane.newLoginLink("127.0.0.1");
    String path = link.substring(link.indexOf("/login"));
    HttpResponse<String> first = browser.get(path);
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Lax");
    assertThat(browser.get(path).statusCode()).isEqualTo(401);

    String late = plane.newLoginLink("127.0.0.1");
    world.now = world.now.plus(Sessions.LINK);
    assertThat(browser.get(late.substring(late.indexOf("/login"))).statusCode()).isEqualTo(401);
  }

  @Test
  void guessingIsThrottledAndTheThrottleEnds() throws Exception {
    for (int i = 0; i < Throttle.ATTEMPTS; i++) {
      assertThat(browser.form("/login", "token=guess").statusCode()).isEqualTo(401);
    }
    assertThat(browser.form("/login", "token=" + World.TOKEN).statusCode()).isEqualTo(429);
    world.now = world.now.plus(Throttle.WINDOW);
    assertThat(browser.form("/login", "token=" + World.TOKEN).statusCode()).isEqualTo(303);
  }

  @Test
  void aSessionEndsWhenIdleAndByLogout() throws Exception {
    browser.logIn();
    world.now = world.now.plus(Sessions.IDLE).minusSeconds(1);
    assertThat(browser.get("/machines").statusCode()).isEqualTo(200);
    browser.form("/logout", "csrf=" + browser.csrf());
    assertThat(browser.get("/machines").statusCode()).isEqualTo(303);
    browser.logIn();
    world.now = world.now.plus(Sessions.IDLE);
    assertThat(browser.get("/machines").statusCode()).isEqualTo(303);
  }

  @Test
  void aMacThatIsKnownIsNotAddedOverIt() throws Exception {
    browser.logIn();
    String csrf = "csrf=" + browser.csrf();
    HttpResponse<String> refused =
        browser.form("/machines", csrf + "&mac=5254.0000.0001&hostname=other&role=local-disk");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("52:54:00:00:00:01 is there already, as pc1");
    assertThat(world.book.machine(World.PC1).orElseThrow().hostname()).isEqualTo("pc1");
    world.machine(World.PC2, "", "", "192.168.33.102", "S2");
    browser.form("/machines", csrf + "&mac=" + World.PC2 + "&hostname=pc2&role=worker");
    assertThat(world.book.machine(World.PC2).orElseThrow().hostname()).isEqualTo("pc2");
  }

  @Test
  void whoseSessionIsOverIsToldSoInsteadOfABareLogin() throws Exception {
    browser.logIn();
    world.now = world.now.plus(Sessions.IDLE);
    String login = browser.get("/roles").headers().firstValue("Location").orElseThrow();
    assertThat(login).isEqualTo("/login?next=%2Froles&ended=1");
    assertThat(browser.get(login).body()).contains("Your session is over", "value=\"/roles\"");
    assertThat(browser.get("/login").body()).doesNotContain("Your session is over");
  }

  @Test
  void thePlanSpeaksTheReadersLanguageAndNamesOptions() throws Exception {
    browser.logIn();
    String page =
        browser
            .send(browser.request("/machines/52-54-00-00-00-01").header("Accept-Language", "es"))
            .body();
    assertThat(page)
        .contains("opción 6 domain-name-servers", "segmento sala5")
        .doesNotContain("Addresses[", ">segment sala5<");
  }

  @Test
  void theFormNeverEchoesASecretAndLeavesItAloneWhenEmpty() throws Exception {
    browser.logIn();
    String csrf = browser.csrf();
    String path = "/machines/52-54-00-00-00-01";
    browser.form(path, "csrf=" + csrf + "&var.rancher-token=hunter2&keep=rancher-token");
    assertThat(browser.get(path).body()).doesNotContain("hunter2");
    browser.form(path, "csrf=" + csrf + "&seat=9&var.rancher-token=&keep=rancher-token");
    assertThat(vars()).containsEntry("rancher-token", "hunter2");
    browser.form(
        path, "csrf=" + csrf + "&var.rancher-token=&keep=rancher-token&clear.rancher-token=on");
    assertThat(vars()).isEmpty();
  }

  @Test
  void theLanguageFollowsTheBrowserUntilItIsChosen() throws Exception {
    browser.logIn();
    String spanish =
        browser.send(browser.request("/").header("Accept-Language", "fr, es-MX;q=0.9")).body();
    assertThat(spanish).contains("<html lang=\"es\">", "Equipos");
    browser.cookie += "; " + Browser.cookieOf(browser.get("/language/en?back=/roles"));
    assertThat(browser.send(browser.request("/").header("Accept-Language", "es")).body())
        .contains("<html lang=\"en\">");
    assertThat(browser.get("/language/en?back=//evil.example").headers().firstValue("Location"))
        .contains("/");
  }

  @Test
  void aFileOfTheSiteWinsOverThePackedOne() throws Exception {
    Files.createDirectories(folder.resolve("web/static"));
    Files.writeString(folder.resolve("web/static/arranque.css"), "body{}");
    assertThat(browser.get("/static/arranque.css").body()).isEqualTo("body{}");
    assertThat(browser.get("/static/..%2f..%2fsecret.css").statusCode()).isNotEqualTo(200);
  }

  @Test
  void aTakenPortIsSaidWithTheSettingToChange() {
    ControlPlane second = new ControlPlane(world.parts(), Ipv4.of("127.0.0.1"), plane.port());
    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("web: { port:");
    second.close();
  }

  @Test
  void bothLanguagesSayEverything() throws Exception {
    Set<String> english = keys("en");
    Set<String> spanish =
        keys("es").stream()
            .filter(k -> !k.matches("(reason|refusal|symptom)\\..*|people\\.[A-Z_]+"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(spanish).isEqualTo(english);
    for (Reason reason : Reason.values()) {
      assertThat(keys("es")).contains("reason." + reason, "reason." + reason + ".advice");
    }
    for (Refusal.Kind kind : Refusal.Kind.values()) {
      assertThat(keys("es")).contains("refusal." + kind);
    }
    for (PeopleRefusal refusal : PeopleRefusal.values()) {
      assertThat(keys("es")).contains("people." + refusal);
    }
    for (Rule rule : Rule.values()) {
      assertThat(keys("es")).contains("refusal." + rule);
    }
  }

  private static Set<String> keys(String language) throws IOException {
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(Path.of("web/messages/" + language + ".properties")));
    return new TreeSet<>(properties.stringPropertyNames());
  }

  private Optional<String> role() {
    return world.book.machine(World.PC1).orElseThrow().assignment().role();
  }

  private Map<String, String> vars() {
    return world.book.machine(World.PC1).orElseThrow().assignment().vars();
  }
}
