package io.arranque.editor;

import io.arranque.editor.FileFailure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stood in files before the page saved them, in the state folder, so that a save can be taken
 * back. For root only: a former text may hold what was taken out of the file for good reason. The
 * oldest go.
 */
public final class EditHistory {
  private static final int KEPT = 500;
  private static final String ENDING = ".edit";

  private final Path folder;

  public EditHistory(Path folder) {
    this.folder = folder;
  }

  /**
   * A save.
   *
   * @param number grows with time
   * @param before the hash of what stood there; {@link FileText#NONE} when the file was new
   * @param after the hash of what was written; {@link FileText#NONE} when it was taken away
   */
  public record Edit(
      long number, SitePath path, Instant at, String by, String before, String after) {}

  /** On the disk when this returns: a save that could not be taken back is not made. */
  public synchronized void keep(SitePath path, Instant at, String by, FileText was, String after)
      throws FileFailure {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      List<Path> files = files();
      long number = files.isEmpty() ? 1 : number(files.get(files.size() - 1)) + 1;
      String head = String.join("\n", path.text(), at.toString(), oneLine(by), was.hash(), after);
      Path file = folder.resolve("%012d%s".formatted(number, ENDING));
      Path temporary = folder.resolve(".new");
      Files.deleteIfExists(temporary);
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(temporary, (head + "\n" + was.raw()).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
      for (int i = 0; i <= files.size() - KEPT; i++) {
        Files.deleteIfExists(files.get(i));
      }
    } catch (IOException e) {
      Kind kind =
          String.valueOf(e.getMessage()).contains("No space left") ? Kind.DISK_FULL : Kind.REFUSED;
      throw new FileFailure(
          kind, "nothing was saved: the former text cannot be kept in " + folder, e);
    }
  }

  /** The newest save of this file. */
  public synchronized Optional<Edit> last(SitePath path) {
    return newest(KEPT).stream().filter(edit -> edit.path().equals(path)).findFirst();
  }

  /** The newest first. */
  public synchronized List<Edit> newest(int most) {
    List<Edit> edits = new ArrayList<>();
    try {
      List<Path> files = files();
      for (int i = files.size() - 1; i >= 0 && edits.size() < most; i--) {
        head(files.get(i)).ifPresent(edits::add);
      }
    } catch (IOException e) {
      // Nothing was saved yet, or it cannot be read: then nothing can be taken back.
      return List.copyOf(edits);
    }
    return List.copyOf(edits);
  }

  /** What stood there before that save. */
  public synchronized FileText before(Edit edit) throws FileFailure {
    if (edit.before().equals(FileText.NONE)) {
      return FileText.NOTHING;
    }
    try {
      String text =
          Files.readString(folder.resolve("%012d%s".formatted(edit.number(), ENDING)));
      int start = 0;
      for (int line = 0; line < 5; line++) {
        start = text.indexOf('\n', start) + 1;
      }
      return FileText.of(text.substring(start));
    } catch (NoSuchFileException e) {
      throw new FileFailure(Kind.MISSING, "the former text is not kept any more", e);
    } catch (IOException e) {
      throw new FileFailure(Kind.REFUSED, "the former text cannot be read", e);
    }
  }

  private static Optional<Edit> head(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      List<String> head = lines.limit(5).toList();
      Optional<SitePath> path = SitePath.parse(head.get(0));
      return path.map(
          p ->
              new Edit(
                  number(file), p, Instant.parse(head.get(1)), head.get(2), head.get(3),
                  head.get(4)));
    } catch (IOException
        | java.io.UncheckedIOException
        | IndexOutOfBoundsException
        | DateTimeParseException e) {
      // Half a file, after a crash: there is nothing to take back to.
      return Optional.empty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("[0-9]{12}\\" + ENDING))
          .sorted()
          .toList();
    }
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().substring(0, 12));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
