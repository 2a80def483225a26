package io.arranque.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Well-known systems and where they can be fetched: {@code images/catalogue.yaml}. It is read when
 * somebody asks for it; no machine's boot depends on it.
 *
 * @param entries by name
 * @param problems what in the file could not be read
 */
public record Catalogue(SortedMap<String, Entry> entries, Problems problems) {
  /** Stands for the version in an entry's URLs. */
  public static final String VERSION = "{version}";

  /**
   * @param description for people
   * @param version the release that the checksums here are of
   * @param architecture e.g. {@code x86-64}
   * @param arguments kernel arguments; a template like the role's
   * @param page where its makers describe it
   * @param checksums URL of their list of SHA-256, for the files that have none here
   * @param kernel file name among {@code files}; empty when the kernel is in the ISO
   * @param initrds likewise
   * @param files kernel, initrds and what else is needed
   * @param iso where kernel and initrd are found inside
   */
  public record Entry(
      String name,
      String description,
      Optional<String> version,
      Optional<String> architecture,
      String arguments,
      Optional<String> page,
      Optional<String> checksums,
      Optional<String> kernel,
      List<String> initrds,
      List<Origin> files,
      Optional<Origin> iso) {}

  /**
   * A file and where it comes from.
   *
   * @param file its name in the image's folder
   * @param url with {@link #VERSION} where the version stands
   */
  public record Origin(String file, String url, Optional<String> sha256) {}

  /** Reads a site's catalogue; without the file there are no entries. */
  public static Catalogue load(Path site) {
    return CatalogueReader.load(site);
  }
}
