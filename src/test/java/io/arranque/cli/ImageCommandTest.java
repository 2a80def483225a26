package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCommandTest {
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private @TempDir Path site;
  private Path kernel;
  private Path initrd;

  @BeforeEach
  void files(@TempDir Path elsewhere) throws IOException {
    Files.createDirectories(site.resolve("images"));
    kernel = Files.writeString(elsewhere.resolve("bzImage"), "kernel 1");
    initrd = Files.writeString(elsewhere.resolve("initrd.gz"), "initrd 1");
  }

  @Test
  void an_image_is_added_listed_shown_verified_rolled_back_and_removed() throws IOException {
    assertThat(add("--version", "1")).isZero();
    assertThat(err.toString()).contains("trusted this first time", "os is now at version 1");
    assertThat(out.toString()).contains("images/os has version 1");
    Files.writeString(kernel, "kernel 2");
    assertThat(add("--version", "2")).isZero();
    assertThat(run("list")).isZero();
    assertThat(out.toString()).containsPattern("os +2 +0.0 MiB +complete, 2 versions");
    assertThat(run("show", "os")).isZero();
    assertThat(out.toString()).contains("before that", "version 1", "version 2", kernel.toString());
    assertThat(run("rollback", "os")).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("os is now at version 1");
    assertThat(run("verify", "os")).isZero();
    assertThat(run("verify", "os", "--version", "2")).isZero();
    Files.writeString(site.resolve("images/os/versions/1/vmlinuz"), "kernel x");
    assertThat(run("verify")).isEqualTo(1);
    assertThat(out.toString()).contains("os/vmlinuz: BROKEN");
    assertThat(run("remove", "os", "--version", "2")).isZero();
    assertThat(run("remove", "os")).isZero();
    assertThat(site.resolve("images/os")).doesNotExist();
  }

  @Test
  void what_a_role_boots_is_removed_by_force_only() throws IOException {
    add("--version", "1");
    Path role = Files.createDirectories(site.resolve("cloud-init/worker"));
    Files.writeString(role.resolve("role.yaml"), "boot: local\nimage: os\n");
    assertThat(run("remove", "os")).isEqualTo(1);
    assertThat(err.toString()).contains("is what worker boots");
    assertThat(run("remove", "os", "--force")).isZero();
  }

  @Test
  void a_wrong_checksum_is_the_last_word_and_no_stack_trace() {
    String hex = "0".repeat(64);
    assertThat(add("--sha256", "initrd=" + hex)).isEqualTo(1);
    assertThat(err.toString())
        .contains("arranque: ", "initrd.gz is not what it should be")
        .doesNotContain("\tat ");
    assertThat(site.resolve("images/os/versions")).doesNotExist();
  }

  @Test
  void mistakes_of_the_caller_are_told() {
    assertThat(run("add", "os")).isEqualTo(2);
    assertThat(err.toString()).contains("one of --kernel, --iso and --from is needed");
    assertThat(run("add", "os", "--kernel", "gopher://x/y")).isEqualTo(2);
    assertThat(run("add", "os", "--kernel", "k", "--sha256", "12")).isEqualTo(2);
    assertThat(run("add", "os", "--kernel", "k", "--sha256", "x=" + "0".repeat(64))).isEqualTo(2);
    assertThat(run("add", "os", "--from", "nothing")).isEqualTo(1);
    assertThat(err.toString()).contains("the catalogue has no entry nothing");
    assertThat(run("show", "nothing")).isEqualTo(1);
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void an_entry_of_the_catalogue_is_added_under_another_name() throws IOException {
    Files.writeString(
        site.resolve("images/catalogue.yaml"),
        "tester:\n  description: d\n  version: \"6\"\n  arguments: \"a={version}\"\n  kernel: "
            + kernel.toUri()
            + "\n");
    assertThat(run("catalogue")).isZero();
    assertThat(out.toString()).containsPattern("tester +6 +d");
    assertThat(run("add", "memory", "--from", "tester")).isZero();
    assertThat(run("show", "memory")).isZero();
    assertThat(out.toString()).contains("memory: complete", "a=6");
    assertThat(run("add", "memory", "--from", "tester", "--version", "7")).isZero();
    assertThat(out.toString()).contains("images/memory has version 7");
  }

  @Test
  void on_a_terminal_there_is_a_bar_and_elsewhere_a_line() {
    long[] now = {0};
    StringWriter bar = new StringWriter();
    TransferLines lines = new TransferLines(new PrintWriter(bar), true, () -> now[0]);
    lines.at("vmlinuz", 0, Optional.of(4L << 20));
    now[0] = 1_000_000_000L;
    lines.at("vmlinuz", 2L << 20, Optional.of(4L << 20));
    lines.says("done");
    assertThat(bar.toString())
        .contains("\rvmlinuz  [############            ]  50 %  2.0 of 4.0 MiB  2.0 MiB/s")
        .endsWith("done" + System.lineSeparator());
    StringWriter plain = new StringWriter();
    TransferLines others = new TransferLines(new PrintWriter(plain), false, () -> now[0]);
    for (long done = 0; done <= 100; done++) {
      others.at("vmlinuz", done, Optional.of(100L));
    }
    assertThat(plain.toString().lines()).hasSize(2).noneMatch(line -> line.contains("\r"));
  }

  private int add(String... more) {
    String[] all = new String[more.length + 6];
    String[] first = {"add", "os", "--kernel", kernel.toString(), "--initrd", initrd.toString()};
    System.arraycopy(first, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return run(all);
  }

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    String[] all = new String[arguments.length + (arguments.length == 0 ? 1 : 3)];
    all[0] = "image";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    if (arguments.length > 0) {
      all[arguments.length + 1] = "--site";
      all[arguments.length + 2] = site.toString();
    }
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
