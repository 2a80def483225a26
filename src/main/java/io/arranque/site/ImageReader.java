package io.arranque.site;

import io.arranque.site.Image.Details;
import io.arranque.site.Image.File;
import io.arranque.site.YamlNode.Entry;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code images/NAME/} and its versions, with or without {@code image.yaml}. */
final class ImageReader {
  static final String FILE = Image.NOTES;

  static final ValueType<String> SHA256 =
      new ValueType<>(
          "not a SHA-256",
          "64 hex digits",
          text ->
              text.matches("[0-9a-fA-F]{64}")
                  ? Optional.of(text.toLowerCase(Locale.ROOT))
                  : Optional.empty());
  static final ValueType<Long> SIZE =
      new ValueType<>(
          "not a size",
          "bytes, e.g. 8388608",
          text -> text.matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(text)) : Optional.empty());

  private static final String KERNEL_DEFAULT = "vmlinuz";
  private static final List<String> INITRDS_DEFAULT = List.of("initrd");

  private ImageReader() {}

  /**
   * An image as it is now.
   *
   * @param fields of the image's own {@code image.yaml}, which an operator may have written
   * @param notes of a version: its {@code image.yaml}; empty when there is no such version
   */
  static Image read(String name, Fields fields, Function<String, Optional<Fields>> notes) {
    Image own = read(name, fields, false);
    Optional<Fields> versions = own.version().filter(ImageReader::isName).flatMap(notes);
    boolean ownArguments = fields.has("arguments");
    boolean ownCache = fields.has("cache");
    return versions
        .map(found -> version(name, own.version().orElseThrow(), found))
        .map(image -> ownArguments ? image.withArguments(own.arguments()) : image)
        .map(image -> ownCache ? cached(image, own.details().cache()) : image)
        .orElse(own);
  }

  /** One version of an image, from its own notes alone. */
  static Image version(String name, String version, Fields notes) {
    Image read = read(name, notes, true);
    return new Image(
        name,
        Optional.of(version),
        read.kernel(),
        read.initrds(),
        read.arguments(),
        read.details());
  }

  /** Which version was the active one before. */
  static Optional<String> previous(Fields fields) {
    return fields.scalar("previous", ValueType.NAME);
  }

  private static Image read(String name, Fields fields, boolean versioned) {
    previous(fields);
    Image image =
        new Image(
            name,
            fields.scalar("version", ValueType.LINE),
            fields.scalar("kernel", ValueType.NAME).orElse(KERNEL_DEFAULT),
            initrds(fields),
            fields.scalar("arguments", ValueType.LINE).orElse(""),
            new Details(
                fields.scalar("architecture", ValueType.LINE),
                versioned,
                fields.scalar("cache", ValueType.FLAG).orElse(false),
                files(fields.section("files"))));
    fields.finish();
    return image;
  }

  private static Image cached(Image image, boolean cache) {
    Details known = image.details();
    return new Image(
        image.name(),
        image.version(),
        image.kernel(),
        image.initrds(),
        image.arguments(),
        new Details(known.architecture(), known.versioned(), cache, known.files()));
  }

  private static SortedMap<String, File> files(Fields section) {
    SortedMap<String, File> files = new TreeMap<>();
    for (Entry entry : section.entries()) {
      Fields file = section.section(entry.key());
      if (!isName(entry.key())) {
        section.error(entry.key(), ValueType.NAME.refusal(entry.key()));
      }
      files.put(
          entry.key(),
          new File(
              file.scalar("sha256", SHA256),
              file.scalar("size", SIZE),
              file.scalar("from", CatalogueReader.URL)));
      file.finish();
    }
    return Collections.unmodifiableSortedMap(files);
  }

  private static boolean isName(String text) {
    return ValueType.NAME.parse().apply(text).isPresent();
  }

  private static List<String> initrds(Fields fields) {
    List<Located<String>> names = fields.list("initrd", ValueType.NAME);
    return fields.has("initrd") ? names.stream().map(Located::value).toList() : INITRDS_DEFAULT;
  }

  /** The first file that is not there and will not be fetched either. */
  static Optional<String> missing(Image image, SiteFolder folder) {
    return Stream.concat(
            Stream.of(image.kernel()),
            Stream.concat(image.initrds().stream(), image.details().files().keySet().stream()))
        .filter(file -> !folder.isFile("images/" + image.location(file)))
        .filter(file -> !isFetched(image, file))
        .map(file -> image.location(file).substring(image.name().length() + 1))
        .findFirst();
  }

  /** What came out of an ISO cannot be fetched alone. */
  private static boolean isFetched(Image image, String file) {
    File known = image.details().files().get(file);
    return image.details().cache()
        && known != null
        && known.from().filter(from -> from.startsWith("http") && !from.contains("#")).isPresent();
  }
}
