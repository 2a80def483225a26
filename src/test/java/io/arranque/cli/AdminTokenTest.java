package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
  @TempDir Path state;

  @Test
  void a_token_stays_and_is_its_owners_alone() throws Exception {
    String token = AdminToken.of(state);
    assertThat(AdminToken.of(state)).isEqualTo(token);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(AdminToken.file(state))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "a", "0123456789", "two words and more than thirty-two", "ñ"})
  void what_is_no_token_is_replaced_by_one(String damaged) throws Exception {
    Files.writeString(AdminToken.file(state), damaged);
    assertThat(AdminToken.read(state)).isEmpty();
    assertThat(AdminToken.of(state)).hasSize(64).isNotEqualTo(damaged);
    assertThat(AdminToken.read(state)).isPresent();
  }

  @Test
  void a_file_that_cannot_be_written_is_named_with_the_reason() throws Exception {
    Files.createDirectories(AdminToken.file(state).resolve("full"));
    assertThatThrownBy(() -> AdminToken.of(state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write the administrator's token")
        .hasMessageContaining("DirectoryNotEmptyException");
  }
}
