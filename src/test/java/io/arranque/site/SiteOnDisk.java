package io.arranque.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of one of the sites in the test resources, to be edited. */
record SiteOnDisk(Path folder) {
  static final Path SITES = Path.of("src/test/resources/sites");

  static SiteOnDisk copyOf(String name, Path target) {
    Path source = SITES.resolve(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SiteOnDisk(target);
  }

  SiteOnDisk write(String file, String text) {
    return write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  SiteOnDisk write(String file, byte[] bytes) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.write(folder.resolve(file), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  SiteOnDisk delete(String file) {
    try {
      Files.delete(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Loaded load() {
    return SiteLoader.load(folder);
  }

  List<String> problems() {
    return load().problems().all().stream().map(Problem::toString).toList();
  }
}
