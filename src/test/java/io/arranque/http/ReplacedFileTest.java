package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that change while they are served: old content to its end, new content after. */
@Timeout(60)
class ReplacedFileTest extends RunningBootServer {
  private static final int LARGE = 30 * 1024 * 1024;
  private static final String GET = "GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\n\r\n";

  private Path file() {
    return folder.resolve("images/linux/initrd");
  }

  private void replace(String text) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private String tag() throws Exception {
    return get("/images/linux/initrd").headers().firstValue("etag").orElseThrow();
  }

  @Test
  void theSameConnectionGetsTheOldFileToItsEndAndThenTheNew() throws Exception {
    byte[] old = random(LARGE);
    Files.write(file(), old);
    try (Socket socket = connect()) {
      send(socket, GET);
      byte[] head = head(socket);
      assertThat(new String(head, StandardCharsets.ISO_8859_1))
          .contains("content-length: " + LARGE);
      replace("new");
      send(socket, GET.replace("Host: x", "Host: x\r\nConnection: close"));
      assertThat(sha(socket.getInputStream().readNBytes(LARGE))).isEqualTo(sha(old));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("\r\n\r\nnew");
    }
  }

  private static byte[] head(Socket socket) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void eachReplacementHasATagOfItsOwnFromTheNextRequestOn() throws Exception {
    String last = tag();
    for (int i = 0; i < 50; i++) {
      replace("content " + i % 10);
      assertThat(get("/images/linux/initrd").body()).isEqualTo("content " + i % 10);
      String tag = tag();
      assertThat(tag).isNotEqualTo(last);
      last = tag;
    }
  }

  /** Kept in memory once it has settled; found changed all the same, even at the same time. */
  @Test
  void aSmallFileKeptInMemoryIsGivenUpWhenItChanges() throws Exception {
    FileTime past = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file(), past);
    assertThat(get("/images/linux/initrd").body()).isEqualTo("0123456789");
    try (RandomAccessFile inPlace = new RandomAccessFile(file().toFile(), "rw")) {
      inPlace.write("abcdefghij".getBytes(StandardCharsets.US_ASCII));
    }
    Files.setLastModifiedTime(file(), past);
    assertThat(get("/images/linux/initrd").body()).isEqualTo("abcdefghij");
    Files.delete(file());
    assertThat(get("/images/linux/initrd").statusCode()).isEqualTo(404);
  }

  @Test
  void aFileCutShortInPlaceEndsTheConnectionInsteadOfBeingPadded() throws Exception {
    Files.write(file(), random(LARGE));
    try (Socket socket = connect()) {
      send(socket, GET);
      head(socket);
      try (RandomAccessFile inPlace = new RandomAccessFile(file().toFile(), "rw")) {
        inPlace.setLength(LARGE / 3);
      }
      long got;
      try {
        got = socket.getInputStream().readAllBytes().length;
      } catch (java.net.SocketException reset) {
        got = 0;
      }
      assertThat(got).isLessThan(LARGE);
    }
    assertThat(bytes("/images/linux/initrd").body()).hasSize(LARGE / 3);
  }

  @Test
  void aLinkThatComesToLeadElsewhereIsFollowedThere() throws Exception {
    Path one = Files.writeString(folder.resolve("images/linux/one"), "one");
    Path two = Files.writeString(folder.resolve("images/linux/two"), "two");
    Path link = Files.createSymbolicLink(folder.resolve("images/linux/link"), one);
    assertThat(get("/images/linux/link").body()).isEqualTo("one");
    Files.delete(link);
    Files.createSymbolicLink(link, two);
    assertThat(get("/images/linux/link").body()).isEqualTo("two");
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("arranque.yaml"));
    assertThat(get("/images/linux/link").statusCode()).isEqualTo(404);
  }
}
