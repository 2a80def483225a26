package io.arranque.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A file of 100 MiB that nothing can compress or guess, and archives in which Linux unpacks it. */
final class LargeFile {
  static final int SIZE = 100 << 20;
  private static final int BLOCK = 1 << 20;
  private static final int ARCHIVE_BLOCK = 512;

  private LargeFile() {}

  /**
   * @return its SHA-256, as 64 hex digits
   */
  static String write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Random random = new Random(100);
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int written = 0; written < SIZE; written += BLOCK) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return sha256(file);
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A cpio archive ("newc") of one executable file in its root. */
  static void archive(Path archive, String name, Path content) throws IOException {
    Files.createDirectories(archive.getParent());
    try (OutputStream out = Files.newOutputStream(archive)) {
      long size = Files.size(content);
      long written = header(out, name, 0100755, size);
      Files.copy(content, out);
      written += size + pad(out, written + size, 4);
      written += header(out, "TRAILER!!!", 0, 0);
      pad(out, written, ARCHIVE_BLOCK);
    }
  }

  private static long header(OutputStream out, String name, int mode, long size)
      throws IOException {
    long[] fields = {1, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, name.length() + 1L, 0};
    StringBuilder text = new StringBuilder("070701");
    for (long field : fields) {
      text.append("%08x".formatted(field));
    }
    byte[] octets = text.append(name).append('\0').toString().getBytes(StandardCharsets.US_ASCII);
    out.write(octets);
    return octets.length + pad(out, octets.length, 4);
  }

  private static long pad(OutputStream out, long written, int multiple) throws IOException {
    int zeros = (int) ((multiple - written % multiple) % multiple);
    out.write(new byte[zeros]);
    return zeros;
  }
}
