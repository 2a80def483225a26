package io.arranque.images;

import io.arranque.images.ImageFailure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Only one at a time changes an image, in this program or in another. The kernel takes the lock
 * away from a program that dies. Its file stays: whoever removed it might remove another one's.
 */
final class ImageLock implements AutoCloseable {
  private static final String FILE = ".lock";

  private final FileChannel channel;
  private final FileLock lock;

  private ImageLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static ImageLock of(Path imageFolder) throws ImageFailure {
    try {
      Files.createDirectories(imageFolder);
      FileChannel channel =
          FileChannel.open(
              imageFolder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return locked(imageFolder, channel);
    } catch (IOException e) {
      throw new ImageFailure(Kind.DISK, "cannot be written: " + e.getMessage(), e);
    }
  }

  private static ImageLock locked(Path imageFolder, FileChannel channel)
      throws IOException, ImageFailure {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new ImageLock(channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this program: the same answer.
    }
    channel.close();
    throw new ImageFailure(
        Kind.BUSY,
        "somebody else is working on the image %s now; wait until that is done"
            .formatted(imageFolder.getFileName()));
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      // A lock that cannot be given back dies with the program; nothing hangs on it before.
    }
  }
}
