package io.arranque.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Looks into the disk of a PC that is off, from outside and without mounting it. */
final class Disks {
  private static final String SIZE = "256M";

  private Disks() {}

  /** Makes a disk with a file system and files in it. */
  static void makeExt4(Path disk, String label, Map<String, String> files) throws IOException {
    Path tree = Files.createTempDirectory(disk.getParent(), "tree");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(tree.resolve(file.getKey()), file.getValue());
    }
    run(List.of("mke2fs", "-q", "-t", "ext4", "-L", label, "-d", "" + tree, "" + disk, SIZE));
  }

  static String label(Path disk) {
    return run(List.of("e2label", disk.toString())).strip();
  }

  /** The text of a file on an ext4 disk. */
  static String read(Path disk, String file) {
    return run(List.of("debugfs", "-R", "cat " + file, disk.toString()));
  }

  static String checksum(Path disk) throws IOException {
    try (InputStream file = Files.newInputStream(disk)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(file, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String run(List<String> command) {
    List<String> words = new ArrayList<>(command);
    // Debian keeps these where only root looks for programs.
    words.set(0, "/sbin/" + words.get(0));
    try {
      Process process =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", words) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
