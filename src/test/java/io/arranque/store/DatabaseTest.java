package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.inventory.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void the_state_folder_and_its_database_are_the_owners_alone() throws Exception {
    Path state = folder.resolve("a/state");
    Database.open(state, Optional.empty()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("arranque.mv.db"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_file_in_place_of_the_folder_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("state"), "");
    assertThatThrownBy(() -> Database.open(file, Optional.empty()))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("is a file");
  }

  @Test
  void a_second_process_is_told_who_is_in_its_way() throws Exception {
    Path state = folder.resolve("state");
    try (ChildJvm child =
        ChildJvm.start(List.of(), DurabilityTest.Committing.class, state.toString(), "0")) {
      child.await("ACK");
      assertThatThrownBy(() -> Database.open(state, Optional.empty()))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining(state.toString())
          .hasMessageContaining("another process has it open");
    }
  }

  @Test
  void a_database_of_a_newer_program_is_left_alone() throws Exception {
    try (Database database = Database.open(folder, Optional.empty())) {
      database.write(
          "prepare",
          handle ->
              handle.execute(
                  """
                  insert into "flyway_schema_history" select 99, '99', 'later', "type", 'V99__later.sql',
                    1, "installed_by", "installed_on", 1, true from "flyway_schema_history"
                    where "version" = '1'"""));
    }
    assertThatThrownBy(() -> Database.open(folder, Optional.empty()))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("newer Arranque (schema 99)");
  }

  @Test
  void closing_in_good_order_is_no_error() throws Exception {
    Connected connected = Connected.open("jdbc:h2:file:" + folder.resolve("arranque"));
    assertThatCode(connected::close).doesNotThrowAnyException();
  }

  @Test
  void a_database_without_driver_is_a_clear_failure() {
    assertThatThrownBy(
            () -> Database.open(folder, Optional.of("jdbc:nosuch://u:secret@host/arranque")))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("no driver")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_damaged_file_is_a_failure_that_names_it() throws Exception {
    Files.writeString(folder.resolve("arranque.mv.db"), "this is no database".repeat(1000));
    assertThatThrownBy(() -> Database.open(folder, Optional.empty()))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("arranque.mv.db")
        .hasMessageContaining("restore a copy, or move it away");
  }
}
