package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir Path folder;

  @Test
  void to_ask_makes_no_state_folder() {
    Path state = folder.resolve("state");
    int status =
        Main.run(
            "explain",
            "52:54:00:00:00:01",
            "--site",
            Path.of("").toAbsolutePath().toString(),
            "--state",
            state.toString());
    assertThat(status).isEqualTo(1);
    assertThat(state).doesNotExist();
  }
}
