package io.arranque.http;

import io.arranque.http.FileReply.Version;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that one event loop has open. A file is looked at once per round of the loop, before
 * anything that came in that round is answered: so a request that was sent after a file was
 * replaced never gets the old one. Belongs to its loop alone.
 */
final class FilesServer {
  private static final Logger log = LoggerFactory.getLogger(FilesServer.class);
  private static final int MAX_ATTEMPTS = 3;
  private static final int MAX_OPEN = 128;

  /** Smaller ones are kept in memory and leave with their head in one write. */
  private static final int SMALL = 16 * 1024;

  /**
   * Two writes within one tick of the file system's clock leave the same time behind: what was
   * written just now may be written once more unseen.
   */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Map<Key, Entry> open = new LinkedHashMap<>(64, 0.75f, true);

  private record Key(Path folder, String path) {}

  /** What a look at a file shows; change time too, as some tools set the time of modification. */
  private record Look(long size, FileTime modified, FileTime changed, long inode, long device) {}

  private static final class Entry {
    final Path file;
    final Look look;
    final OpenFile open;
    long round;
    boolean used = true;

    Entry(Path file, Look look, OpenFile open, long round) {
      this.file = file;
      this.look = look;
      this.open = open;
      this.round = round;
    }
  }

  FilesServer(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Opens a file below a folder; {@link #release} it.
   *
   * @param path already free of {@code ..}; symbolic links are followed, but not out of the folder
   * @param round of the event loop; a file already looked at in this round is not looked at again
   * @throws IOException when there is no such regular file, or it cannot be read
   */
  OpenFile open(Path folder, String path, long round) throws IOException {
    Key key = new Key(folder, path);
    Entry entry = open.get(key);
    if (entry != null && entry.round != round && !isSame(entry)) {
      open.remove(key);
      release(entry.open);
      entry = null;
    }
    if (entry == null) {
      entry = opened(folder, path, round);
      open.put(key, entry);
      if (open.size() > MAX_OPEN) {
        Iterator<Entry> eldest = open.values().iterator();
        release(eldest.next().open);
        eldest.remove();
      }
    }
    entry.round = round;
    entry.used = true;
    entry.open.holders++;
    return entry.open;
  }

  void release(OpenFile file) {
    if (--file.holders == 0) {
      try {
        file.channel.close();
      } catch (IOException e) {
        log.debug("a file that was only read", e);
      }
    }
  }

  /** Lets go of what nobody asked for since the last call: a deleted file frees its space. */
  void forgetUnused() {
    Iterator<Entry> entries = open.values().iterator();
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (!entry.used) {
        entries.remove();
        release(entry.open);
      }
      entry.used = false;
    }
  }

  void close() {
    open.values().forEach(entry -> release(entry.open));
    open.clear();
  }

  /** Bytes that go from the page cache to the socket without passing through this program. */
  DefaultFileRegion region(OpenFile file, long first, long length) {
    return new Shared(this, file, first, length);
  }

  private static boolean isSame(Entry entry) {
    try {
      return look(entry.file).equals(entry.look);
    } catch (IOException e) {
      return false;
    }
  }

  private Entry opened(Path folder, String path, long round) throws IOException {
    Path asked = folder.resolve(path);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Path file = asked.toRealPath();
      if (!file.startsWith(folder.toRealPath())) {
        throw new NoSuchFileException(path, null, "leads out of the folder");
      }
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(path, null, "no file");
      }
      Look before = look(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        byte[] content = content(channel, before);
        // Java cannot stat an open file; the same before and after means the opened one was meant.
        if (before.equals(look(file)) && channel.size() == before.size()) {
          Version version =
              Version.of(before.size(), before.modified().toInstant(), before.inode());
          // By the name that was asked for: its links may come to lead elsewhere.
          return new Entry(
              asked, before, new OpenFile(channel, version, contentType(path), content), round);
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close();
    }
    throw new FileSystemException(path, null, "is being written to");
  }

  private byte @Nullable [] content(FileChannel channel, Look look) throws IOException {
    Instant settled = clock.instant().minus(SETTLED);
    if (look.size() > SMALL || look.changed().toInstant().isAfter(settled)) {
      return null;
    }
    ByteBuffer content = ByteBuffer.allocate((int) look.size());
    while (content.hasRemaining() && channel.read(content, content.position()) > 0) {
      // Once is enough, but for a file that shrinks meanwhile, which the second look shows.
    }
    return content.array();
  }

  private static Look look(Path file) throws IOException {
    Map<String, Object> seen =
        Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,dev");
    return new Look(
        ((Number) the("size", seen)).longValue(),
        (FileTime) the("lastModifiedTime", seen),
        (FileTime) the("ctime", seen),
        ((Number) the("ino", seen)).longValue(),
        ((Number) the("dev", seen)).longValue());
  }

  private static Object the(String name, Map<String, Object> seen) {
    return Objects.requireNonNull(seen.get(name), name);
  }

  /** UEFI HTTP Boot looks at the type, and at the name's ending where that says nothing. */
  static String contentType(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".efi")) {
      return "application/efi";
    }
    return name.endsWith(".txt") ? BootAnswer.PLAIN : "application/octet-stream";
  }

  /** Leaves the file open for the others that send from it. */
  private static final class Shared extends DefaultFileRegion {
    private final FilesServer files;
    private final OpenFile file;

    Shared(FilesServer files, OpenFile file, long first, long length) {
      super(file.channel, first, length);
      this.files = files;
      this.file = file;
      file.holders++;
    }

    @Override
    protected void deallocate() {
      files.release(file);
    }
  }
}
