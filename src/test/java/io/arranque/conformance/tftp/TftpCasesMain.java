package io.arranque.conformance.tftp;

import io.arranque.conformance.Run;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.FileProgram;
import io.arranque.conformance.files.Measured;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Runs all cases, in the namespace that it was started in. */
final class TftpCasesMain {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int AT_ONCE = 120;

  private TftpCasesMain() {}

  /**
   * @param arguments the server's name, the file for the results
   */
  public static void main(String[] arguments) throws Exception {
    FileProgram program =
        FileProgram.tftp().stream()
            .filter(p -> p.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    TftpLab lab = new TftpLab(program.isOurs() ? TftpLab.Limits.OURS : TftpLab.Limits.PATIENT);
    awaitFirstAnswer(lab);
    Measured.write(
        Path.of(arguments[1]),
        new Run<>(program.lacks(), lab, lab.remarks(), AT_ONCE).of(TftpCases.all()));
    System.exit(0);
  }

  private static void awaitFirstAnswer(TftpLab lab) throws Exception {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (true) {
      try (Client client = lab.client()) {
        client.read("one");
        if (client.next(Duration.ofMillis(200)).isPresent()) {
          client.ack(1);
          return;
        }
      }
      Violation.unless(Instant.now().isBefore(limit), "the server does not answer");
    }
  }
}
