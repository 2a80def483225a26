package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.conformance.files.ArranqueFiles;
import io.arranque.conformance.files.FileProgram;
import io.arranque.conformance.files.Served;
import io.arranque.conformance.files.Wires;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that people fetch files with get a file of 100 MiB as it is; firmware: {@link
 * FirmwareClientsIT}.
 */
class ClientsIT {
  private static final String FILE = "large-file";
  private static final String OUT = "fetched";
  private static final String TFTP_URL = "tftp://" + Wires.SERVER + "/" + FILE;
  private static final String HTTP_URL =
      "http://" + Wires.SERVER + ":8081/" + Served.HTTP + "/" + FILE;
  private static final int LIMIT_SECONDS = 120;

  @TempDir static Path folder;
  private static Wires wires;
  private static Path site;
  private static String sha256;

  @BeforeAll
  static void serve() throws IOException, InterruptedException {
    site = folder.resolve("site");
    Path file = site.resolve(Served.TFTP).resolve(FILE);
    sha256 = LargeFile.write(file);
    Files.createDirectories(site.resolve(Served.HTTP));
    Files.createLink(site.resolve(Served.HTTP).resolve(FILE), file);
    FileProgram.Command command = new ArranqueFiles().prepare(folder);
    wires = Wires.open();
    wires.startServer(folder.resolve("server.log"), command.words(), command.environment());
    assertThat(
            run(
                words(
                    "curl -sS -o /dev/null --retry 60 --retry-delay 1 --retry-connrefused"
                        + " --range 0-0 "
                        + HTTP_URL)))
        .as("the appliance answers; %s", log())
        .isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    if (wires != null) {
      wires.close();
    }
  }

  static Stream<Arguments> clients() {
    String server = Wires.SERVER;
    return Stream.of(
        client("atftp", "atftp --get --remote-file FILE --local-file OUT " + server),
        client(
            "atftp, windows of 16 blocks of 1468",
            "atftp --option blksize#1468 --option windowsize#16"
                + " --get --remote-file FILE --local-file OUT "
                + server),
        client("tftp-hpa", "tftp -m binary " + server + " -c get FILE OUT"),
        client("curl by TFTP", "curl -sS --output OUT " + TFTP_URL),
        client(
            "curl by TFTP, blocks of 1468",
            "curl -sS --tftp-blksize 1468 --output OUT " + TFTP_URL),
        client("busybox tftp", "busybox tftp -g -r FILE -l OUT " + server),
        client("busybox tftp, blocks of 1468", "busybox tftp -b 1468 -g -r FILE -l OUT " + server),
        Arguments.of("Commons Net", commonsNet()),
        client("curl by HTTP", "curl -sS --output OUT " + HTTP_URL),
        client("curl by HTTP/1.0", "curl -sS --http1.0 --output OUT " + HTTP_URL),
        client("wget", "wget -q -O OUT " + HTTP_URL),
        client("busybox wget", "busybox wget -q -O OUT " + HTTP_URL));
  }

  private static Arguments client(String name, String command) {
    return Arguments.of(name, words(command));
  }

  /** An option's value follows after a blank, which is none between words: written as #. */
  private static List<String> words(String command) {
    return Arrays.stream(command.replace("FILE", FILE).replace("OUT", OUT).split(" ", -1))
        .map(word -> word.replace('#', ' '))
        .toList();
  }

  private static List<String> commonsNet() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djava.net.preferIPv4Stack=true",
        "-cp",
        System.getProperty("java.class.path"),
        CommonsNetMain.class.getName(),
        Wires.SERVER,
        FILE,
        OUT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void fetchesTheFileAsItIs(String name, List<String> command)
      throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve(OUT));
    assertThat(run(command)).as("%s ends well; %s", name, log()).isZero();
    assertThat(LargeFile.sha256(folder.resolve(OUT))).as(name).isEqualTo(sha256);
  }

  @Test
  void aDownloadThatBrokeOffIsResumed() throws IOException, InterruptedException {
    for (String client : List.of("curl -sS -C - -o OUT ", "wget -q -c -O OUT ")) {
      Path out = folder.resolve(OUT);
      Files.deleteIfExists(out);
      Files.copy(site.resolve(Served.TFTP).resolve(FILE), out);
      try (RandomAccessFile half = new RandomAccessFile(out.toFile(), "rw")) {
        half.setLength(LargeFile.SIZE / 2 + 1);
      }
      assertThat(run(words(client + HTTP_URL))).as(client + log()).isZero();
      assertThat(LargeFile.sha256(out)).as(client).isEqualTo(sha256);
    }
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process = wires.startClient(folder.resolve("client.log"), folder, command);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  private static String log() throws IOException {
    String text = Files.readString(folder.resolve("client.log"));
    return text.substring(Math.max(0, text.length() - 1000));
  }
}
