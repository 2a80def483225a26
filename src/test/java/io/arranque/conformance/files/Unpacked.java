package io.arranque.conformance.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian packages that are unpacked and not installed: two TFTP servers exclude each other, and
 * none is to be started as a service.
 */
final class Unpacked {
  private static final Path PLACE = Path.of("target", "peers").toAbsolutePath();

  private Unpacked() {}

  /**
   * @return the folder with the package's files; it is downloaded when it is not there yet
   */
  static Path of(String name) throws IOException, InterruptedException {
    Path folder = PLACE.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path fresh = Files.createDirectories(PLACE).resolve(name + ".part");
    Files.createDirectories(fresh);
    run(fresh, "apt-get", "download", "-q", name);
    try (Stream<Path> files = Files.list(fresh)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".deb")).toList()) {
        run(fresh, "dpkg", "-x", file.toString(), fresh.toString());
      }
    }
    return Files.move(fresh, folder);
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    int status =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException(List.of(command) + ": " + Files.readString(log));
    }
  }
}
