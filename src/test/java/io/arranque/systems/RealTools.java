package io.arranque.systems;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of Debian that judge documents. What they complain of, one line each. */
final class RealTools {
  /** Debian's, which its Python packages are for; another Python may come first on the path. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String YAML_RULES =
      "{extends: relaxed, rules: {line-length: disable, key-duplicates: enable, "
          + "indentation: disable, trailing-spaces: disable, empty-lines: disable, "
          + "comments: disable}}";

  private static final Pattern LINE = Pattern.compile("\\bline ([0-9]+)|^[^ :]*:([0-9]+):");

  private final Path linters;
  private final Path scratch;

  RealTools(Path scratch) {
    this.scratch = scratch;
    List<String> said = run(List.of("src/lab/fetch-linters"), Map.of());
    linters = Path.of(said.get(said.size() - 1));
  }

  /** What cloud-init's own schema says, and where it would put its mark. */
  List<String> cloudInit(String text) {
    Path file = write(text);
    Map<String, String> python =
        Map.of("PYTHONPATH", linters + "/cloud-init/usr/lib/python3/dist-packages");
    List<String> command =
        List.of(PYTHON, "-m", "cloudinit.cmd.main", "schema", "--config-file", file.toString());
    List<String> said = run(command, python);
    if (said.size() == 1 && said.get(0).startsWith("Valid cloud-config")) {
      return List.of();
    }
    List<String> annotated = run(append(command, "--annotate"), python);
    for (int i = 0; i < annotated.size(); i++) {
      if (annotated.get(i).contains("# E1")) {
        return prefixed("line " + (i + 1) + ": ", said);
      }
    }
    return said;
  }

  List<String> debconf(String text) {
    return run(List.of("debconf-set-selections", "--checkonly", write(text).toString()), Map.of());
  }

  List<String> ignition(String text) {
    return run(
        List.of(linters + "/ignition/usr/bin/ignition-validate", write(text).toString()), Map.of());
  }

  List<String> yaml(String text) {
    return run(
        List.of("yamllint", "--format", "parsable", "-d", YAML_RULES, write(text).toString()),
        Map.of());
  }

  /**
   * Without two of shellcheck's opinions: values come out of templates, so a test of a constant and
   * a quoted word that needs no quotes are to be expected.
   */
  List<String> shell(String text) {
    return run(
        List.of(
            "shellcheck",
            "--format=gcc",
            "--shell=sh",
            "--exclude=SC2050,SC2194,SC2016",
            write(text).toString()),
        Map.of());
  }

  List<String> busyboxShell(String text) {
    return shell(text.replaceFirst("^#!/bin/busybox sh", "#!/bin/sh"));
  }

  /** The line that a complaint names. */
  static Optional<Integer> line(String complaint) {
    Matcher matcher = LINE.matcher(complaint);
    return matcher.find()
        ? Optional.of(
            Integer.valueOf(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)))
        : Optional.empty();
  }

  private Path write(String text) {
    try {
      return Files.writeString(scratch.resolve("document"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> append(List<String> command, String more) {
    List<String> longer = new ArrayList<>(command);
    longer.add(more);
    return longer;
  }

  private static List<String> prefixed(String prefix, List<String> lines) {
    return lines.stream().map(line -> prefix + line).toList();
  }

  /** Its output, and how it ended when it ended badly without a word. */
  static List<String> run(List<String> command, Map<String, String> environment) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int code = process.waitFor();
      List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() && code != 0 ? List.of(command.get(0) + " ended with " + code) : lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
