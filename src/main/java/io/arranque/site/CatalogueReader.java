package io.arranque.site;

import io.arranque.site.Catalogue.Entry;
import io.arranque.site.Catalogue.Origin;
import io.arranque.site.YamlNode.Mapping;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code images/catalogue.yaml}. */
final class CatalogueReader {
  static final String FILE = "images/catalogue.yaml";

  static final ValueType<String> URL =
      new ValueType<>(
          "not a URL",
          "e.g. https://example.org/vmlinuz",
          text -> isUrl(text) ? Optional.of(text) : Optional.empty());

  private CatalogueReader() {}

  static Catalogue load(Path site) {
    ProblemCollector problems = new ProblemCollector();
    SiteFolder folder = new SiteFolder(site, problems);
    SortedMap<String, Entry> entries = new TreeMap<>();
    if (folder.exists(FILE)) {
      folder
          .text(FILE)
          .flatMap(text -> YamlFile.parse(FILE, text, problems))
          .map(mapping -> new Fields(FILE, mapping, problems))
          .ifPresent(fields -> read(fields, entries));
    }
    return new Catalogue(Collections.unmodifiableSortedMap(entries), problems.problems());
  }

  private static void read(Fields fields, SortedMap<String, Entry> entries) {
    for (YamlNode.Entry entry : fields.entries()) {
      if (ValueType.NAME.parse().apply(entry.key()).isEmpty()) {
        fields.error(entry.key(), ValueType.NAME.refusal(entry.key()));
      } else if (entry.value() instanceof Mapping) {
        entry(entry.key(), fields.section(entry.key()))
            .ifPresent(found -> entries.put(entry.key(), found));
      } else {
        fields.error(entry.key(), "not a mapping, wanted a system's keys");
      }
    }
  }

  /** Empty when it names nothing to fetch. */
  private static Optional<Entry> entry(String name, Fields fields) {
    List<Origin> files = new ArrayList<>();
    Optional<Origin> kernel = origins(fields, "kernel", "vmlinuz").stream().findFirst();
    List<Origin> initrds = origins(fields, "initrd", "initrd");
    kernel.ifPresent(files::add);
    files.addAll(initrds);
    Fields more = fields.section("files");
    more.entries().forEach(entry -> files.addAll(origins(more, entry.key(), entry.key())));
    Optional<Origin> iso = origins(fields, "iso", "image.iso").stream().findFirst();
    if (kernel.isEmpty() == iso.isEmpty()) {
      fields.error("", "wanted either a kernel or an iso");
      return Optional.empty();
    }
    Entry entry =
        new Entry(
            name,
            fields.scalar("description", ValueType.LINE).orElse(""),
            fields.scalar("version", ValueType.NAME),
            fields.scalar("architecture", ValueType.LINE),
            fields.scalar("arguments", ValueType.LINE).orElse(""),
            fields.scalar("page", URL),
            fields.scalar("checksums", URL),
            kernel.map(Origin::file),
            initrds.stream().map(Origin::file).toList(),
            List.copyOf(files),
            iso);
    fields.finish();
    return Optional.of(entry);
  }

  /** A URL, a mapping of URL and checksum, or a list of these. */
  private static List<Origin> origins(Fields fields, String key, String file) {
    List<Origin> origins = new ArrayList<>();
    for (Located<YamlNode> item : fields.items(key)) {
      String name = origins.isEmpty() ? file : file + (origins.size() + 1);
      if (item.value() instanceof Mapping) {
        fields.fields(item).flatMap(inside -> origin(inside, name)).ifPresent(origins::add);
      } else {
        fields
            .read(item.value(), item.key(), URL)
            .ifPresent(url -> origins.add(new Origin(name, url.value(), Optional.empty())));
      }
    }
    return origins;
  }

  private static Optional<Origin> origin(Fields fields, String file) {
    Optional<Origin> origin =
        fields
            .required("from", URL)
            .map(url -> new Origin(file, url, fields.scalar("sha256", ImageReader.SHA256)));
    fields.finish();
    return origin;
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text.replace(Catalogue.VERSION, "1"));
      String scheme = String.valueOf(uri.getScheme());
      return uri.getUserInfo() == null
          && ((scheme.equals("file") && uri.getPath() != null)
              || (scheme.matches("https?") && uri.getHost() != null));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
