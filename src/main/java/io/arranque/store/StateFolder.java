package io.arranque.store;

import io.arranque.inventory.StoreFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder with the database in it: tokens and secrets of roles are there, so nobody else reads
 * it.
 */
final class StateFolder {
  private final Path path;

  private StateFolder(Path path) {
    this.path = path;
  }

  /** Makes the folder, readable by its owner only, when it is not there yet. */
  static StateFolder prepare(Path folder) throws StoreFailure {
    Path path = folder.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (FileAlreadyExistsException e) {
      throw new StoreFailure(
          "the state folder " + path + " is a file; move it away or choose another --state", e);
    } catch (IOException e) {
      throw new StoreFailure(
          "cannot make the state folder " + path + " (" + e + "); choose another --state", e);
    }
    if (!Files.isWritable(path)) {
      throw new StoreFailure(
          "the state folder "
              + path
              + " is not writable for user "
              + System.getProperty("user.name")
              + "; chown it or choose another --state",
          new IOException("not writable: " + path));
    }
    return new StateFolder(path);
  }

  Path path() {
    return path;
  }

  Path databaseFile() {
    return path.resolve("arranque.mv.db");
  }

  /**
   * H2 writes the file's content through to the disk, but nobody does so for a new file's name; and
   * its permissions must not depend on the umask when the folder was made by somebody else.
   */
  void secureFiles() throws StoreFailure {
    try (FileChannel names = FileChannel.open(path, StandardOpenOption.READ)) {
      if (Files.exists(databaseFile())) {
        Files.setPosixFilePermissions(databaseFile(), PosixFilePermissions.fromString("rw-------"));
      }
      names.force(true);
    } catch (IOException e) {
      throw new StoreFailure("cannot secure " + databaseFile() + " (" + e + ")", e);
    }
  }
}
