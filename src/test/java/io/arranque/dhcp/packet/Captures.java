package io.arranque.dhcp.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recorded packets of real firmware, see the README beside them. */
final class Captures {
  static final Path FOLDER = Path.of("src/test/resources/captures");

  private Captures() {}

  /**
   * One packet.
   *
   * @param witness what tshark said of it, line by line, indented by four for each level
   */
  record Capture(String name, Octets octets, List<String> witness) {
    DhcpPacket decode() {
      try {
        return DhcpCodec.decode(octets.toArray());
      } catch (MalformedPacket e) {
        throw new AssertionError(name + ": " + e.getMessage(), e);
      }
    }

    Path parsed() {
      return FOLDER.resolve(name + ".parsed");
    }

    /** What the witness says after {@code label}, on the first line that begins so. */
    String said(String label) {
      return witness.stream()
          .map(String::strip)
          .filter(line -> line.startsWith(label))
          .map(line -> line.substring(label.length()).strip())
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Capture> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(Captures::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Capture named(String name) {
    return read(FOLDER.resolve(name + ".txt"));
  }

  private static Capture read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String hex =
          lines.stream().filter(line -> !line.startsWith("#")).collect(Collectors.joining());
      List<String> witness =
          lines.stream()
              .filter(line -> line.startsWith("#  "))
              .map(line -> line.substring(1))
              .toList();
      String name = file.getFileName().toString();
      return new Capture(
          name.substring(0, name.length() - ".txt".length()), Octets.ofHex(hex.strip()), witness);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
