package io.arranque;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Debian's shellcheck has nothing to say about any shell script of the repository. */
class ShellScriptsTest {
  private static final Path LAB_SYSTEM = Path.of("src/lab/rootfs");

  @Test
  void scripts_of_this_host_are_clean() throws Exception {
    assertClean(
        List.of("--external-sources"),
        List.of(
            Path.of("arranque"),
            Path.of(".ci/run"),
            Path.of("src/lab/build-image"),
            Path.of("src/lab/build-debian"),
            Path.of("src/lab/fetch-linters"),
            Path.of("src/lab/test-yaml")));
  }

  /**
   * There {@code sh} is bash, which knows {@code local}. The parts source each other by paths of
   * that system, and share variables so: each is looked at alone.
   */
  @Test
  void scripts_of_the_virtual_pcs_system_are_clean() throws Exception {
    List<Path> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(LAB_SYSTEM)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (isShell(file)) {
          scripts.add(file);
        }
      }
    }
    assertThat(scripts).hasSizeGreaterThan(10);
    assertClean(List.of("--shell=bash", "--exclude=SC1091"), scripts);
  }

  private static boolean isShell(Path file) throws IOException {
    return file.toString().endsWith(".sh") || Files.readString(file).startsWith("#!/bin/sh");
  }

  private static void assertClean(List<String> options, List<Path> scripts) throws Exception {
    List<String> command = new ArrayList<>(List.of("shellcheck", "--format=gcc"));
    command.addAll(options);
    scripts.forEach(script -> command.add(script.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String findings = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(findings).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
