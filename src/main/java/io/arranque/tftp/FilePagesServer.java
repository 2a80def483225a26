package io.arranque.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files as they were when they were opened, in pages that all transfers of a file share: a room
 * loads the same few megabytes forty times, and a system call for each block would double what a
 * block costs. One event loop owns it.
 *
 * <p>Not mapped: a mapped file that is made shorter kills the program that reads it.
 */
final class FilePagesServer {
  /** Octets of a page: a read of this length costs little more than one of a single block. */
  static final int PAGE = 128 << 10;

  /** 64 MiB; beyond it the pages used least recently make room. */
  private static final int PAGES_MAX = 512;

  private final int pagesMax;
  private final Map<FileStamp, OpenFile> files = new HashMap<>();
  private final List<Page> pages = new ArrayList<>();
  private int hand;

  FilePagesServer() {
    this(PAGES_MAX);
  }

  FilePagesServer(int pagesMax) {
    this.pagesMax = pagesMax;
  }

  /**
   * Opens a file, or joins those who read it. A link put in the file's place since it was looked up
   * is not followed.
   *
   * @throws IOException when it cannot be opened
   */
  Content open(Path path) throws IOException {
    FileStamp stamp = stamp(path);
    OpenFile known = files.get(stamp);
    if (known != null) {
      known.users++;
      return new Reader(known);
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    // Replaced between the two looks, it would have one file's stamp and the other's octets.
    if (!stamp(path).equals(stamp) || channel.size() != stamp.size()) {
      channel.close();
      throw new IOException("it is just being replaced");
    }
    discardIdle(path);
    OpenFile opened = new OpenFile(path, stamp, channel);
    files.put(stamp, opened);
    return new Reader(opened);
  }

  /** Gives memory and files back; only while nobody reads. */
  void clear() {
    files.values().forEach(OpenFile::close);
    files.clear();
    pages.forEach(page -> page.octets.release());
    pages.clear();
    hand = 0;
  }

  /** Pages held now. */
  int pages() {
    return pages.size();
  }

  private Page page(OpenFile file, int index) throws IOException {
    Page page = file.pages[index];
    if (page == null) {
      page = free();
      load(page, file, index);
    }
    page.used = true;
    return page;
  }

  /** A page that holds nothing: a new one, or by the clock's hand one not used for a whole turn. */
  private Page free() {
    if (pages.size() < pagesMax) {
      Page page = new Page(UnpooledByteBufAllocator.DEFAULT.directBuffer(PAGE, PAGE));
      pages.add(page);
      return page;
    }
    while (true) {
      hand = (hand + 1) % pages.size();
      Page page = pages.get(hand);
      if (!page.used) {
        page.forget();
        return page;
      }
      page.used = false;
    }
  }

  private void load(Page page, OpenFile file, int index) throws IOException {
    long start = (long) index * PAGE;
    ByteBuffer into = page.view.clear().limit((int) Math.min(PAGE, file.stamp.size() - start));
    while (into.hasRemaining()) {
      if (file.channel.read(into, start + into.position()) < 0) {
        throw new IOException("it has become shorter");
      }
    }
    into.clear();
    // Looked at after reading, so that a page never holds octets of a later version.
    if (wasWrittenTo(file)) {
      throw new IOException("it was changed while it was sent");
    }
    page.owner = file;
    page.index = index;
    file.pages[index] = page;
  }

  private void leave(OpenFile file) {
    file.users--;
    // Otherwise kept: the next machine asks for the same file.
    if (file.users == 0 && (files.size() > pagesMax || !isCurrent(file))) {
      discard(file);
    }
  }

  /** Older versions of what is being opened anew. */
  private void discardIdle(Path path) {
    files.values().stream()
        .filter(file -> file.users == 0 && file.path.equals(path))
        .toList()
        .forEach(this::discard);
  }

  private void discard(OpenFile file) {
    files.remove(file.stamp);
    for (Page page : file.pages) {
      if (page != null) {
        page.forget();
      }
    }
    file.close();
  }

  private static FileStamp stamp(Path path) throws IOException {
    return FileStamp.of(
        Files.readAttributes(path, FileStamp.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
  }

  private static boolean wasWrittenTo(OpenFile file) {
    try {
      return file.stamp.isContradictedBy(stamp(file.path));
    } catch (IOException e) {
      // Removed: who has it open goes on reading it.
      return false;
    }
  }

  private static boolean isCurrent(OpenFile file) {
    try {
      return file.stamp.equals(stamp(file.path));
    } catch (IOException e) {
      return false;
    }
  }

  /** A piece of a file. */
  private static final class Page {
    final ByteBuf octets;
    final ByteBuffer view;
    @Nullable OpenFile owner;
    int index;
    boolean used;

    Page(ByteBuf octets) {
      this.octets = octets;
      this.view = octets.nioBuffer(0, PAGE);
    }

    void forget() {
      OpenFile of = owner;
      if (of != null) {
        of.pages[index] = null;
        owner = null;
      }
      used = false;
    }
  }

  /** A file and those of its pages that are in memory. */
  private static final class OpenFile {
    final Path path;
    final FileStamp stamp;
    final FileChannel channel;
    final @Nullable Page[] pages;
    int users = 1;

    OpenFile(Path path, FileStamp stamp, FileChannel channel) {
      this.path = path;
      this.stamp = stamp;
      this.channel = channel;
      this.pages = new Page[Math.toIntExact((stamp.size() + PAGE - 1) / PAGE)];
    }

    void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // Closing a file that was only read cannot lose anything.
        return;
      }
    }
  }

  /** One transfer's use of a file. */
  private final class Reader implements Content {
    private final OpenFile file;
    private boolean closed;

    Reader(OpenFile file) {
      this.file = file;
    }

    @Override
    public long size() {
      return file.stamp.size();
    }

    @Override
    public void copy(long offset, int length, ByteBuffer target, int at) throws IOException {
      long from = offset;
      int to = at;
      int left = length;
      while (left > 0) {
        int inPage = (int) (from % PAGE);
        int piece = Math.min(left, PAGE - inPage);
        target.put(to, page(file, (int) (from / PAGE)).view, inPage, piece);
        from += piece;
        to += piece;
        left -= piece;
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        leave(file);
      }
    }
  }
}
