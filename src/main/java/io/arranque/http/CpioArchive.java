package io.arranque.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * A gzipped "newc" cpio archive, as the kernel unpacks it over the initrd. The same files give the
 * same bytes: no time stamps, owner root.
 */
final class CpioArchive {
  private static final int DIRECTORY = CpioConstants.C_ISDIR | 0755;
  private static final int PLAIN = CpioConstants.C_ISREG | 0644;
  private static final int PROGRAM = CpioConstants.C_ISREG | 0755;
  private static final int PRIVATE = CpioConstants.C_ISREG | 0600;

  /** RancherOS's own configuration, in which tokens may be. */
  private static final String PRIVATE_FOLDER = "var/lib/rancher/conf/";

  private CpioArchive() {}

  /**
   * Parent directories are added; text that begins with {@code #!} may be executed, and RancherOS's
   * own configuration is for root's eyes only.
   */
  static byte[] gzip(SortedMap<String, String> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CpioArchiveOutputStream archive =
        new CpioArchiveOutputStream(
            new GZIPOutputStream(out), CpioConstants.FORMAT_NEW, 512, "UTF-8")) {
      int inode = 1;
      // The kernel makes no parents itself: each must come before what it contains.
      for (String directory : directories(files.keySet())) {
        put(archive, directory, DIRECTORY, inode++, new byte[0]);
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        put(archive, file.getKey(), mode(file.getKey(), file.getValue()), inode++, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static int mode(String path, String text) {
    if (path.startsWith(PRIVATE_FOLDER)) {
      return PRIVATE;
    }
    return text.startsWith("#!") ? PROGRAM : PLAIN;
  }

  private static Set<String> directories(Set<String> paths) {
    Set<String> directories = new TreeSet<>();
    for (String path : paths) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        directories.add(path.substring(0, slash));
      }
    }
    return directories;
  }

  private static void put(
      CpioArchiveOutputStream archive, String path, int mode, int inode, byte[] content)
      throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path, content.length);
    entry.setMode(mode);
    entry.setInode(inode);
    entry.setNumberOfLinks(1);
    entry.setTime(0);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }
}
