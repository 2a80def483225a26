package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir Path folder;

  @Test
  void a_machine_nobody_has_seen_is_explained_and_to_ask_makes_no_state_folder()
      throws IOException {
    Path site = ExampleSite.copyTo(folder.resolve("site"));
    Path state = folder.resolve("state");
    StringWriter out = new StringWriter();

    int status = explain(out, "52:54:00:00:00:01", site, state);

    assertThat(status).isZero();
    assertThat(out.toString()).contains("undionly.kpxe").contains("The machine has no role yet.");
    assertThat(state).doesNotExist();
  }

  @Test
  void what_is_no_mac_is_refused() throws IOException {
    Path site = ExampleSite.copyTo(folder.resolve("site"));

    assertThat(explain(new StringWriter(), "52:54", site, folder.resolve("state"))).isEqualTo(2);
  }

  @Test
  void the_reply_is_shown_as_the_packet_that_such_a_client_would_read() throws IOException {
    Path site = ExampleSite.copyTo(folder.resolve("site"));
    Path state = folder.resolve("state");
    StringWriter out = new StringWriter();

    int status =
        explain(
            out, "52:54:00:00:00:01", site, state, "--ipxe", "--arch", "7", "--type", "request");

    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("What DHCP would answer now", "ACK", "/boot.ipxe", "protocol RFC 2131");
    assertThat(explain(out, "52:54:00:00:00:01", site, state, "--relay", "x")).isEqualTo(2);
  }

  private static int explain(
      StringWriter out, String mac, Path site, Path state, String... further) {
    List<String> words = new ArrayList<>(List.of("explain", mac));
    words.addAll(List.of("--site", site.toString(), "--state", state.toString()));
    words.addAll(List.of(further));
    return Main.run(
        new PrintWriter(out), new PrintWriter(new StringWriter()), words.toArray(String[]::new));
  }
}
