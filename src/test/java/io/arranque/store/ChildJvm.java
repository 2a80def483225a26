package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Another process that runs a main method of the tests, so that it can be killed or confined. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private ChildJvm(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(List<String> prefix, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(Arrays.asList(arguments));
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The next line that starts with {@code word}; log lines between are passed over. */
  String await(String word) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(word)) {
        return line;
      }
    }
    throw new IOException("the child ended before it said " + word);
  }

  /** Kills it as kill -9 does; what it had said until then. */
  Stream<String> kill() throws InterruptedException {
    // By its handle: Process.destroyForcibly also closes the pipe, and the last words with it.
    assertThat(process.toHandle().destroyForcibly()).isTrue();
    process.waitFor();
    return lines.lines();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
