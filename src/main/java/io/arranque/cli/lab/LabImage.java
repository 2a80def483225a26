package io.arranque.cli.lab;

import java.nio.file.Path;
import java.util.List;

/** The small system that the PCs boot. */
final class LabImage {
  private LabImage() {}

  /**
   * Builds it unless it is up to date.
   *
   * @param root the repository
   * @return the folder with {@code vmlinuz} and {@code initrd}
   */
  static Path build(Path root) {
    Path folder = root.resolve(".lab/image");
    Tools.run(List.of(root.resolve("src/lab/build-image").toString(), folder.toString()));
    return folder;
  }
}
