package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of files: never of two versions at once, and never more of them than agreed. */
class FilePagesServerTest {
  private static final int PAGE = FilePagesServer.PAGE;

  @TempDir Path folder;
  private final FilePagesServer files = new FilePagesServer(3);

  @AfterEach
  void givesEverythingBack() {
    files.clear();
    assertThat(files.pages()).isZero();
  }

  @Test
  void piecesAcrossPagesAreThoseOfTheFile() throws Exception {
    byte[] octets = write("image", 5 * PAGE + 17);
    Content content = files.open(folder.resolve("image"));
    assertThat(content.size()).isEqualTo(octets.length);
    for (long from : new long[] {0, 1, PAGE - 1, 2L * PAGE - 700, 5L * PAGE - 5, 0}) {
      int length = (int) Math.min(1468, octets.length - from);
      assertThat(read(content, from, length))
          .isEqualTo(Arrays.copyOfRange(octets, (int) from, (int) from + length));
    }
    content.close();
  }

  @Test
  void noMorePagesAreHeldThanAgreed() throws Exception {
    byte[] octets = write("image", 10 * PAGE);
    Content content = files.open(folder.resolve("image"));
    for (int page = 0; page < 10; page++) {
      assertThat(read(content, (long) page * PAGE, PAGE))
          .isEqualTo(Arrays.copyOfRange(octets, page * PAGE, (page + 1) * PAGE));
    }
    assertThat(files.pages()).isEqualTo(3);
    content.close();
  }

  @Test
  void anEmptyFileHasNoPages() throws Exception {
    write("empty", 0);
    Content content = files.open(folder.resolve("empty"));
    assertThat(content.size()).isZero();
    assertThat(read(content, 0, 0)).isEmpty();
    content.close();
  }

  @Test
  void twoReadersShareTheirPages() throws Exception {
    write("loader", 1000);
    Content one = files.open(folder.resolve("loader"));
    Content other = files.open(folder.resolve("loader"));
    assertThat(read(one, 0, 1000)).isEqualTo(read(other, 0, 1000));
    assertThat(files.pages()).isEqualTo(1);
    one.close();
    assertThat(read(other, 0, 1000)).hasSize(1000);
    other.close();
  }

  @Test
  void aFileWrittenToIsReadAnewByTheNextAndBreaksTheOneUnderWay() throws Exception {
    write("image", 3 * PAGE);
    Path path = folder.resolve("image");
    Content before = files.open(path);
    read(before, 0, 10);
    Files.write(path, new byte[] {1, 2, 3}, StandardOpenOption.WRITE);
    assertThatThrownBy(() -> read(before, PAGE, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("it was changed while it was sent");
    Content after = files.open(path);
    assertThat(read(after, 0, 3)).containsExactly(1, 2, 3);
    before.close();
    after.close();
  }

  @Test
  void aFileReplacedOrRemovedIsReadToItsEnd() throws Exception {
    byte[] old = write("image", 3 * PAGE);
    Path path = folder.resolve("image");
    Content before = files.open(path);
    write("new", 100);
    Files.move(folder.resolve("new"), path, StandardCopyOption.REPLACE_EXISTING);
    assertThat(read(before, 2L * PAGE, PAGE))
        .isEqualTo(Arrays.copyOfRange(old, 2 * PAGE, 3 * PAGE));
    assertThat(files.open(path).size()).isEqualTo(100);
    Files.delete(path);
    assertThat(read(before, PAGE, PAGE)).isEqualTo(Arrays.copyOfRange(old, PAGE, 2 * PAGE));
    before.close();
  }

  @Test
  void aTruncatedFileIsAnError() throws Exception {
    write("image", 3 * PAGE);
    Path path = folder.resolve("image");
    Content content = files.open(path);
    Files.write(path, new byte[5]);
    assertThatThrownBy(() -> read(content, 0, 10)).isInstanceOf(IOException.class);
    content.close();
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    write("real", 10);
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    assertThatThrownBy(() -> files.open(folder.resolve("link"))).isInstanceOf(IOException.class);
  }

  private byte[] write(String name, int size) throws IOException {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    Files.write(folder.resolve(name), octets);
    return octets;
  }

  private static byte[] read(Content content, long offset, int length) throws IOException {
    byte[] octets = new byte[length + 2];
    content.copy(offset, length, ByteBuffer.wrap(octets), 1);
    return Arrays.copyOfRange(octets, 1, length + 1);
  }
}
