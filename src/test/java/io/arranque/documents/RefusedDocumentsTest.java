package io.arranque.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a real tool refuses ({@code refused/README.md}) is refused here, at the same line. */
class RefusedDocumentsTest {
  private static final Path FOLDER = Path.of("src/test/resources/documents/refused");

  static List<Path> refused() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER, 2)) {
      return files.filter(file -> file.toString().contains("@")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void a_document_that_its_reader_refuses_is_an_error_of_its_line(Path file) {
    String name = file.getFileName().toString();
    int line = Integer.parseInt(name.substring(name.lastIndexOf('@') + 1));

    assertThat(Documents.check(format(file), text(file)))
        .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
        .extracting(Finding::line)
        .contains(line);
  }

  private static Format format(Path file) {
    return switch (file.getParent().getFileName().toString()) {
      case "user-data", "autoinstall" -> Format.CLOUD_INIT;
      case "network-config" -> Format.NETWORK_CONFIG;
      case "meta-data" -> Format.META_DATA;
      case "preseed" -> Format.PRESEED;
      case "ignition" -> Format.IGNITION;
      case "kickstart" -> Format.KICKSTART;
      case "talos" -> Format.TALOS;
      case "yaml" -> Format.YAML;
      default -> throw new IllegalArgumentException("no format for " + file);
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
