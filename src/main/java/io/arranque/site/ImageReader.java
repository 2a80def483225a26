package io.arranque.site;

import java.util.List;
import java.util.Optional;

/** {@code images/NAME/}, with or without {@code image.yaml}. */
final class ImageReader {
  static final String FILE = "image.yaml";

  private static final String KERNEL_DEFAULT = "vmlinuz";
  private static final List<String> INITRDS_DEFAULT = List.of("initrd");

  private ImageReader() {}

  static Image read(String name, Fields fields) {
    Image image =
        new Image(
            name,
            fields.scalar("version", ValueType.LINE),
            fields.scalar("kernel", ValueType.NAME).orElse(KERNEL_DEFAULT),
            initrds(fields),
            fields.scalar("arguments", ValueType.LINE).orElse(""));
    fields.finish();
    return image;
  }

  private static List<String> initrds(Fields fields) {
    List<Located<String>> names = fields.list("initrd", ValueType.NAME);
    return fields.has("initrd") ? names.stream().map(Located::value).toList() : INITRDS_DEFAULT;
  }

  /** The first file that is not there yet. */
  static Optional<String> missing(Image image, SiteFolder folder) {
    String inside = "images/" + image.name() + "/";
    if (!folder.isFile(inside + image.kernel())) {
      return Optional.of(image.kernel());
    }
    return image.initrds().stream().filter(initrd -> !folder.isFile(inside + initrd)).findFirst();
  }
}
