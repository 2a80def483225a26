package io.arranque.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Debian's cpio, which has nothing of ours, makes of an overlay. */
class CpioArchiveTest {
  private static final SortedMap<String, String> FILES =
      new TreeMap<>(
          Map.of(
              "var/lib/rancher/conf/cloud-config.d/boot.yml", "#cloud-config\nhostname: \"a\"\n",
              "etc/issue", "caf\u00e9\n",
              "usr/local/bin/hello", "#!/bin/sh\necho hello\n",
              "empty", ""));

  @TempDir private Path folder;

  @Test
  void it_unpacks_to_the_expected_tree_with_parents_and_modes() throws Exception {
    Process cpio =
        new ProcessBuilder("cpio", "--extract", "--quiet", "--no-preserve-owner")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = cpio.getOutputStream()) {
      in.write(unzipped());
    }

    assertThat(new String(cpio.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(cpio.waitFor()).isZero();
    assertThat(tree())
        .isEqualTo(
            """
            empty rw-r--r--
            etc rwxr-xr-x
            etc/issue rw-r--r--
            usr rwxr-xr-x
            usr/local rwxr-xr-x
            usr/local/bin rwxr-xr-x
            usr/local/bin/hello rwxr-xr-x
            var rwxr-xr-x
            var/lib rwxr-xr-x
            var/lib/rancher rwxr-xr-x
            var/lib/rancher/conf rwxr-xr-x
            var/lib/rancher/conf/cloud-config.d rwxr-xr-x
            var/lib/rancher/conf/cloud-config.d/boot.yml rw-------
            """);
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      assertThat(folder.resolve(file.getKey())).hasContent(file.getValue());
    }
  }

  @Test
  void the_same_files_give_the_same_bytes_and_all_belongs_to_root() throws Exception {
    assertThat(CpioArchive.gzip(FILES)).isEqualTo(CpioArchive.gzip(new TreeMap<>(FILES)));
    Process cpio = new ProcessBuilder("cpio", "-tvn", "--quiet").start();
    try (OutputStream in = cpio.getOutputStream()) {
      in.write(unzipped());
    }
    String listed = new String(cpio.getInputStream().readAllBytes(), UTF_8);
    assertThat(listed.lines()).hasSize(13).allMatch(line -> line.matches("\\S+ +\\d+ +0 +0 .*"));
  }

  private static byte[] unzipped() throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(CpioArchive.gzip(FILES))).readAllBytes();
  }

  private String tree() throws IOException {
    StringBuilder tree = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.skip(1).sorted().toList()) {
        tree.append(folder.relativize(file))
            .append(' ')
            .append(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .append('\n');
      }
    }
    return tree.toString();
  }
}
