package io.arranque.conformance.files;

import io.arranque.conformance.Feature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ours: the built jar, as users start it; the class path when there is none. */
public final class ArranqueFiles implements FileProgram {
  @Override
  public String name() {
    return "arranque";
  }

  @Override
  public String title() {
    return "Arranque";
  }

  @Override
  public Command prepare(Path folder) throws IOException {
    Path site = folder.resolve("site");
    Path root = Path.of(System.getProperty("arranque.root", "."));
    for (String part : List.of("ipxe-scripts", "cloud-init")) {
      copy(root.resolve(part), site.resolve(part));
    }
    Files.createDirectories(site.resolve("dhcp"));
    Files.writeString(
        site.resolve("dhcp/room.yaml"),
        """
        subnet: 10.9.0.0/16
        interface: %s
        mode: server
        pool: [10.9.2.1-10.9.2.250]
        router: %s
        """
            .formatted(Wires.SERVER_CARD, Wires.SERVER));
    List<String> words = new ArrayList<>(java());
    words.addAll(List.of("serve", "--site", site.toString()));
    words.addAll(List.of("--state", folder.resolve("state").toString()));
    List<String> version = new ArrayList<>(java());
    version.add("--version");
    return new Command(words, Map.of(), version);
  }

  private static List<String> java() {
    Path root = Path.of(System.getProperty("arranque.root", ".")).toAbsolutePath();
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx256m", "-Darranque.home=" + root));
    Path jar = Path.of(System.getProperty("arranque.jar", "target/arranque.jar"));
    words.addAll(
        Files.exists(jar)
            ? List.of("-jar", jar.toString())
            : List.of("-cp", System.getProperty("java.class.path"), "io.arranque.cli.Main"));
    return words;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Map<Feature, String> lacks() {
    return Map.of();
  }

  @Override
  public boolean isOurs() {
    return true;
  }
}
