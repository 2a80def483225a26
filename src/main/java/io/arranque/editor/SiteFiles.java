package io.arranque.editor;

import io.arranque.editor.FileFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The site's folder. A file is replaced as a whole or not at all: beside it, synced, renamed. Links
 * are not followed, neither for the file nor for a folder above it: they may lead anywhere. Writers
 * of this process wait for each other; against git and other editors the hash is compared last
 * thing before the rename.
 */
public final class SiteFiles {
  private static final List<String> ROOTS =
      List.of(SitePath.SETTINGS_FILE, "dhcp", "ipxe-scripts", SitePath.ROLES);
  private static final int DEEPEST = 12;
  private static final int MOST = 5_000;

  /** Hidden, so that no loader takes it for a document while it is half there. */
  private static final String TEMPORARY = ".%s.arranque-new";

  private static final Set<PosixFilePermission> ORDINARY =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path folder;

  public SiteFiles(Path folder) {
    this.folder = folder;
  }

  /** The files that may be edited, by path. */
  public List<SitePath> list() {
    List<SitePath> found = new ArrayList<>();
    for (String root : ROOTS) {
      try {
        Files.walkFileTree(folder.resolve(root), Set.of(), DEEPEST, new Lister(found));
      } catch (IOException e) {
        // A folder that is not there or cannot be read has no files to edit; the loader says so.
      }
    }
    found.sort(java.util.Comparator.comparing(SitePath::text));
    return List.copyOf(found);
  }

  private final class Lister extends SimpleFileVisitor<Path> {
    private final List<SitePath> found;

    Lister(List<SitePath> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        SitePath.parse(folder.relativize(file).toString()).ifPresent(found::add);
      }
      return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** What stands in it; {@link FileText#NOTHING} when it is not there. */
  public FileText read(SitePath path) throws FileFailure {
    Path file = plain(path);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return FileText.of(in.readNBytes(FileText.LARGEST + 1));
    } catch (NoSuchFileException e) {
      return FileText.NOTHING;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** Changes when the file does, as far as can be told without reading it. */
  public String stamp(SitePath path) {
    try {
      BasicFileAttributes seen =
          Files.readAttributes(
              folder.resolve(path.text()), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
    } catch (IOException e) {
      return "none";
    }
  }

  /**
   * Puts this text into the file, if there still stands what {@code expected} is the hash of.
   *
   * @return what now stands there
   */
  public synchronized FileText write(SitePath path, String raw, String expected)
      throws FileFailure {
    byte[] bytes = FileText.bytes(raw);
    FileText fresh = FileText.of(bytes);
    require(path, expected);
    Path file = plain(path);
    Path temporary = file.resolveSibling(TEMPORARY.formatted(path.name()));
    try {
      makeFolder(above(file));
      Files.deleteIfExists(temporary);
      put(temporary, bytes);
      likeBefore(file, temporary);
      require(path, expected);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      sync(above(file));
      return fresh;
    } catch (IOException e) {
      throw failure(path, e);
    } finally {
      drop(temporary);
    }
  }

  /** Takes the file away, if there still stands what {@code expected} is the hash of. */
  public synchronized void delete(SitePath path, String expected) throws FileFailure {
    require(path, expected);
    try {
      Path file = plain(path);
      Files.delete(file);
      sync(above(file));
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /** A new role's folder with all its files at once: a role without its role.yaml is an error. */
  public synchronized void addRole(String role, SortedMap<String, String> files)
      throws FileFailure {
    Path target = folder.resolve(SitePath.ROLES).resolve(role);
    Path draft = target.resolveSibling(TEMPORARY.formatted(role));
    SitePath place = SitePath.parse(SitePath.ROLES + "/" + role + "/role.yaml").orElseThrow();
    plain(place);
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileFailure(Kind.CHANGED, place + " is there already");
      }
      dropTree(draft);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = draft.resolve(file.getKey());
        makeFolder(above(path));
        put(path, FileText.bytes(file.getValue()));
        likeBefore(target.resolve(file.getKey()), path);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      sync(above(target));
    } catch (IOException e) {
      throw failure(place, e);
    } finally {
      dropTree(draft);
    }
  }

  /** Takes a role's folder away; nothing may be in it but these files, as they were read. */
  public synchronized void removeRole(String role, Map<SitePath, String> expected)
      throws FileFailure {
    Path target = folder.resolve(SitePath.ROLES).resolve(role);
    Path gone = target.resolveSibling(TEMPORARY.formatted(role));
    SitePath place = SitePath.parse(SitePath.ROLES + "/" + role + "/role.yaml").orElseThrow();
    for (Map.Entry<SitePath, String> file : expected.entrySet()) {
      require(file.getKey(), file.getValue());
    }
    try {
      for (Path file : tree(target)) {
        Optional<SitePath> known = SitePath.parse(folder.relativize(file).toString());
        if (known.isEmpty() || !expected.containsKey(known.get())) {
          throw new FileFailure(
              Kind.LINK, folder.relativize(file) + " is no file that is edited here");
        }
      }
      Files.move(target, gone, StandardCopyOption.ATOMIC_MOVE);
      sync(above(target));
      dropTree(gone);
    } catch (IOException e) {
      throw failure(place, e);
    }
  }

  private void require(SitePath path, String expected) throws FileFailure {
    FileText now = read(path);
    if (!now.hash().equals(expected)) {
      throw new FileFailure(
          Kind.CHANGED,
          path + (now.exists() ? " was changed by somebody else" : " is not there any more"));
    }
  }

  /** The file, when neither it nor a folder above it is a link. */
  private Path plain(SitePath path) throws FileFailure {
    Path at = folder;
    for (String part : path.text().split("/", -1)) {
      at = at.resolve(part);
      boolean last = at.equals(folder.resolve(path.text()));
      boolean there = Files.exists(at, LinkOption.NOFOLLOW_LINKS);
      boolean right =
          last
              ? Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
              : Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS);
      if (there && !right) {
        throw new FileFailure(
            Kind.LINK, folder.relativize(at) + " is a link or no plain file; edit its target");
      }
    }
    return at;
  }

  private static void put(Path file, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
  }

  /** The rights of the file that it replaces; a new one's owner is its folder's. */
  private static void likeBefore(Path file, Path fresh) throws IOException {
    boolean replaces = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    Path model = replaces ? file : existing(above(file));
    own(model, fresh);
    Files.setPosixFilePermissions(fresh, replaces ? Files.getPosixFilePermissions(file) : ORDINARY);
  }

  private static void own(Path model, Path fresh) throws IOException {
    for (String owner : List.of("unix:uid", "unix:gid")) {
      Object wanted = Files.getAttribute(model, owner, LinkOption.NOFOLLOW_LINKS);
      if (!wanted.equals(Files.getAttribute(fresh, owner, LinkOption.NOFOLLOW_LINKS))) {
        try {
          Files.setAttribute(fresh, owner, wanted);
        } catch (IOException e) {
          // Only root gives files away; whoever else may write here is in the group, as we are.
        }
      }
    }
  }

  private static void makeFolder(Path wanted) throws IOException {
    if (!Files.exists(wanted)) {
      makeFolder(above(wanted));
      Files.createDirectory(wanted);
      own(above(wanted), wanted);
    }
  }

  /** There is one: all that is looked at lies in the site. */
  private static Path above(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private static Path existing(Path folder) {
    Path at = folder;
    while (!Files.exists(at)) {
      at = above(at);
    }
    return at;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is hidden and harmless, and the next save to the same file tries again.
      return;
    }
  }

  private static List<Path> tree(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static void dropTree(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(SiteFiles::drop);
    } catch (IOException e) {
      // As above.
      return;
    }
  }

  private static FileFailure failure(SitePath path, IOException e) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return new FileFailure(Kind.DISK_FULL, "the disk is full; " + path + " is as it was", e);
    }
    String why =
        e instanceof AccessDeniedException || said.contains("read-only")
            ? "the appliance may not write there"
            : e.getClass().getSimpleName();
    return new FileFailure(Kind.REFUSED, path + " cannot be read or written: " + why, e);
  }
}
