package io.arranque.conformance.http;

import io.arranque.conformance.Run;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.FileProgram;
import io.arranque.conformance.files.Measured;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Runs all cases, in the namespace that it was started in. */
final class HttpCasesMain {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int AT_ONCE = 40;

  private HttpCasesMain() {}

  /**
   * @param arguments the server's name, the file for the results
   */
  public static void main(String[] arguments) throws Exception {
    FileProgram program =
        FileProgram.http().stream()
            .filter(p -> p.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    HttpLab lab = new HttpLab();
    awaitFirstAnswer(lab);
    Measured.write(
        Path.of(arguments[1]),
        new Run<>(program.lacks(), lab, lab.remarks(), AT_ONCE).of(HttpCases.all()));
    System.exit(0);
  }

  private static void awaitFirstAnswer(HttpLab lab) throws Exception {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (true) {
      try {
        lab.get("one").with(200);
        return;
      } catch (ConnectException notYet) {
        Violation.unless(Instant.now().isBefore(limit), "the server does not answer");
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
