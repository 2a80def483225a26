package io.arranque.documents;

import io.arranque.documents.Node.Entry;
import io.arranque.documents.Node.Fields;
import io.arranque.site.Spelling;
import java.util.ArrayList;
import java.util.List;

/**
 * What cloud-init takes as user-data and vendor-data. The first line decides what it is; a text
 * that begins otherwise is dropped with no more than a warning in the machine's own log.
 */
final class CloudConfig {
  static final String HEADER = "#cloud-config";

  private static final List<String> OTHERS =
      List.of(
          "#!",
          "#include",
          "#include-once",
          "#cloud-boothook",
          "#part-handler",
          "#cloud-config-jsonp",
          "## template: jinja",
          "Content-Type:",
          "MIME-Version:",
          "From ");

  private static final String ARCHIVE = "#cloud-config-archive";

  private CloudConfig() {}

  static List<Finding> check(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    String first = text.lines().findFirst().orElse("");
    if (first.startsWith(ARCHIVE)) {
      return archive(text);
    }
    if (OTHERS.stream().anyMatch(first::startsWith)) {
      return List.of();
    }
    if (!first.startsWith(HEADER)) {
      return List.of(
          Finding.error(
              1,
              "wanted "
                  + HEADER
                  + " as the first line (or #!, #include, MIME); cloud-init"
                  + " ignores the document otherwise"));
    }
    List<Finding> found = new ArrayList<>();
    if (!first.stripTrailing().equals(HEADER)) {
      found.add(Finding.warning(1, "wanted nothing behind " + HEADER));
    }
    Parsed parsed = YamlText.parse(text, false);
    found.addAll(parsed.findings());
    parsed.documents().forEach(root -> found.addAll(judged(root)));
    return found;
  }

  private static List<Finding> judged(Node root) {
    if (!(root instanceof Fields fields)) {
      return List.of(
          Finding.error(
              root.line(),
              "wanted a mapping, key: value, got " + root.kind() + "; {} says nothing"));
    }
    List<Finding> found = new ArrayList<>(CloudConfigTable.SHAPE.check(fields));
    List<String> keys = CloudConfigTable.SHAPE.keys();
    for (Entry entry : fields.entries()) {
      if (!keys.contains(entry.key())) {
        found.add(
            Finding.warning(
                entry.line(),
                entry.key()
                    + ": cloud-init 22.4 knows no such key and ignores it"
                    + Spelling.hint(entry.key(), keys)));
      }
    }
    fields.at("fs_setup").ifPresent(section -> found.addAll(formatting(section)));
    fields.at("autoinstall").ifPresent(section -> found.addAll(Autoinstall.check(section)));
    return found;
  }

  /** Read in cc_disk_setup of 22.4: with "none" it looks at nothing before it formats. */
  private static List<Finding> formatting(Node section) {
    List<Node> rows = section instanceof Node.Items list ? list.items() : List.of();
    return rows.stream()
        .filter(Fields.class::isInstance)
        .flatMap(row -> ((Fields) row).at("partition").stream())
        .filter(value -> value.plain().filter("none"::equals).isPresent())
        .map(
            value ->
                Finding.warning(
                    value.line(),
                    "partition: none formats the disk at every boot, whatever it holds, also with"
                        + " overwrite: false; wanted auto, which keeps a file system with the label"))
        .toList();
  }

  private static List<Finding> archive(String text) {
    Parsed parsed = YamlText.parse(text, false);
    List<Finding> found = new ArrayList<>(parsed.findings());
    for (Node root : parsed.documents()) {
      if (!(root instanceof Node.Items)) {
        found.add(Finding.error(root.line(), "wanted a list of parts, got " + root.kind()));
      }
    }
    return found;
  }
}
