package io.arranque.store;

import static io.arranque.store.Samples.NOON;
import static io.arranque.store.Samples.OTHER_PC;
import static io.arranque.store.Samples.PC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.inventory.Provisioning.Cause;
import io.arranque.inventory.Provisioning.Grant;
import io.arranque.inventory.Provisioning.Pairing;
import io.arranque.inventory.Provisioning.Window;
import io.arranque.inventory.Room;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  private static final String SECRET = "s3cr3t-of-the-cluster";
  private static final Assignment WITH_SECRET =
      new Assignment(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("node"),
          Map.of("token", SECRET));

  @TempDir Path state;

  @Test
  void no_file_of_the_state_folder_holds_the_value_and_it_is_there_after_a_restart()
      throws Exception {
    fill();
    assertThat(filesWith(SECRET)).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
        .isEqualTo("rw-------");
    assertThat(token()).isEqualTo(SECRET);
  }

  @Test
  void what_an_older_program_wrote_as_plain_text_is_encrypted_and_gone_from_the_file()
      throws Exception {
    fill();
    try (Database database = Database.open(state, Optional.empty())) {
      database.write(
          "test",
          handle ->
              handle.execute(
                  "update machine_var set key_id = null, content = ? where name = 'token'",
                  SECRET));
    }
    assertThat(filesWith(SECRET)).as("as it was before").isNotEmpty();
    assertThat(token()).isEqualTo(SECRET);
    assertThat(filesWith(SECRET)).isEmpty();
  }

  @Test
  void without_the_key_the_program_refuses_names_the_file_and_deletes_nothing() throws Exception {
    fill();
    byte[] key = Files.readAllBytes(keys());
    Files.delete(keys());
    assertThatThrownBy(() -> Database.open(state, Optional.empty()))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(keys().toString())
        .hasMessageContaining("2 values of variables")
        .hasMessageContaining("Nothing was changed");
    assertThat(keys()).as("no new key in its place").doesNotExist();
    Files.write(keys(), key);
    Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-------"));
    assertThat(token()).isEqualTo(SECRET);
  }

  @Test
  void values_whose_key_is_lost_can_be_given_up() throws Exception {
    fill();
    Files.delete(keys());
    assertThat(Database.forgetLostSecrets(state, Optional.empty())).isEqualTo(2);
    try (Database database = Database.open(state, Optional.empty())) {
      var view = new InventoryStore(database, InstantSource.fixed(NOON)).view();
      assertThat(view.machine(PC).orElseThrow().assignment().vars()).isEmpty();
      assertThat(view.machine(PC).orElseThrow().assignment().role()).contains("node");
    }
  }

  @Test
  void a_new_key_encrypts_everything_anew_and_then_the_old_one_may_go() throws Exception {
    fill();
    String first = SecretBox.open(state, false).current();
    SecretBox.open(state, false).rotate();
    assertThat(token()).isEqualTo(SECRET);
    List<String> lines = Files.readAllLines(keys());
    assertThat(lines).anyMatch(line -> line.startsWith(first));
    lines.removeIf(line -> line.startsWith(first));
    Files.write(keys(), lines);
    assertThat(token()).isEqualTo(SECRET);
  }

  @Test
  void a_key_that_others_can_read_is_refused() throws Exception {
    fill();
    Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Database.open(state, Optional.empty()))
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_value_moved_to_another_machine_or_altered_cannot_be_opened() throws Exception {
    SecretBox box = SecretBox.open(state, true);
    SecretBox.Sealed sealed = box.seal(SECRET, "machine_var", "a", "token");
    assertThat(box.open(sealed, "machine_var", "a", "token")).isEqualTo(SECRET);
    assertThatThrownBy(() -> box.open(sealed, "machine_var", "b", "token"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(box.seal(SECRET, "machine_var", "a", "token")).isNotEqualTo(sealed);
  }

  @Test
  void whether_a_machine_may_be_told_secrets_survives_a_restart() throws Exception {
    TreeMap<String, java.time.Instant> told = new TreeMap<>(Map.of("token", NOON));
    Provisioning all =
        new Provisioning(
            Optional.of(new Window(NOON.plusSeconds(60), "ana", Cause.OPERATOR)),
            Optional.of(
                new Grant(
                    "ab".repeat(16),
                    "asked by ana",
                    NOON,
                    Optional.of(new UUID(1, 2)),
                    "0x01/0x02",
                    new TreeMap<>(Map.of("user-data", NOON)),
                    Optional.of(NOON))),
            Optional.of(new Pairing("ACDEFG", "t", Samples.ADDRESS, NOON, 2)),
            Optional.of(new Alarm(Reason.SECOND_CLAIM, "asked by x", NOON, true)),
            told);
    commit(
        new InventoryChange.Assigned(PC, WITH_SECRET, "ana"),
        new InventoryChange.Provisioned(PC, all, "ana", "armed"),
        new InventoryChange.Provisioned(OTHER_PC, Provisioning.NONE, "", ""));
    try (Database database = Database.open(state, Optional.empty())) {
      var view = new InventoryStore(database, InstantSource.fixed(NOON)).view();
      assertThat(view.machine(PC).orElseThrow().provisioning()).isEqualTo(all);
    }
  }

  private void fill() throws StoreFailure {
    commit(
        new InventoryChange.Assigned(PC, WITH_SECRET, "ana"),
        new InventoryChange.RoomSaved(new Room("sala5", "", Map.of("proxy", SECRET)), "ana"));
  }

  private void commit(InventoryChange... changes) throws StoreFailure {
    try (Database database = Database.open(state, Optional.empty())) {
      new InventoryStore(database, InstantSource.fixed(NOON)).commit(view -> List.of(changes));
    }
  }

  private String token() throws StoreFailure {
    try (Database database = Database.open(state, Optional.empty())) {
      InventoryStore store = new InventoryStore(database, InstantSource.fixed(NOON));
      return store.view().machine(PC).orElseThrow().assignment().vars().get("token");
    }
  }

  private Path keys() {
    return state.resolve(SecretBox.FILE);
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
