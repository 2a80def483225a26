package io.arranque.cli.lab;

import java.nio.file.Path;
import java.util.List;

/** What the PCs boot. */
final class LabImage {
  private LabImage() {}

  /**
   * Builds the small system unless it is up to date.
   *
   * @param root the repository
   * @return the folder with {@code vmlinuz} and {@code initrd}
   */
  static Path build(Path root) {
    Path folder = root.resolve(".lab/image");
    Tools.run(List.of(root.resolve("src/lab/build-image").toString(), folder.toString()));
    return folder;
  }

  /**
   * Builds the real Debian unless it is up to date; the first time, it is fetched from a mirror.
   *
   * @param root the repository
   * @return the folder with its kernel, initrd, root and a container's image
   */
  static Path buildDebian(Path root) {
    Path folder = root.resolve(".lab/debian");
    Tools.run(List.of(root.resolve("src/lab/build-debian").toString(), folder.toString()));
    return folder;
  }
}
