package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.AccessToken;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.AuditQuery;
import io.arranque.people.Grant;
import io.arranque.people.Level;
import io.arranque.people.LoginSession;
import io.arranque.people.PasswordHash;
import io.arranque.people.PeopleRules;
import io.arranque.people.User;
import io.arranque.people.Who;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleStoreTest {
  private static final Who ROOT = Who.command("root");
  private static final Instant NOON = Samples.NOON;
  private static final Grant SALAS =
      new Grant(Level.OPERATOR, Optional.of(Set.of("sala5", "sala6")));

  @TempDir Path state;
  private Instant now = NOON;
  private Database database;
  private PeopleStore people;
  private AuditStore audit;

  @BeforeEach
  void open() throws StoreFailure {
    database = Database.open(state, Optional.empty());
    people = new PeopleStore(database, () -> now);
    audit = new AuditStore(database, () -> now, () -> Duration.ofDays(30));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void restart() throws StoreFailure {
    database.close();
    open();
  }

  private static User user(String name, Grant grant) {
    return new User(name, grant, true, new PasswordHash("$hash"), NOON, NOON, Optional.empty());
  }

  private static AccessToken token(String id) {
    return new AccessToken(
        id,
        "for backups",
        SALAS,
        Optional.of("ana"),
        "digest-of-" + id,
        NOON,
        Optional.of(NOON.plus(Duration.ofDays(90))),
        Optional.empty(),
        Optional.empty());
  }

  private void add(User user) throws StoreFailure {
    var unused = people.commit(ROOT, now -> PeopleRules.add(now, user));
  }

  private List<String> told(AuditQuery query) throws StoreFailure {
    return audit.search(query).stream().map(AuditLog.Line::entry).map(AuditEntry::what).toList();
  }

  @Test
  void users_and_tokens_are_the_same_after_a_restart_and_the_audit_says_who_made_them()
      throws StoreFailure {
    add(user("ana", SALAS));
    add(user("eva", Grant.ADMINISTRATOR));
    var unused =
        people.commit(ROOT, now -> PeopleRules.addToken(now, token("t1"), Grant.ADMINISTRATOR));
    people.loggedIn("ana", NOON.plusSeconds(5));
    people.used(token("t1"), NOON.plusSeconds(6), "10.0.0.7");
    var before = people.view();
    restart();
    assertThat(people.view()).isEqualTo(before);
    assertThat(people.view().user("ana").orElseThrow().lastLogin()).contains(NOON.plusSeconds(5));
    assertThat(people.view().tokens().get("t1").lastAddress()).contains("10.0.0.7");
    assertThat(audit.search(AuditQuery.newest(10)))
        .allMatch(line -> line.entry().who().equals(ROOT))
        .extracting(line -> line.entry().what())
        .containsExactly("token made", "user added", "user added");
  }

  @Test
  void what_is_refused_leaves_no_trace() throws StoreFailure {
    add(user("ana", Grant.ADMINISTRATOR));
    var unused = people.commit(ROOT, now -> PeopleRules.remove(now, "ana"));
    restart();
    assertThat(people.view().users()).containsOnlyKeys("ana");
    assertThat(audit.search(AuditQuery.newest(10))).hasSize(1);
  }

  @Test
  void a_token_that_is_used_all_the_time_is_written_once_a_minute() throws StoreFailure {
    var unused =
        people.commit(ROOT, now -> PeopleRules.addToken(now, token("t1"), Grant.ADMINISTRATOR));
    for (int second = 0; second <= 59; second++) {
      people.used(token("t1"), NOON.plusSeconds(second), "10.0.0.7");
    }
    assertThat(people.view().tokens().get("t1").lastUsed()).contains(NOON);
    people.used(token("t1"), NOON.plusSeconds(60), "10.0.0.7");
    assertThat(people.view().tokens().get("t1").lastUsed()).contains(NOON.plusSeconds(60));
  }

  @Test
  void a_session_outlives_a_restart_and_an_ended_one_does_not() throws StoreFailure {
    LoginSession kept =
        new LoginSession("id1", Optional.of("ana"), "ana", "10.0.0.7", "Firefox", NOON, NOON);
    LoginSession ended =
        new LoginSession("id2", Optional.empty(), "admin-token", "::1", "curl", NOON, NOON);
    people.keep(kept);
    people.keep(ended);
    people.keep(kept.usedAt(NOON.plusSeconds(70)));
    people.end(List.of("id2"));
    restart();
    assertThat(people.sessions()).containsExactly(kept.usedAt(NOON.plusSeconds(70)));
  }

  @Test
  void the_audit_is_found_by_each_of_its_columns() throws StoreFailure {
    Who ana = new Who("ana", "10.0.0.7");
    audit.record(AuditEntry.done(NOON, ana, "login", ""));
    audit.record(
        new AuditEntry(
            NOON.plusSeconds(10),
            new Who("token:100%_sure (eva)", "10.0.0.70"),
            "machine edited",
            Optional.of(Samples.PC),
            Optional.of("sala5"),
            "role - → worker",
            "done"));
    audit.record(AuditEntry.done(NOON.plusSeconds(20), ana, "logout", ""));
    AuditQuery all = AuditQuery.newest(10);
    assertThat(told(all)).containsExactly("logout", "machine edited", "login");
    assertThat(told(who("ANA"))).containsExactly("logout", "login");
    assertThat(told(who("10.0.0.7"))).hasSize(3);
    assertThat(told(who("100%_S"))).containsExactly("machine edited");
    assertThat(told(who("100_%"))).isEmpty();
    assertThat(told(what("WORKER"))).containsExactly("machine edited");
    assertThat(told(what("sala5"))).containsExactly("machine edited");
    assertThat(
            told(
                new AuditQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Samples.PC),
                    Optional.of(NOON.plusSeconds(10)),
                    Optional.of(NOON.plusSeconds(11)),
                    Optional.empty(),
                    5)))
        .containsExactly("machine edited");
    long newest = audit.search(all).get(0).id();
    assertThat(
            told(
                new AuditQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(newest),
                    1)))
        .containsExactly("machine edited");
  }

  private static AuditQuery who(String text) {
    return new AuditQuery(
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        10);
  }

  private static AuditQuery what(String text) {
    return new AuditQuery(
        Optional.empty(),
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        10);
  }

  @Test
  void old_lines_go_and_young_ones_stay() throws StoreFailure {
    audit.record(AuditEntry.done(now, ROOT, "old", ""));
    now = NOON.plus(Duration.ofDays(29));
    audit.record(AuditEntry.done(now, ROOT, "young", ""));
    assertThat(told(AuditQuery.newest(10))).containsExactly("young", "old");
    now = NOON.plus(Duration.ofDays(30)).plusSeconds(1);
    audit.record(AuditEntry.done(now, ROOT, "new", ""));
    assertThat(told(AuditQuery.newest(10))).containsExactly("new", "young");
  }

  @Test
  void a_hostile_text_is_kept_short() throws StoreFailure {
    audit.record(
        AuditEntry.done(now, new Who("x".repeat(9_000), "y".repeat(99)), "a", "z\0".repeat(5_000)));
    AuditEntry line = audit.search(AuditQuery.newest(1)).get(0).entry();
    assertThat(line.who().name()).hasSize(2_000).endsWith("…");
    assertThat(line.detail()).hasSize(2_000).doesNotContain("\0");
  }
}
