package io.arranque.http;

import io.arranque.http.FileReply.Version;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * Opens files for sending. A file is opened once per request: when it is replaced meanwhile, the
 * request goes on with the old content.
 */
final class FileServer {
  private static final int MAX_ATTEMPTS = 3;

  private FileServer() {}

  /** An open file and what it is; close it, or let its region do so. */
  record Opened(FileChannel channel, Version version) implements AutoCloseable {
    /** Bytes that go from the page cache to the socket without passing through this program. */
    DefaultFileRegion region(FileReply reply) {
      return new DefaultFileRegion(channel, reply.first(), reply.length());
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * Opens a file below a folder.
   *
   * @param path already free of {@code ..}; symbolic links are followed, but not out of the folder
   * @throws IOException when there is no such regular file, or it cannot be read
   */
  static Opened open(Path folder, String path) throws IOException {
    Path file = folder.resolve(path).toRealPath();
    if (!file.startsWith(folder.toRealPath())) {
      throw new NoSuchFileException(path, null, "leads out of the folder");
    }
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(path, null, "no file");
      }
      Version before = version(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      // Java cannot stat an open file; the same before and after means the opened one was meant.
      if (before.equals(version(file)) && channel.size() == before.size()) {
        return new Opened(channel, before);
      }
      channel.close();
    }
    throw new FileSystemException(path, null, "is being written to");
  }

  private static Version version(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return Version.of(
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        ((Number) Files.getAttribute(file, "unix:ino")).longValue());
  }

  /** UEFI HTTP Boot looks at the type, and at the name's ending where that says nothing. */
  static String contentType(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".efi")) {
      return "application/efi";
    }
    return name.endsWith(".txt") ? BootAnswer.PLAIN : "application/octet-stream";
  }
}
