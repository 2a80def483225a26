package io.arranque.systems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test that stands between a disk and mkfs, run by a shell on files. */
class BlankDiskTest {
  private static final long SIZE = 5_000_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"check-disk", "data-disk"})
  void a_disk_of_nothing_but_zeros_is_blank(String guard) throws IOException {
    assertThat(verdict(guard, disk())).isEqualTo("blank");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 510, 1080, 65_600, 1_048_575, 4_100_000, SIZE - 65_536, SIZE - 1})
  void one_byte_where_tables_and_file_systems_have_their_marks_makes_it_not_blank(long at)
      throws IOException {
    Path disk = disk();
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(at);
      file.write(1);
    }

    assertThat(verdict("check-disk", disk)).isEqualTo("holds data");
    assertThat(verdict("data-disk", disk)).isEqualTo("holds data");
  }

  @Test
  void what_cannot_be_read_is_not_blank() {
    assertThat(verdict("check-disk", folder.resolve("nothing"))).isEqualTo("holds data");
  }

  private Path disk() throws IOException {
    Path disk = folder.resolve("disk");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(0);
      file.setLength(SIZE);
    }
    return disk;
  }

  /** The guard's own functions, with a blockdev that takes files. */
  private String verdict(String guard, Path disk) {
    try {
      String text = Files.readString(Path.of("cloud-init/shared", guard));
      int begin = text.indexOf("blank() {");
      int end = text.indexOf("\n}\n", text.indexOf("ends() {")) + 3;
      Path script =
          Files.writeString(
              folder.resolve("guard"),
              "blockdev() { echo "
                  + SIZE
                  + "; }\ndisk=$1\n"
                  + text.substring(begin, end)
                  + "if blank; then echo blank; else echo holds data; fi\n");
      return String.join(
          "\n", RealTools.run(List.of("sh", script.toString(), disk.toString()), Map.of()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
