package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels, initrds and loaders: whole, in parts, conditionally, and nothing else. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class FileDownloadTest extends RunningBootServer {
  @Test
  void aSmallAndALargeFileArriveWhole() throws Exception {
    byte[] large = random(50 * 1024 * 1024);
    Files.write(folder.resolve("images/linux/initrd"), large);
    booting();
    assertThat(sha(bytes("/images/linux/initrd").body())).isEqualTo(sha(large));
    BootEvent event = timeline.next();
    assertThat(event.stage()).isEqualTo(Stage.INITRD);
    assertThat(event.bytes()).isEqualTo(large.length);
    assertThat(bytes("/images/linux/vmlinuz").body()).hasSize(2000);
    assertThat(timeline.next().stage()).isEqualTo(Stage.KERNEL);
    assertThat(bytes("/images/linux/empty").body()).isEmpty();
  }

  @Test
  void aMissingFileThatIsNoStageOfABootIsRecordedAndNotAHundredTimes() throws Exception {
    assertThat(bytes("/images/linux/root.squashfs").statusCode()).isEqualTo(404);
    booting();
    assertThat(bytes("/images/linux/root.squashfs").statusCode()).isEqualTo(404);
    BootEvent event = timeline.next();
    assertThat(event.reason()).isEqualTo(Reason.OTHER_FILE_MISSING);
    assertThat(event.detail()).isEqualTo("images/linux/root.squashfs");
    for (int i = 0; i < 100; i++) {
      assertThat(bytes("/images/linux/pool/" + i + ".deb").statusCode()).isEqualTo(404);
    }
    assertThat(bytes("/images/linux/vmlinuz").statusCode()).isEqualTo(200);
    int missed = 1;
    for (event = timeline.next(); event.stage() != Stage.KERNEL; event = timeline.next()) {
      missed++;
    }
    assertThat(missed).isBetween(Missed.MOST, 8 * Missed.MOST);
  }

  @Test
  void aDownloadBrokenOffIsRecordedAsSuch() throws Exception {
    Files.write(folder.resolve("images/linux/initrd"), new byte[50 * 1024 * 1024]);
    booting();
    try (Socket socket = connect()) {
      send(socket, "GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
    }
    BootEvent event = timeline.next();
    assertThat(event.reason()).isEqualTo(Reason.TRANSFER_ABORTED);
    assertThat(event.bytes()).isLessThan(50 * 1024 * 1024);
  }

  @Test
  void aFileReplacedInTheMiddleGoesOnWithItsOldContent() throws Exception {
    Path file = folder.resolve("images/linux/initrd");
    byte[] old = random(20 * 1024 * 1024);
    Files.write(file, old);
    try (Socket socket = connect()) {
      send(socket, "GET /images/linux/initrd HTTP/1.0\r\n\r\n");
      byte[] begin = socket.getInputStream().readNBytes(1000);
      Path next = Files.write(folder.resolve("next"), new byte[] {1});
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      byte[] rest = socket.getInputStream().readAllBytes();
      int head = new String(begin, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
      assertThat(begin.length - head + rest.length).isEqualTo(old.length);
    }
    assertThat(bytes("/images/linux/initrd").body()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3|206|bytes 0-3/10|0123",
        "bytes=5-|206|bytes 5-9/10|56789",
        "bytes=-2|206|bytes 8-9/10|89",
        "bytes=-20|206|bytes 0-9/10|0123456789",
        "bytes=8-99|206|bytes 8-9/10|89",
        "bytes=10-|416|bytes */10|''",
        "bytes=-0|416|bytes */10|''",
        "bytes=3-1|200|''|0123456789",
        "bytes=0-1,3-4|200|''|0123456789",
        "lines=1-2|200|''|0123456789",
        "bytes=99999999999999999999-|200|''|0123456789"
      })
  void oneRangeIsServed(String range, int status, String contentRange, String body)
      throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/images/linux/initrd").header("Range", range).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-range").orElse("")).isEqualTo(contentRange);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void conditionsAreHeeded() throws Exception {
    HttpResponse<String> first = get("/images/linux/initrd");
    String tag = first.headers().firstValue("etag").orElseThrow();
    String date = first.headers().firstValue("last-modified").orElseThrow();
    assertThat(status("If-None-Match", tag)).isEqualTo(304);
    assertThat(status("If-None-Match", "\"x\", W/" + tag)).isEqualTo(304);
    assertThat(status("If-None-Match", "\"x\"")).isEqualTo(200);
    assertThat(status("If-Modified-Since", date)).isEqualTo(304);
    assertThat(status("If-Modified-Since", "yesterday")).isEqualTo(200);
    assertThat(status("If-Match", "\"x\"")).isEqualTo(412);
    assertThat(status("Range", "bytes=0-1", "If-Range", tag)).isEqualTo(206);
    assertThat(status("Range", "bytes=0-1", "If-Range", date)).isEqualTo(206);
    assertThat(status("Range", "bytes=0-1", "If-Range", "\"x\"")).isEqualTo(200);
    Files.writeString(folder.resolve("images/linux/initrd"), "abcdefghijk");
    assertThat(status("If-None-Match", tag)).isEqualTo(200);
  }

  @Test
  void headTellsTheLengthAndRecordsNothing() throws Exception {
    booting();
    HttpResponse<String> head =
        client.send(
            request("/images/linux/vmlinuz")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(head.headers().firstValue("content-length")).contains("2000");
    assertThat(get("/images/linux/initrd").body()).hasSize(10);
    assertThat(timeline.next().stage()).isEqualTo(Stage.INITRD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/images/../arranque.yaml",
        "/images/linux/..%2f..%2farranque.yaml",
        "/images/linux",
        "/images/linux/",
        "/images/linux/link",
        "/images/linux/vmlinuz/x",
        "/images/linux/image.yaml",
        "/images//%2e%2e/arranque.yaml",
        "/tftp/../arranque.yaml"
      })
  void noTrickReadsAnythingElse(String path) throws Exception {
    Files.createSymbolicLink(folder.resolve("images/linux/link"), folder.resolve("arranque.yaml"));
    Files.writeString(folder.resolve("images/linux/image.yaml"), "secret");
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 40[34] ").doesNotContain("secret");
  }
}
