package io.arranque.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real files on a disk that fails when told to: writes half of what it should, or does not sync.
 */
final class FailingDisk implements JournalFolder.Opening {
  volatile boolean failsWrites;
  volatile boolean failsSyncs;
  volatile boolean isFull;

  /** How many times something was synced. */
  final AtomicInteger syncs = new AtomicInteger();

  @Override
  public FileChannel open(Path path, Set<OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (isFull) {
      throw new IOException("No space left on device");
    }
    return new Failing(FileChannel.open(path, options, attributes));
  }

  private final class Failing extends FileChannel {
    private final FileChannel file;

    Failing(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer octets, long position) throws IOException {
      if (!failsWrites) {
        return file.write(octets, position);
      }
      ByteBuffer half = octets.duplicate();
      int unused = file.write(half.limit(half.position() + half.remaining() / 2), position);
      throw new IOException("Input/output error");
    }

    @Override
    public void force(boolean metadata) throws IOException {
      if (failsSyncs) {
        throw new IOException("Input/output error");
      }
      syncs.incrementAndGet();
      file.force(metadata);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }

    @Override
    public int read(ByteBuffer octets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] octets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer octets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] octets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer octets, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }
  }
}
