package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.AuditQuery;
import io.arranque.store.AuditStore;
import io.arranque.store.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleCommandTest {
  @TempDir Path folder;
  private Path site;
  private Path state;
  private Path password;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void site() throws Exception {
    site = ExampleSite.copyTo(folder.resolve("site"));
    // A port on which nothing of this box listens as us.
    Files.writeString(site.resolve("arranque.yaml"), "web: { port: 18089 }\n");
    state = folder.resolve("state");
    password = Files.writeString(folder.resolve("password"), "green tea at four\nnot this\n");
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--site", site.toString(), "--state", state.toString()));
    out = new StringWriter();
    err = new StringWriter();
    return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  private int add(String name, String... role) {
    List<String> words = new ArrayList<>(List.of("user", "add", name));
    words.addAll(List.of(role));
    words.addAll(List.of("--password-file", password.toString()));
    return run(words.toArray(String[]::new));
  }

  @Test
  void to_ask_makes_no_state_folder() {
    assertThat(run("user", "list")).isZero();
    assertThat(out.toString()).contains("no user yet");
    assertThat(run("token", "list")).isZero();
    assertThat(state).doesNotExist();
  }

  @Test
  void users_are_managed_where_no_appliance_runs() {
    assertThat(add("ana", "--role", "administrator")).as(err.toString()).isZero();
    assertThat(add("leo", "--role", "operator", "--rooms", "sala5,sala6")).isZero();
    assertThat(run("user", "list")).isZero();
    assertThat(out.toString()).contains("ana", "operator of sala5,sala6", "last login never");
    assertThat(run("user", "role", "leo", "viewer")).isZero();
    assertThat(run("user", "deactivate", "leo")).isZero();
    assertThat(run("user", "list")).isZero();
    assertThat(out.toString()).contains("viewer", "MAY NOT LOG IN");
    assertThat(run("user", "password", "leo", "--password-file", password.toString())).isZero();
    assertThat(run("user", "remove", "ana")).isEqualTo(1);
    assertThat(err.toString()).contains("last administrator");
    assertThat(run("user", "remove", "leo")).isZero();
    assertThat(run("user", "remove", "leo")).isEqualTo(1);
    assertThat(err.toString()).contains("no such user");
  }

  @Test
  void a_short_password_and_an_operator_of_nothing_are_refused() throws Exception {
    Files.writeString(password, "short\n");
    assertThat(add("ana", "--role", "viewer")).isEqualTo(1);
    assertThat(err.toString()).contains("10 characters");
    assertThat(add("ana", "--role", "operator")).isEqualTo(1);
    assertThat(err.toString()).contains("--rooms");
    assertThat(add("ana", "--role", "boss")).isEqualTo(1);
  }

  @Test
  void a_token_is_printed_once_and_the_audit_knows_who_made_it() throws Exception {
    assertThat(run("token", "add", "backup", "--scope", "read", "--days", "never")).isZero();
    String token = out.toString().strip();
    assertThat(token).matches("arranque_[A-Za-z0-9_-]{32}");
    assertThat(run("token", "list")).isZero();
    assertThat(out.toString()).contains("backup", "viewer").doesNotContain(token);
    String id = out.toString().split(" ", -1)[0];
    assertThat(run("token", "revoke", id)).isZero();
    assertThat(run("token", "revoke", id)).isEqualTo(1);
    try (Database database = Database.open(state, Optional.empty())) {
      List<AuditEntry> lines =
          new AuditStore(database, Instant::now, () -> Duration.ofDays(1))
              .search(AuditQuery.newest(9)).stream().map(AuditLog.Line::entry).toList();
      assertThat(lines).extracting(AuditEntry::what).containsExactly("token revoked", "token made");
      assertThat(lines).allMatch(line -> line.who().name().startsWith("cli:"));
    }
  }
}
