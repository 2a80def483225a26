package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journal's files in the state folder, {@code leases-GENERATION.journal}, and the lock that
 * keeps a second appliance from the same folder. A name is there only when the file's content and
 * the name itself are on the disk.
 */
final class JournalFolder implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("leases-(\\d{1,18})\\.journal");
  private static final String UNFINISHED = "leases.journal.new";
  private static final int FILLING = 256 * 1024;
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** How files are opened; tests put one between that fails like a broken disk. */
  @FunctionalInterface
  interface Opening {
    FileChannel open(Path path, Set<OpenOption> options, FileAttribute<?>... attributes)
        throws IOException;
  }

  /** A file that is there. */
  record Found(long generation, Path path) {}

  private final Path folder;
  private final Opening opening;
  private @Nullable FileChannel lock;

  private JournalFolder(Path folder, Opening opening) {
    this.folder = folder;
    this.opening = opening;
  }

  /**
   * Takes the folder for this process. The kernel gives it back when the process ends, however it
   * ends; the lock's file stays, because removing it would let two hold it.
   *
   * @throws StoreFailure when another process, or another journal of this one, has it
   */
  static JournalFolder take(Path state, Opening opening) throws StoreFailure {
    JournalFolder folder = new JournalFolder(state.toAbsolutePath().normalize(), opening);
    Path path = folder.folder.resolve("leases.lock");
    try {
      FileChannel channel =
          FileChannel.open(
              path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE);
      if (!isLocked(channel)) {
        channel.close();
        throw new StoreFailure(
            "the state folder "
                + folder.folder
                + " is in use: another process has it; stop the other Arranque or choose another"
                + " --state",
            new IOException("locked: " + path));
      }
      folder.lock = channel;
      return folder;
    } catch (IOException e) {
      throw new Failures(path.toString()).failure("lock", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return folder;
  }

  /** Oldest first. */
  List<Found> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> NAME.matcher(String.valueOf(path.getFileName())))
          .filter(Matcher::matches)
          .map(name -> new Found(Long.parseLong(name.group(1)), folder.resolve(name.group())))
          .sorted((a, b) -> Long.compare(a.generation(), b.generation()))
          .toList();
    }
  }

  Path path(long generation) {
    return folder.resolve("leases-%08d.journal".formatted(generation));
  }

  /** Makes an empty file; when this returns its blocks and its name are on the disk. */
  JournalFile create(JournalFormat format, long size) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED + format.generation());
    Path path = path(format.generation());
    FileChannel channel =
        opening.open(
            unfinished,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            PRIVATE);
    try {
      fill(channel, format, size);
      channel.force(true);
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      syncNames();
      return new JournalFile(path, format, channel, size);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /** Zeros written, not a hole nor a reservation: those would cost metadata at each sync. */
  private static void fill(FileChannel channel, JournalFormat format, long size)
      throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(FILLING);
    format.putHeader(zeros);
    zeros.position(0);
    long written = 0;
    while (written < size) {
      zeros.limit((int) Math.min(FILLING, size - written));
      while (zeros.hasRemaining()) {
        written += channel.write(zeros, written);
      }
      if (written <= FILLING) {
        zeros.clear().put(new byte[JournalFormat.HEADER]);
      }
      zeros.clear();
    }
  }

  /** Opens a file that was made earlier and has no frames. */
  JournalFile open(JournalFormat format) throws IOException {
    Path path = path(format.generation());
    FileChannel channel = opening.open(path, Set.of(StandardOpenOption.WRITE));
    return new JournalFile(path, format, channel, channel.size());
  }

  /** Removes a file for good: it cannot come back after a power cut. */
  void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
    syncNames();
  }

  /** Removes what a killed process had begun to make. */
  void deleteUnfinished() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path :
          all.filter(p -> String.valueOf(p.getFileName()).startsWith(UNFINISHED)).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void syncNames() throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (NoSuchFileException e) {
      throw new IOException("the state folder is gone", e);
    }
  }

  @Override
  public void close() throws IOException {
    FileChannel held = lock;
    lock = null;
    if (held != null) {
      held.close();
    }
  }
}
