package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import io.arranque.site.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes {@code image.yaml}: a version's whole, and of an operator's the two lines that are ours.
 */
final class ImageText {
  private ImageText() {}

  /** All that is known of a version. */
  static String of(Image image, String origin) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(origin.replaceAll("\\p{Cntrl}", " ")).append('\n');
    line(text, "version", image.version());
    line(text, "architecture", image.details().architecture());
    line(text, "kernel", Optional.of(image.kernel()));
    text.append("initrd: [");
    text.append(String.join(", ", image.initrds().stream().map(ImageText::quoted).toList()));
    text.append("]\n");
    line(text, "arguments", Optional.of(image.arguments()).filter(a -> !a.isEmpty()));
    if (image.details().cache()) {
      text.append("cache: true\n");
    }
    text.append("files:\n");
    for (Map.Entry<String, Image.File> entry : image.details().files().entrySet()) {
      Image.File file = entry.getValue();
      text.append("  ").append(quoted(entry.getKey())).append(":");
      text.append(file.equals(NOTHING) ? " {}\n" : "\n");
      line(text, "    sha256", file.sha256());
      file.size().ifPresent(size -> text.append("    size: ").append(size).append('\n'));
      line(text, "    from", file.from());
    }
    return text.toString();
  }

  private static final Image.File NOTHING =
      new Image.File(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * An image's own notes with another active version; every other line stays as somebody wrote it.
   *
   * @param previous the version that was active until now
   */
  static String activated(String text, String version, Optional<String> previous)
      throws ImageFailure {
    List<String> lines = new ArrayList<>();
    if (text.isEmpty()) {
      lines.add(
          "# Which version machines get; 'arranque image' changes it. What else is written here");
      lines.add("# (arguments, cache) wins over the version's own.");
    }
    boolean placed = false;
    for (String line : text.stripTrailing().split("\n", -1)) {
      if (line.startsWith("{")) {
        throw new ImageFailure(
            Kind.WRONG, "image.yaml is written in one line with braces; write a line to each key");
      }
      if (line.matches("version\\s*:.*")) {
        own(lines, version, previous);
        placed = true;
      } else if (!line.matches("previous\\s*:.*") && !(text.isEmpty() && line.isEmpty())) {
        lines.add(line);
      }
    }
    if (!placed) {
      own(lines, version, previous);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void own(List<String> lines, String version, Optional<String> previous) {
    lines.add("version: " + quoted(version));
    previous.ifPresent(before -> lines.add("previous: " + quoted(before)));
  }

  private static void line(StringBuilder text, String key, Optional<String> value) {
    value.ifPresent(known -> text.append(key).append(": ").append(quoted(known)).append('\n'));
  }

  /** Always in quotes: 1.10 is a number, and {@code no} is false, to who reads YAML otherwise. */
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
        + '"';
  }
}
