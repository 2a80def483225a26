package io.arranque.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The git work tree in which the site lies, if it does. What is saved is committed by git itself:
 * fixed words, no shell. The repository's hooks do not run: they are its people's programs, and
 * would run with the appliance's rights.
 */
public final class GitWorkTree {
  private static final int PATIENCE_SECONDS = 10;
  private static final int TOLD_MAX = 300;

  /** Where nothing is waited for, and nothing of the repository is run. */
  private static final List<String> GIT =
      List.of(
          "git",
          "--literal-pathspecs",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "commit.gpgSign=false",
          "-c",
          "gc.auto=0");

  private final Path folder;

  public GitWorkTree(Path folder) {
    this.folder = folder;
  }

  /**
   * What became of a commit.
   *
   * @param id of the commit, short; empty when there is none
   * @param trouble why there is none, in git's words; empty when nothing is wrong
   */
  public record Committed(Optional<String> id, Optional<String> trouble) {}

  /** No commit, and nothing wrong with that. */
  public static final Committed NOTHING = new Committed(Optional.empty(), Optional.empty());

  /**
   * Commits these files as they are on disk and nothing else, whatever lies staged.
   *
   * @param paths relative to the folder; also of files that are gone
   * @param name whose work it is
   */
  public Committed commit(List<String> paths, String name, String message) {
    Run inside = run(List.of("rev-parse", "--is-inside-work-tree"));
    if (inside.code() != 0 && inside.said().contains("not a git repository")) {
      return NOTHING;
    }
    List<String> files = new ArrayList<>(List.of("--"));
    files.addAll(paths);
    List<String> commit =
        new ArrayList<>(
            List.of("commit", "--quiet", "--no-verify", "--only", "--message=" + message));
    commit.add("--author=" + author(name));
    commit.addAll(files);
    List<String> add = new ArrayList<>(List.of("add", "--all"));
    add.addAll(files);
    for (List<String> step : List.of(add, commit)) {
      Run run = run(step);
      if (run.code() != 0) {
        return new Committed(Optional.empty(), Optional.of(run.said()));
      }
    }
    Run id = run(List.of("rev-parse", "--short", "HEAD"));
    return new Committed(Optional.of(id.said().strip()), Optional.empty());
  }

  /** {@code ana <ana@arranque>}; what git takes for the end of a name is left out. */
  static String author(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}._: ()-]", "").strip();
    String one = plain.isEmpty() ? "somebody" : plain;
    return one + " <" + one.replaceAll("[^A-Za-z0-9._-]", "-") + "@arranque>";
  }

  private record Run(int code, String said) {}

  private Run run(List<String> words) {
    List<String> command = new ArrayList<>(GIT);
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeIf(key -> key.startsWith("GIT_"));
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_EDITOR", "true");
    // Who holds the pen: git refuses to commit for a service that has no name.
    builder.environment().put("GIT_COMMITTER_NAME", "Arranque");
    builder.environment().put("GIT_COMMITTER_EMAIL", "arranque@arranque");
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      // It says a few lines at most, which a pipe holds: it can be waited for first.
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Run(-1, "git took longer than " + PATIENCE_SECONDS + " s");
      }
      byte[] said = process.getInputStream().readNBytes(8 * TOLD_MAX);
      String text = new String(said, StandardCharsets.UTF_8).strip();
      return new Run(
          process.exitValue(), text.length() > TOLD_MAX ? text.substring(0, TOLD_MAX) : text);
    } catch (IOException e) {
      return new Run(-1, "git is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Run(-1, "interrupted");
    }
  }
}
