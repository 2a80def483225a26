package io.arranque.conformance.http;

import io.arranque.conformance.Table;
import io.arranque.conformance.files.FileProgram;
import io.arranque.conformance.files.Judged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases against ours; with {@code -Dconformance.servers=arranque,nginx} against others too, of
 * which only the results are taken down. Needs root, iproute2 and QEMU.
 */
final class HttpConformanceIT {
  static final Path DOCUMENT = Path.of("docs/conformance-http.md");

  /** Where the project wants something else than the RFC, and why. */
  static final Map<String, String> BY_DESIGN = Map.of();

  private static final String HEAD =
      """
      # HTTP conformance

      What the RFCs want of an HTTP server that serves files, one case to each sentence, and what two servers do. The
      judge is the RFC's text: where it leaves a server the choice, every choice passes. The cases are
      `src/test/java/io/arranque/conformance/http/*Cases.java`; server and clients are in two network namespaces,
      requests are sent octet by octet as a case writes them, and answers are read with code that shares nothing with the
      server's. They run against ours in every build (`HttpConformanceIT`), where all must pass but those
      named below. A bad cable is a second one between the namespaces, which loses, doubles and reorders frames by a seed.
      The [contents](conformance.md) say what else is measured so.

      Made by a run, not by hand. To make it anew, as root (`nginx` is downloaded and unpacked, and runs from where it
      is unpacked):

          mvn verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=HttpConformanceIT \\
            -Dconformance.servers=arranque,nginx -Ddocs.rewrite=true

      nginx serves a folder, with sendfile, and is otherwise as it comes (`NginxProgram`).

      ✓ does it · ✗ does not, with what it does instead at the end · – has no such thing, with the reason at the end.

      """;

  static final Table<HttpLab> TABLE = new Table<>(HEAD, HttpCases.all(), BY_DESIGN);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> everyServer() throws IOException, InterruptedException {
    return new Judged<>(FileProgram.http(), HttpCasesMain.class, TABLE).run(folder, DOCUMENT);
  }
}
