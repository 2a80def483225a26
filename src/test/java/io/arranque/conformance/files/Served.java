package io.arranque.conformance.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The files that every server has. Their content follows from their name, so that client and server
 * need not share a disk.
 */
public final class Served {
  /** Where TFTP's root is, below the site. */
  public static final String TFTP = "tftp";

  /** Where the files for HTTP are, below the site, which is HTTP's root. */
  public static final String HTTP = "images/conf";

  /** Of all files, a whole second some days ago: an entity tag made of it is a strong one. */
  public static final Instant MODIFIED = Instant.parse("2024-02-03T04:05:06Z");

  /** Octets; sparse on disk, asked for by size only. */
  public static final long GIANT = 5L << 30;

  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("empty", 0),
          Map.entry("one", 1),
          Map.entry("short", 511),
          Map.entry("exact", 512),
          Map.entry("over", 513),
          Map.entry("exact-eight", 4096),
          Map.entry("small", 5_000),
          Map.entry("lossy", 40_000),
          Map.entry("medium", 100_000),
          Map.entry("large", 1_000_123),
          // In blocks of 8: 75001.
          Map.entry("rollover", 600_005),
          Map.entry("folder/deep/file", 3_000),
          Map.entry("with blank", 700),
          Map.entry("upload", 900),
          Map.entry("data", 100_000),
          Map.entry("big", 8 << 20));

  private Served() {}

  /** What a file of this name holds. */
  public static byte[] content(String name) {
    if (name.equals("text")) {
      return text();
    }
    Integer size = SIZES.get(name);
    if (size == null) {
      throw new IllegalArgumentException("no such file: " + name);
    }
    byte[] content = new byte[size];
    new Random(name.hashCode()).nextBytes(content);
    return content;
  }

  /** Text with each thing that netascii writes in two octets, at every place in a block. */
  private static byte[] text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 700; i++) {
      text.append("x".repeat(i % 7)).append(i % 3 == 0 ? "\r" : "\n");
    }
    return text.append("\r\nend").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Puts them where the servers look; readable for whoever a server runs as. */
  static void write(Path site) throws IOException {
    for (String root : List.of(TFTP, HTTP)) {
      for (String name : SIZES.keySet()) {
        put(site.resolve(root).resolve(name), content(name));
      }
      put(site.resolve(root).resolve("text"), content("text"));
    }
    Path giant = site.resolve(TFTP).resolve("giant");
    try (RandomAccessFile file = new RandomAccessFile(giant.toFile(), "rw")) {
      file.setLength(GIANT);
    }
    put(site.resolve("secret"), "nobody may read this".getBytes(StandardCharsets.US_ASCII));
    for (Path open = site; open.getNameCount() > 1; open = open.getParent()) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (open.getParent().equals(Path.of(System.getProperty("java.io.tmpdir")))) {
        break;
      }
    }
  }

  private static void put(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
  }
}
