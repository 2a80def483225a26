package io.arranque.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The texts of a site as they stand on disk, to see in what two folders differ. */
public final class SiteTexts {
  private static final List<String> ROOTS =
      List.of(SettingsReader.FILE, "dhcp", "ipxe-scripts", "cloud-init");

  /** As for the loader: what is larger is no text of a site. */
  private static final int LARGEST = 1 << 20;

  private SiteTexts() {}

  /**
   * What was edited between two folders.
   *
   * @throws IOException when one cannot be read
   */
  public static SiteEdit between(Path before, Path after) throws IOException {
    SortedMap<String, String> old = of(before);
    SortedMap<String, String> fresh = of(after);
    Map<String, Optional<String>> edits = new TreeMap<>();
    old.keySet().stream()
        .filter(path -> !fresh.containsKey(path))
        .forEach(path -> edits.put(path, Optional.empty()));
    fresh.forEach(
        (path, text) -> {
          if (!text.equals(old.get(path))) {
            edits.put(path, Optional.of(text));
          }
        });
    return SiteEdit.of(edits);
  }

  private static SortedMap<String, String> of(Path folder) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String root : ROOTS) {
      if (!Files.exists(folder.resolve(root))) {
        continue;
      }
      try (Stream<Path> files = Files.walk(folder.resolve(root))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (Files.size(file) <= LARGEST && !SiteFolder.isAside(file.getFileName().toString())) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            texts.put(folder.relativize(file).toString(), text);
          }
        }
      }
    }
    return texts;
  }
}
