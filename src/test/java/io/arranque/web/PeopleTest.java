package io.arranque.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.inventory.InventoryChange;
import io.arranque.people.Grant;
import io.arranque.people.PeopleRules;
import io.arranque.web.access.Guard;
import io.arranque.web.people.PeopleDesk;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PeopleTest {
  private static final String PC1 = "/machines/52-54-00-00-00-01";
  private static final String PASSWORD = "green tea at four";
  private static final Pattern TOKEN = Pattern.compile("arranque_[A-Za-z0-9_-]{32}");

  private World world;
  private ControlPlane plane;
  private Browser admin;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new World(folder);
    world.machine(World.PC1, "pc1", "", "192.168.33.101", "S1");
    plane = world.plane();
    plane.start();
    admin = new Browser(plane);
  }

  private String by() {
    var all = world.book.committed();
    return all.stream()
        .filter(InventoryChange.Assigned.class::isInstance)
        .reduce((earlier, last) -> last)
        .map(change -> ((InventoryChange.Assigned) change).by())
        .orElseThrow();
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  private void user(String name, String role, String rooms) throws Exception {
    HttpResponse<String> added =
        admin.api(
            "POST",
            "/users",
            "{\"name\":\"%s\",\"role\":\"%s\",\"rooms\":\"%s\",\"password\":\"%s\"}"
                .formatted(name, role, rooms, PASSWORD));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).doesNotContain(PASSWORD, "argon2");
  }

  private HttpResponse<String> logIn(Browser browser, String name, String password)
      throws Exception {
    HttpResponse<String> answer =
        browser.form("/login", "name=" + name + "&password=" + password.replace(' ', '+'));
    if (answer.statusCode() == 303) {
      browser.cookie = Browser.cookieOf(answer);
    }
    return answer;
  }

  private Browser loggedIn(String name) throws Exception {
    Browser browser = new Browser(plane);
    assertThat(logIn(browser, name, PASSWORD).statusCode()).isEqualTo(303);
    return browser;
  }

  private int api(Browser browser, String method, String path, String body) throws Exception {
    return browser
        .send(
            browser
                .request("/api/v1" + path)
                .header("X-CSRF-Token", browser.csrf())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)))
        .statusCode();
  }

  private HttpResponse<String> bearer(String token, String method, String path, String body)
      throws Exception {
    return admin.send(
        admin
            .request("/api/v1" + path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  @Test
  void theLoginLinkLeadsToTheFirstAccountAndLaterToTheMachines() throws Exception {
    String link = plane.newLoginLink("127.0.0.1");
    HttpResponse<String> first = admin.get(link.substring(link.indexOf("/login")));
    assertThat(first.headers().firstValue("Location")).contains("/setup");
    admin.cookie = Browser.cookieOf(first);
    String before = admin.cookie;
    assertThat(admin.get("/setup").body()).contains("Create your account");
    String form = "csrf=" + admin.csrf() + "&name=Ana&password=green+tea+at+four&again=";
    assertThat(admin.form("/setup", form + "other").statusCode()).isEqualTo(422);
    HttpResponse<String> made = admin.form("/setup", form + "green+tea+at+four");
    assertThat(made.statusCode()).isEqualTo(303);
    admin.cookie = Browser.cookieOf(made);
    assertThat(admin.get("/account").body()).contains("ana");
    assertThat(admin.form("/setup", form + "green+tea+at+four").statusCode()).isEqualTo(403);

    // The link's own session has become the account's.
    Browser old = new Browser(plane);
    old.cookie = before;
    assertThat(old.get("/people").statusCode()).isEqualTo(303);
    String again = plane.newLoginLink("127.0.0.1");
    HttpResponse<String> second = new Browser(plane).get(again.substring(again.indexOf("/login")));
    assertThat(second.headers().firstValue("Location")).contains("/");
    assertThat(world.people.told().get(world.people.told().size() - 2))
        .isEqualTo("login-link@127.0.0.1 | POST /setup | - | - |  | 422 Unprocessable Content");
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreAnsweredAlikeAndTheNameStaysTyped() throws Exception {
    user("ana", "viewer", "");
    Browser guesser = new Browser(plane);
    HttpResponse<String> wrong = logIn(guesser, "ana", "no such password");
    HttpResponse<String> unknown = logIn(guesser, "eva", "no such password");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(wrong.body().replace("value=\"ana\"", "value=\"eva\"")).isEqualTo(unknown.body());
    assertThat(wrong.body()).contains("value=\"ana\"").doesNotContain("no such password");
    assertThat(world.people.told())
        .contains(
            "ana@127.0.0.1 | login failed | - | - |  | wrong name or password",
            "unknown@127.0.0.1 | login failed | - | - |  | wrong name or password");
  }

  @Test
  void aCookieThatSomebodyElseChoseIsNeverTaken() throws Exception {
    user("ana", "viewer", "");
    Browser victim = new Browser(plane);
    victim.cookie = Guard.COOKIE + "=chosen-by-an-attacker";
    HttpResponse<String> answer = logIn(victim, "ana", PASSWORD);
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set).contains("HttpOnly", "SameSite=Strict").doesNotContain("chosen", "Secure");
    Browser attacker = new Browser(plane);
    attacker.cookie = Guard.COOKIE + "=chosen-by-an-attacker";
    assertThat(attacker.get("/machines").statusCode()).isEqualTo(303);

    var behindProxy =
        victim
            .request("/login")
            .header("X-Forwarded-Proto", "https")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("name=ana&password=green+tea+at+four"));
    assertThat(victim.send(behindProxy).headers().firstValue("Set-Cookie").orElseThrow())
        .contains("Secure");
    // And the session that this browser had before is over.
    assertThat(victim.get("/machines").statusCode()).isEqualTo(303);
  }

  @Test
  void whoViewsSeesEverythingButOthersAndChangesNothing() throws Exception {
    user("vera", "viewer", "");
    Browser vera = loggedIn("vera");
    for (String page : new String[] {"/", PC1, "/roles", "/network", "/images", "/account"}) {
      assertThat(vera.get(page).statusCode()).as(page).isEqualTo(200);
    }
    assertThat(vera.get("/machines").body())
        .contains("data-may=\"view\"")
        .doesNotContain("/audit\"");
    for (String page : new String[] {"/people", "/audit", "/api/v1/users", "/api/v1/audit"}) {
      assertThat(vera.get(page).statusCode()).as(page).isEqualTo(403);
    }
    String csrf = "csrf=" + vera.csrf();
    for (String form : new String[] {PC1, PC1 + "/forget", "/images", "/rooms/sala5/options"}) {
      assertThat(vera.form(form, csrf + "&role=worker").statusCode()).as(form).isEqualTo(403);
    }
    assertThat(vera.form("/machines/assign", csrf + "&mac=52:54:00:00:00:01&role=worker").body())
        .contains("You may not do this");
    assertThat(api(vera, "PATCH", PC1, "{\"role\":\"worker\"}")).isEqualTo(403);
    assertThat(world.book.machine(World.PC1).orElseThrow().assignment().role()).isEmpty();
    assertThat(world.people.told())
        .contains(
            "vera@127.0.0.1 | PATCH /api/v1/machines/{mac} | 52:54:00:00:00:01 | sala5 |  |"
                + " 403 Forbidden");
  }

  @Test
  void whoOperatesOneRoomChangesMachinesThereAndMovesNoneInOrOut() throws Exception {
    user("oscar", "operator", "sala5");
    user("otto", "operator", "sala6");
    Browser oscar = loggedIn("oscar");
    Browser otto = loggedIn("otto");
    // The machine stands in sala5 by its segment only.
    assertThat(api(otto, "PATCH", PC1, "{\"role\":\"worker\"}")).isEqualTo(403);
    assertThat(api(otto, "DELETE", PC1, "")).isEqualTo(403);
    String bulk = "{\"macs\":[\"52:54:00:00:00:01\"],\"role\":\"worker\"}";
    assertThat(api(otto, "POST", "/machines/assign", bulk)).isEqualTo(403);
    assertThat(api(oscar, "POST", "/machines/assign", bulk)).isEqualTo(200);
    assertThat(api(oscar, "PATCH", PC1, "{\"room\":\"sala6\"}")).isEqualTo(403);
    assertThat(api(otto, "PATCH", PC1, "{\"room\":\"sala6\"}")).isEqualTo(403);
    assertThat(api(oscar, "PATCH", PC1, "{\"room\":\"sala5\",\"seat\":\"4\"}")).isEqualTo(200);

    String fresh = "/machines/52-54-00-00-00-aa";
    assertThat(api(oscar, "PUT", fresh, "{\"hostname\":\"new\"}")).isEqualTo(403);
    assertThat(api(oscar, "PUT", fresh, "{\"room\":\"sala6\"}")).isEqualTo(403);
    assertThat(api(oscar, "PUT", fresh, "{\"room\":\"sala5\"}")).isEqualTo(201);
    assertThat(api(otto, "PUT", "/rooms/sala5", "{}")).isEqualTo(403);
    assertThat(api(oscar, "PUT", "/rooms/sala5", "{\"description\":\"x\"}")).isEqualTo(200);
    assertThat(api(oscar, "POST", "/images/x", "{\"from\":\"rancheros\"}")).isEqualTo(403);
    assertThat(oscar.get(PC1).body()).contains("data-may=\"operate\"");
    assertThat(otto.get(PC1).body()).contains("data-may=\"view\"");
    assertThat(world.book.machine(Mac.of("52:54:00:00:00:aa"))).isPresent();
  }

  @Test
  void aRoleTakenAwayIsGoneWithTheNextRequestAndSoIsWhoIsShutOut() throws Exception {
    user("oscar", "operator", "*");
    Browser oscar = loggedIn("oscar");
    assertThat(api(oscar, "PATCH", PC1, "{\"seat\":\"1\"}")).isEqualTo(200);
    admin.api("PATCH", "/users/oscar", "{\"role\":\"viewer\"}");
    assertThat(api(oscar, "PATCH", PC1, "{\"seat\":\"2\"}")).isEqualTo(403);
    admin.api("PATCH", "/users/oscar", "{\"active\":false}");
    assertThat(oscar.get("/machines").statusCode()).isEqualTo(303);
    assertThat(logIn(new Browser(plane), "oscar", PASSWORD).statusCode()).isEqualTo(401);
  }

  @Test
  void aNewPasswordEndsAllSessionsButThisBrowsersNewOne() throws Exception {
    user("ana", "viewer", "");
    Browser here = loggedIn("ana");
    Browser elsewhere = loggedIn("ana");
    String form =
        "csrf=" + here.csrf() + "&password=black+tea+at+five&again=black+tea+at+five&old=";
    assertThat(here.form("/account/password", form + "wrong").statusCode()).isEqualTo(422);
    world.now = world.now.plusSeconds(1);
    HttpResponse<String> done = here.form("/account/password", form + "green+tea+at+four");
    assertThat(done.statusCode()).isEqualTo(303);
    String old = here.cookie;
    here.cookie = Browser.cookieOf(done);
    assertThat(here.get("/account").statusCode()).isEqualTo(200);
    assertThat(elsewhere.get("/machines").statusCode()).isEqualTo(303);
    here.cookie = old;
    assertThat(here.get("/machines").statusCode()).isEqualTo(303);
    assertThat(logIn(new Browser(plane), "ana", PASSWORD).statusCode()).isEqualTo(401);
    assertThat(logIn(new Browser(plane), "ana", "black tea at five").statusCode()).isEqualTo(303);
  }

  @Test
  void aSessionOutlivesARestartAndIsEndedFromElsewhere() throws Exception {
    user("ana", "viewer", "");
    Browser ana = loggedIn("ana");
    plane.close();
    plane = world.plane();
    plane.start();
    Browser again = new Browser(plane);
    again.cookie = ana.cookie;
    assertThat(again.get("/machines").statusCode()).isEqualTo(200);
    assertThat(again.form("/logout", "csrf=nothing").statusCode()).isEqualTo(403);

    admin = new Browser(plane);
    String sessions = admin.api("GET", "/sessions", "").body();
    assertThat(sessions).doesNotContain(ana.cookie.substring(Guard.COOKIE.length() + 1));
    Matcher id = Pattern.compile("\"id\":\"([0-9a-f]{16})\",\"who\":\"ana\"").matcher(sessions);
    assertThat(id.find()).isTrue();
    assertThat(admin.api("DELETE", "/sessions/" + id.group(1), "").statusCode()).isEqualTo(204);
    assertThat(again.get("/machines").statusCode()).isEqualTo(303);
    assertThat(admin.api("DELETE", "/sessions/" + id.group(1), "").statusCode()).isEqualTo(404);
  }

  @Test
  void aTokenIsShownOnceAndDoesWhatItsScopeSays() throws Exception {
    user("oscar", "operator", "sala5");
    Browser oscar = loggedIn("oscar");
    String csrf = "csrf=" + oscar.csrf();
    String wide = csrf + "&name=cron&days=30&scope=operate&rooms=";
    assertThat(oscar.form("/account/tokens", wide + "*").statusCode()).isEqualTo(403);
    HttpResponse<String> made = oscar.form("/account/tokens", wide + "sala5");
    Matcher token = TOKEN.matcher(made.body());
    assertThat(token.find()).as(made.body()).isTrue();
    assertThat(oscar.get("/account").body()).contains("cron").doesNotContain(token.group());

    String text = token.group();
    assertThat(bearer(text, "PATCH", PC1, "{\"seat\":\"9\"}").statusCode()).isEqualTo(200);
    assertThat(bearer(text, "GET", "/users", "").statusCode()).isEqualTo(403);
    assertThat(bearer(text, "POST", "/tokens", "{\"name\":\"x\",\"scope\":\"read\"}").statusCode())
        .isEqualTo(403);
    assertThat(bearer(text, "GET", "/tokens", "").body())
        .contains("\"lastAddress\":\"127.0.0.1\"", "\"owner\":\"oscar\"")
        .doesNotContain(text);
    assertThat(by()).isEqualTo("token:cron (oscar)@127.0.0.1");

    admin.api("PATCH", "/users/oscar", "{\"role\":\"viewer\"}");
    assertThat(bearer(text, "PATCH", PC1, "{\"seat\":\"8\"}").statusCode()).isEqualTo(403);
    assertThat(bearer(text, "GET", "/machines", "").statusCode()).isEqualTo(200);
    world.now = world.now.plus(Duration.ofDays(30));
    assertThat(bearer(text, "GET", "/machines", "").statusCode()).isEqualTo(401);
    assertThat(world.people.told().get(0))
        .isEqualTo("unknown@127.0.0.1 | token refused | - | - |  | not valid");
  }

  @Test
  void aRevokedTokenIsOfNoUseAndOnesOwnIsAllThatOneRevokes() throws Exception {
    user("ana", "viewer", "");
    user("eva", "viewer", "");
    String made =
        admin.api("POST", "/tokens", "{\"name\":\"all\",\"scope\":\"admin\",\"days\":null}").body();
    Matcher token = TOKEN.matcher(made);
    assertThat(token.find()).as(made).isTrue();
    String id = made.replaceAll(".*\"id\":\"([0-9a-f]+)\".*", "$1");
    Browser ana = loggedIn("ana");
    assertThat(ana.get("/account").body()).doesNotContain(id);
    assertThat(api(ana, "DELETE", "/tokens/" + id, "")).isEqualTo(404);
    assertThat(bearer(token.group(), "GET", "/users", "").statusCode()).isEqualTo(200);
    assertThat(admin.api("DELETE", "/tokens/" + id, "").statusCode()).isEqualTo(204);
    assertThat(bearer(token.group(), "GET", "/users", "").statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsWrongWithAUserIsSaidByFieldAndInTheReadersLanguage() throws Exception {
    admin.logIn();
    String form = "csrf=" + admin.csrf() + "&role=operator&rooms=&name=Leo";
    var spanish =
        admin
            .request("/people")
            .header("Accept-Language", "es")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form + "&password=x&again=x"));
    HttpResponse<String> answer = admin.send(spanish);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("La función es");
    assertThat(admin.api("POST", "/users", "{\"name\":\"leo\",\"role\":\"viewer\"}").body())
        .contains("\"rule\":\"PASSWORD_SHORT\"", "\"field\":\"password\"");
    assertThat(admin.api("GET", "/users/leo", "").statusCode()).isEqualTo(404);
  }

  @Test
  void theLastAdministratorIsNotRemoved() throws Exception {
    user("ana", "administrator", "");
    assertThat(admin.api("DELETE", "/users/ana", "").statusCode()).isEqualTo(409);
    user("eva", "administrator", "");
    assertThat(admin.api("DELETE", "/users/ana", "").statusCode()).isEqualTo(204);
    assertThat(world.people.view().users()).containsOnlyKeys("eva");
  }

  @Test
  void theAuditTellsLoginsAndChangesWithoutTheirSecretsAndIsSearched() throws Exception {
    user("ana", "administrator", "");
    Browser ana = loggedIn("ana");
    api(ana, "PATCH", PC1, "{\"role\":\"worker\",\"vars\":{\"rancher-token\":\"hunter2\"}}");
    api(ana, "PUT", "/images/none", "{}");
    api(ana, "POST", "/images/none", "{\"from\":\"hunter2\"}");
    assertThat(world.people.told())
        .contains("ana@127.0.0.1 | login | - | - |  | done")
        .anyMatch(line -> line.contains("POST /api/v1/images/{name} | - | - | name none"))
        .noneMatch(line -> line.contains("hunter2") || line.contains(PASSWORD));
    assertThat(by()).isEqualTo("ana@127.0.0.1");
    String page = ana.get("/audit?who=ana&what=login").body();
    assertThat(page).contains("value=\"ana\"", "127.0.0.1").doesNotContain("user added");
    assertThat(ana.get("/audit?from=yesterday").body()).contains("from: wanted", "yesterday");
    assertThat(ana.get("/api/v1/audit?what=login&limit=1").body())
        .contains("\"what\":\"login\"", "\"result\":\"done\"");
    assertThat(ana.get("/api/v1/audit?machine=x").statusCode()).isEqualTo(422);
    assertThat(ana.get("/audit").body()).doesNotContain("<script>alert");
  }

  @Test
  void aCommandOnTheBoxIsNamedOnlyWithTheAdministratorsToken() throws Exception {
    var request =
        admin
            .request("/api/v1" + PC1)
            .header("Authorization", "Bearer " + World.TOKEN)
            .header(Guard.COMMAND_HEADER, "root")
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"seat\":\"3\"}"));
    assertThat(admin.send(request).statusCode()).isEqualTo(200);
    assertThat(by()).isEqualTo("cli:root@127.0.0.1");
  }

  @Test
  void noPasswordIsFoundByTheTimeThatAnAnswerTakes() {
    // Both ways compute one hash of the same cost; without a clock no more can be asserted.
    PeopleDesk desk = new PeopleDesk(world.people, () -> world.now);
    assertThat(desk.check("nobody", PASSWORD)).isEmpty();
    assertThat(io.arranque.people.PasswordHash.OF_NOBODY.text())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PeopleRules.name(" Ana ")).isEqualTo("ana");
    assertThat(Grant.VIEWER.operatesEverywhere()).isFalse();
  }
}
