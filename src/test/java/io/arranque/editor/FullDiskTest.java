package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  private static final SitePath DOCUMENT = SitePath.parse("cloud-init/a/user-data").orElseThrow();

  @TempDir private Path place;

  @Test
  void a_full_disk_is_told_and_the_old_file_stays_whole() throws Exception {
    assertThat(onSmallDisk())
        .containsExactly(
            "SAVE DISK_FULL", "FILE old", "BESIDE [user-data]", "KEEP DISK_FULL", "EDITS []");
  }

  /** In a mount namespace of its own: the small disk vanishes with the child. */
  private List<String> onSmallDisk() throws Exception {
    Path disk = Files.createDirectory(place.resolve("disk"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=128k tmpfs " + disk + " || exit 77; exec \"$0\" \"$@\"",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                disk.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeFalse(child.exitValue() == 77, "needs the right to mount");
    return said.lines().toList();
  }

  /** Fills the disk and saves. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Path disk = Path.of(arguments[0]);
      Path file = disk.resolve(DOCUMENT.text());
      Files.createDirectories(file.getParent());
      Files.writeString(file, "old");
      SiteFiles files = new SiteFiles(disk);
      FileText before = files.read(DOCUMENT);
      Files.write(disk.resolve("filler"), new byte[100_000]);
      try {
        files.write(DOCUMENT, "new\n".repeat(20_000), before.hash());
        System.out.println("SAVE done");
      } catch (FileFailure e) {
        System.out.println("SAVE " + e.kind());
      }
      System.out.println("FILE " + Files.readString(file));
      System.out.println("BESIDE " + names(file.getParent()));
      Path edits = disk.resolve("edits");
      try {
        FileText large = FileText.of("new\n".repeat(20_000));
        new EditHistory(edits).keep(DOCUMENT, Instant.EPOCH, "ana", large, "x");
        System.out.println("KEEP done");
      } catch (FileFailure e) {
        System.out.println("KEEP " + e.kind());
      }
      System.out.println("EDITS " + names(edits));
    }

    private static List<String> names(Path folder) throws Exception {
      try (Stream<Path> files = Files.list(folder)) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
      }
    }
  }
}
