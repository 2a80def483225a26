package io.arranque.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A journal file that is written to, from its header on. Its blocks are allocated and filled with
 * zeros, so that a sync has no metadata to write. Not thread-safe.
 *
 * <p>A thread that is interrupted in here has the file closed under it by Java: the next commit
 * fails, and the one after it goes to a new file.
 */
final class JournalFile implements AutoCloseable {
  private final Path path;
  private final JournalFormat format;
  private final FileChannel channel;
  private final long size;
  private long end = JournalFormat.HEADER;

  /** One without frames, of {@code size} octets. */
  JournalFile(Path path, JournalFormat format, FileChannel channel, long size) {
    this.path = path;
    this.format = format;
    this.channel = channel;
    this.size = size;
  }

  Path path() {
    return path;
  }

  JournalFormat format() {
    return format;
  }

  /** In octets. */
  long size() {
    return size;
  }

  boolean fits(long octets) {
    return octets <= size - end;
  }

  /** Writes behind what is there; on the disk only after {@link #sync}. */
  void append(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      end += channel.write(octets, end);
    }
  }

  /** Returns when all that was appended is on the disk (fdatasync). */
  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
