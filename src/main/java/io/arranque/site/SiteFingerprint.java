package io.arranque.site;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a site's folders look like from outside; two that are equal mean that nothing changed.
 *
 * @param files by path: time, size and identity. Of loaders, kernels and initrds only that they
 *     exist: an image that is being downloaded grows all the time, and the site does not care.
 */
record SiteFingerprint(Map<String, String> files) {
  private static final int DEPTH = 3;

  /** Overlays have folders of the initrd in them. */
  private static final int ROLES_DEPTH = 16;

  private static final List<String> FOLDERS =
      List.of("dhcp", "tftp", "ipxe-scripts", "cloud-init", "images");

  static SiteFingerprint of(Path folder) {
    Map<String, String> files = new TreeMap<>();
    Path settings = folder.resolve(SettingsReader.FILE);
    for (Path root : FOLDERS.stream().map(folder::resolve).toList()) {
      visit(root, folder, files);
    }
    visit(settings, folder, files);
    return new SiteFingerprint(files);
  }

  private static void visit(Path root, Path folder, Map<String, String> files) {
    try {
      Files.walkFileTree(
          root,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          root.endsWith("cloud-init") ? ROLES_DEPTH : DEPTH,
          new Visitor(folder, files));
    } catch (IOException e) {
      // Whatever it is, the loader meets it too and can say it to the operator.
      files.put(root.toString(), e.toString());
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Map<String, String> files;

    Visitor(Path folder, Map<String, String> files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      if (path.getFileName().toString().startsWith(".") && !path.equals(folder)) {
        // Where images come in: what happens there is nobody's business until it is done.
        return FileVisitResult.SKIP_SUBTREE;
      }
      files.put(name(path), "folder");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      String name = name(path);
      boolean text = !name.startsWith("tftp") && !name.startsWith("images");
      files.put(name, text || name.endsWith(".yaml") ? seen(attributes) : "there");
      return FileVisitResult.CONTINUE;
    }

    /** Gone between listing and looking, or a link to nowhere. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      files.put(name(path), "unreadable");
      return FileVisitResult.CONTINUE;
    }

    /** Identity too: an editor that saves by renaming may keep both size and second. */
    private static String seen(BasicFileAttributes attributes) {
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    }

    private String name(Path path) {
      return folder.relativize(path).toString();
    }
  }
}
