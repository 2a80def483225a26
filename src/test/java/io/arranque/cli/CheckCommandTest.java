package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void the_example_site_is_good(@TempDir Path folder) throws IOException {
    assertThat(check(ExampleSite.copyTo(folder))).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .matches("(?s)The site is good: 1 segments, [0-9]+ roles, [0-9]+ scripts, [0-9]+.*");
  }

  @Test
  void ten_mistakes_are_ten_lines_with_file_and_line_and_nothing_else_on_the_output() {
    assertThat(check(Path.of("src/test/resources/sites/ten-mistakes"))).isEqualTo(1);
    assertThat(out.toString().lines().toList())
        .hasSize(10)
        .allSatisfy(line -> assertThat(line).matches("[\\w./-]+:[0-9]+[ :].+"));
    assertThat(err.toString()).isEqualToIgnoringNewLines("The site cannot be used as it is.");
  }

  @Test
  void a_broken_template_alone_fails_the_check(@TempDir Path folder) throws IOException {
    Path site = ExampleSite.copyTo(folder);
    Files.writeString(site.resolve("cloud-init/lab-pc/user-data"), "#cloud-config\n{{ nope }}\n");

    assertThat(check(site)).isEqualTo(1);
    assertThat(out.toString())
        .isEqualToIgnoringNewLines("cloud-init/lab-pc/user-data:2: no value named \"nope\"");
  }

  @Test
  void a_warning_is_printed_and_does_not_fail_the_check(@TempDir Path folder) throws IOException {
    Path site = ExampleSite.copyTo(folder);
    Files.delete(site.resolve("images/lab/vmlinuz"));

    assertThat(check(site)).isZero();
    assertThat(out.toString()).contains("warning: incomplete image");
  }

  @Test
  void an_option_that_does_not_exist_is_a_mistake_of_the_caller() {
    assertThat(run("check", "--sit", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--sit");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("which command?");
  }

  private int check(Path site) {
    return run("check", "--site", site.toString());
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
