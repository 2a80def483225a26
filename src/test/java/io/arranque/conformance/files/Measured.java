package io.arranque.conformance.files;

import io.arranque.conformance.Case;
import io.arranque.conformance.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one server did.
 *
 * @param version what it says that it is
 * @param results by case, in the cases' order
 * @param <L> what the cases have to work with
 */
public record Measured<L>(String version, Map<Case<L>, Result> results) {
  private static final int LIMIT_MINUTES = 15;

  /**
   * Runs all cases against one server: it in one namespace, they in a JVM in another.
   *
   * @param main takes the server's name and the file for the results, see {@link #write}
   * @param folder empty
   */
  public static <L> Measured<L> of(
      FileProgram program, Class<?> main, List<Case<L>> cases, Path folder)
      throws IOException, InterruptedException {
    Served.write(Files.createDirectories(folder.resolve("site")));
    FileProgram.Command command = program.prepare(folder);
    Path log = folder.resolve("server.log");
    Path said = folder.resolve("cases.log");
    Path results = folder.resolve("results");
    try (Wires wires = Wires.open();
        BadCable cable = wires.layBadCable(folder)) {
      Process server = wires.startServer(log, command.words(), command.environment());
      Process child =
          wires.startClient(said, folder, java(main, program.name(), results.toString()));
      boolean ended = child.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      if (!ended || child.exitValue() != 0 || !server.isAlive() || !cable.isWhole()) {
        throw new IllegalStateException(
            "%s %s:%n%s%nits log:%n%s"
                .formatted(
                    program.title(),
                    server.isAlive() ? "could not be measured" : "has died",
                    Files.readString(said),
                    tail(log)));
      }
    }
    return new Measured<>(version(command), read(cases, results));
  }

  private static String tail(Path log) throws IOException {
    String all = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
    return all.substring(Math.max(0, all.length() - 4000));
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  private static String version(FileProgram.Command command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command.version()).redirectErrorStream(true);
    builder.environment().putAll(command.environment());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.lines().findFirst().orElse("").replaceFirst("(  |,).*", "").strip();
  }

  /** For the JVM of the cases: what {@link #of} reads. */
  public static <L> void write(Path file, Map<Case<L>, Result> results) throws IOException {
    List<String> lines = new ArrayList<>();
    results.forEach(
        (one, result) ->
            lines.add(
                result.outcome() + "\t" + result.remark().replaceAll("[\\s\\p{Cntrl}]+", " ")));
    Files.write(file, lines);
  }

  private static <L> Map<Case<L>, Result> read(List<Case<L>> cases, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != cases.size()) {
      throw new IOException(lines.size() + " results of " + cases.size() + " cases");
    }
    Map<Case<L>, Result> results = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\t", 2);
      results.put(cases.get(i), new Result(Result.Outcome.valueOf(parts[0]), parts[1]));
    }
    return results;
  }
}
