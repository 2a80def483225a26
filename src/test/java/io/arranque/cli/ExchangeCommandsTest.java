package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Import and export without a running appliance, on the state folder. */
class ExchangeCommandsTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void site() throws Exception {
    ExampleSite.copyTo(folder.resolve("site"));
  }

  @Test
  void a_list_is_looked_at_imported_exported_and_taken_back() throws Exception {
    Path list = write("list.csv", "mac,hostname\n52:54:00:00:00:01,pc1\n52:54:00:00:00:02,pc2\n");
    assertThat(run("import", list.toString(), "--dry-run", "--room", "sala5")).isZero();
    assertThat(out.toString()).contains("new 52:54:00:00:00:01 pc1", "Not imported yet: 2 new");

    Path undo = folder.resolve("undo.yaml");
    assertThat(run("import", list.toString(), "--room", "sala5", "--undo", undo.toString()))
        .isZero();
    assertThat(out.toString()).contains("Imported: 2 new");
    Path csv = folder.resolve("out.csv");
    assertThat(run("export", csv.toString())).isZero();
    assertThat(Files.readString(csv)).contains("\"52:54:00:00:00:02\",\"pc2\",\"sala5\"");
    assertThat(run("export", "-", "--format", "dnsmasq")).isZero();
    assertThat(out.toString()).contains("dhcp-host=52:54:00:00:00:01,pc1\n");

    assertThat(run("import", undo.toString())).isZero();
    assertThat(run("export", "-", "--room", "sala5")).isZero();
    assertThat(out.toString()).endsWith("machines: []\n");
  }

  @Test
  void a_bad_row_ends_with_1_and_changes_nothing() throws Exception {
    Path list = write("list.csv", "mac,hostname\n52:54:00:00:00:01,-\n52:54:00:00:00:02,a b\n");

    assertThat(run("import", list.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("line 3: refused: A host name", "Nothing was imported");
    assertThat(run("export", "-", "--format", "dhcpd")).isZero();
    assertThat(out.toString()).doesNotContain("52:54:00:00:00:01;");
  }

  @Test
  void to_export_makes_no_state_folder_and_a_format_must_be_known() {
    assertThat(run("export", "-")).isZero();
    assertThat(folder.resolve("state")).doesNotExist();
    assertThat(run("export", "hosts.conf")).isEqualTo(2);
    assertThat(run("import", "no-such-file")).isEqualTo(1);
    assertThat(run("import", "-", "--format", "xls")).isEqualTo(2);
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--site",
            folder.resolve("site").toString(),
            "--state",
            folder.resolve("state").toString()));
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Main.run(new PrintWriter(out), nowhere, all.toArray(String[]::new));
  }
}
