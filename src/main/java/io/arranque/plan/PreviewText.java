package io.arranque.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Previews and differences as text for a terminal. */
public final class PreviewText {
  private static final String NO_LAST =
      "This machine has not come up since Arranque knows it: there is nothing to compare with.";

  private PreviewText() {}

  /** Script, documents and files of the overlay, each below a line with its name. */
  public static List<String> documents(Preview preview) {
    List<String> lines = new ArrayList<>();
    preview.plan().troubles().forEach(t -> lines.add("# " + t + " " + t.reason().advice()));
    part("script " + preview.script().file(), preview.script(), lines);
    preview.documents().forEach(d -> part("document " + d.name() + " from " + d.file(), d, lines));
    preview.overlay().forEach(f -> part("overlay " + f.name() + " from " + f.file(), f, lines));
    return lines;
  }

  private static void part(String title, Preview.Part part, List<String> lines) {
    lines.add("# ---- " + title);
    findings(part).forEach(line -> lines.add("# " + line));
    lines.addAll(part.text().ifText().orElseGet(() -> "# broken: " + part.text()).lines().toList());
  }

  /** What a document's reader would say of it, a line each. */
  static List<String> findings(Preview.Part part) {
    return part.findings().stream()
        .map(
            found ->
                "%s line %d (%s:%d): %s"
                    .formatted(
                        found.severity().name().toLowerCase(Locale.ROOT),
                        found.line(),
                        part.file(),
                        found.templateLine(),
                        found.message()))
        .toList();
  }

  /** A unified diff, or one sentence when there is none. */
  public static List<String> difference(Optional<LastGood> last, Difference difference) {
    if (last.isEmpty()) {
      return List.of(NO_LAST);
    }
    String when = "its last good boot, as " + last.get().role() + ", up at " + last.get().at();
    if (difference.isEmpty()) {
      return List.of("It would be given just what it was given in " + when + ".");
    }
    List<String> lines = new ArrayList<>();
    lines.add("Against " + when + ":");
    difference.parts().forEach(part -> lines.addAll(part.lines()));
    return lines;
  }
}
