package io.arranque.tftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Hands out the octets of one answer, from memory or from an open file. Not thread-safe. */
final class ContentServer implements AutoCloseable {
  private final long size;
  private final ByteBuffer memory;
  private final @Nullable FileChannel file;

  private ContentServer(long size, ByteBuffer memory, @Nullable FileChannel file) {
    this.size = size;
    this.memory = memory;
    this.file = file;
  }

  static ContentServer of(ByteBuffer content) {
    return new ContentServer(content.remaining(), content.slice(), null);
  }

  /** A link put in the file's place since it was looked up is not followed. */
  static ContentServer of(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return new ContentServer(file.size(), ByteBuffer.allocate(0), file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The same as netascii text; this content is closed.
   *
   * @throws IOException also when it is too large for that
   */
  ContentServer asNetascii() throws IOException {
    try (this) {
      if (size > Netascii.SIZE_MAX) {
        throw new IOException("too large for netascii, ask for octet");
      }
      ByteBuffer content = read(0, (int) size);
      byte[] text = new byte[content.remaining()];
      content.get(text);
      return of(ByteBuffer.wrap(Netascii.encode(text)));
    }
  }

  /** Octets; what the file had when it was opened. */
  long size() {
    return size;
  }

  /**
   * Exactly {@code length} octets.
   *
   * @throws EOFException when the file has become shorter meanwhile
   */
  ByteBuffer read(long offset, int length) throws IOException {
    FileChannel open = file;
    if (open == null) {
      return memory.slice((int) offset, length);
    }
    ByteBuffer octets = ByteBuffer.allocate(length);
    while (octets.hasRemaining()) {
      if (open.read(octets, offset + octets.position()) < 0) {
        throw new EOFException("it ends after " + (offset + octets.position()) + " octets");
      }
    }
    return octets.flip();
  }

  @Override
  public void close() {
    FileChannel open = file;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Closing a file that was only read cannot lose anything.
        return;
      }
    }
  }
}
