package io.arranque;

import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's own site, copied and completed with stand-ins for what is not committed. */
public final class ExampleSite {
  private ExampleSite() {}

  /** Copies the site files and puts small files where kernels, initrds and loaders belong. */
  public static Path copyTo(Path folder) throws IOException {
    for (String part : List.of("dhcp", "ipxe-scripts", "cloud-init")) {
      copy(Path.of(part), folder.resolve(part));
    }
    for (String loader : List.of("undionly.kpxe", "snponly.efi", "ipxe.efi")) {
      write(folder.resolve("tftp").resolve(loader), "loader " + loader);
    }
    for (String image : images()) {
      write(folder.resolve("images").resolve(image).resolve("vmlinuz"), "kernel");
      write(folder.resolve("images").resolve(image).resolve("initrd"), "initrd");
    }
    return folder;
  }

  /** The images that its roles name. */
  private static Set<String> images() throws IOException {
    try (Stream<Path> roles = Files.list(Path.of("cloud-init"))) {
      return roles
          .map(role -> role.resolve("role.yaml"))
          .filter(Files::exists)
          .flatMap(ExampleSite::lines)
          .filter(line -> line.startsWith("image: "))
          .map(line -> line.replaceFirst("image: +(\\S+).*", "$1"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A complete copy, loaded; fails when the loader finds anything wrong with it. */
  public static Site in(Path folder) throws IOException {
    Loaded loaded = SiteLoader.load(copyTo(folder));
    return loaded.site().orElseThrow(() -> new AssertionError(loaded.problems().toString()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path target = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(target);
              } else {
                Files.copy(file, target);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
