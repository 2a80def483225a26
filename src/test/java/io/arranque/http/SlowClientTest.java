package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.http.BootHttpSettings.Limits;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow, broken or ill-meant, over real sockets; and that the others live. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class SlowClientTest extends RunningBootServer {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String GET_LARGE = "GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\n\r\n";

  @Test
  void aRequestThatDoesNotComeWholeInTimeIsCut() throws Exception {
    restart(limited(new Limits(SHORT, LONG, LONG, 1, 100, 100)));
    assertThat(raw("GET /boot.ipxe HTTP/1.1\r\nHost:")).isEmpty();
    assertThat(raw("")).isEmpty();
    assertThat(raw("POST /boot/a/b/phone-home HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"))
        .isEmpty();
  }

  @Test
  void lettersSentOneByOneDoNotKeepARequestAlive() throws Exception {
    restart(limited(new Limits(SHORT, LONG, LONG, 1, 100, 100)));
    try (Socket slow = connect()) {
      send(slow, "GET /boot.ipxe HTTP/1.1\r\nHost: x\r\nX: ");
      slow.setSoTimeout(20);
      int read = 0;
      while (read != -1) {
        try {
          send(slow, "a");
          read = slow.getInputStream().read();
        } catch (java.net.SocketTimeoutException e) {
          assertThat(get("/boot.ipxe").statusCode()).isEqualTo(200);
        } catch (java.net.SocketException reset) {
          read = -1;
        }
      }
    }
  }

  @Test
  void aConnectionWithoutRequestIsClosedAfterItsTime() throws Exception {
    restart(limited(new Limits(LONG, SHORT, LONG, 1, 100, 100)));
    assertThat(raw("GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\n\r\n"))
        .endsWith("\r\n\r\n0123456789");
  }

  @Test
  void aDownloadThatDoesNotMoveIsCutAndTheReasonRecorded() throws Exception {
    Files.write(folder.resolve("images/linux/initrd"), new byte[50 * 1024 * 1024]);
    booting();
    restart(limited(new Limits(LONG, LONG, SHORT, 1, 100, 100)));
    try (Socket stalled = connect()) {
      send(stalled, GET_LARGE);
      assertThat(stalled.getInputStream().readNBytes(100)).hasSize(100);
      BootEvent event = timeline.next();
      assertThat(event.reason()).isEqualTo(Reason.TOO_SLOW);
      assertThat(event.bytes()).isBetween(1L, 50L * 1024 * 1024 - 1);
    }
  }

  @Test
  void aDownloadThatMovesIsNotCutHoweverLongItTakes() throws Exception {
    Files.write(folder.resolve("images/linux/initrd"), new byte[20 * 1024 * 1024]);
    restart(limited(new Limits(LONG, LONG, SHORT, 1, 100, 100)));
    try (Socket slow = connect()) {
      send(slow, GET_LARGE.replace("1.1", "1.0"));
      InputStream in = slow.getInputStream();
      long read = 0;
      long began = System.nanoTime();
      for (int n = in.read(new byte[256 * 1024]); n > 0; n = in.read(new byte[256 * 1024])) {
        read += n;
        // 20 MB in at least a second, which is several times the time in which it has to move.
        long due = began + read * 50;
        while (System.nanoTime() < due) {
          Thread.onSpinWait();
        }
      }
      assertThat(read).isGreaterThan(20L * 1024 * 1024);
    }
  }

  @Test
  void answersThatNobodyReadsDoNotPileUp() throws Exception {
    Files.write(folder.resolve("images/linux/big"), new byte[15_000]);
    restart(limited(new Limits(SHORT, SHORT, SHORT, 1, 100, 100)));
    try (Socket deaf = connect()) {
      String request = "GET /images/linux/big HTTP/1.1\r\nHost: x\r\n\r\n";
      long sent = 0;
      try {
        while (sent < 200_000_000L) {
          send(deaf, request.repeat(100));
          sent += 100L * request.length();
        }
      } catch (java.net.SocketException cut) {
        assertThat(sent).isLessThan(200_000_000L);
      }
    }
    assertThat(get("/boot.ipxe").statusCode()).isEqualTo(200);
  }

  @Test
  void aLastAnswerThatNobodyReadsHoldsNothing() throws Exception {
    Files.write(folder.resolve("images/linux/big"), new byte[15_000]);
    restart(limited(new Limits(SHORT, SHORT, SHORT, 1, 1, 100)));
    try (Socket deaf = connect()) {
      String request = "GET /images/linux/big HTTP/1.1\r\nHost: x\r\n\r\n";
      try {
        send(
            deaf,
            request.repeat(2000) + request.replace("Host: x", "Host: x\r\nConnection: close"));
      } catch (java.net.SocketException cut) {
        assertThat(cut).hasMessageMatching("(?i).*(reset|broken pipe).*");
      }
      // Of one connection there is room for: it is served once the deaf one was cut.
      String answer = "";
      for (long end = System.nanoTime() + LONG.toNanos();
          !answer.startsWith("HTTP/1.1 200") && System.nanoTime() < end; ) {
        answer = raw("GET /boot.ipxe HTTP/1.0\r\n\r\n");
      }
      assertThat(answer).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void oneAddressCannotTakeAllConnections() throws Exception {
    restart(limited(new Limits(LONG, LONG, LONG, 1, 100, 2)));
    refusesTheThird();
  }

  @Test
  void theNumberOfConnectionsIsBounded() throws Exception {
    restart(limited(new Limits(LONG, LONG, LONG, 1, 2, 100)));
    refusesTheThird();
  }

  private void refusesTheThird() throws Exception {
    try (Socket one = connect();
        Socket two = connect()) {
      for (Socket socket : List.of(one, two)) {
        send(socket, "GET /boot.ipxe HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.getInputStream().readNBytes(8)).asString().isEqualTo("HTTP/1.1");
      }
      assertThat(raw("GET /boot.ipxe HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 503 ")
          .endsWith("Too many connections at once.\n");
      send(one, "GET /boot.ipxe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(one.getInputStream().readAllBytes()).isNotEmpty();
    }
    // They count no more: it may take a moment until the server knows that they are gone.
    for (int tries = 0; ; tries++) {
      String answer = raw("GET /boot.ipxe HTTP/1.0\r\n\r\n");
      if (answer.startsWith("HTTP/1.1 200")) {
        return;
      }
      assertThat(tries).isLessThan(1000);
    }
  }

  @Test
  void aHundredSlowClientsDoNotHinderTheNext() throws Exception {
    restart(limited(new Limits(LONG, LONG, LONG, 1, 1000, 1000)));
    Files.write(folder.resolve("images/linux/big"), random(3 * 1024 * 1024));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = connect();
        slow.add(socket);
        send(socket, i % 2 == 0 ? "GET /images/linux/big HTTP/1.1\r\nHost: x\r\n\r\n" : "GET /");
      }
      assertThat(bytes("/images/linux/big").body()).isEqualTo(random(3 * 1024 * 1024));
      assertThat(get("/boot.ipxe").body()).startsWith("#!ipxe");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void whoSaysNoMoreStillGetsItsAnswers() throws Exception {
    try (Socket socket = connect()) {
      send(socket, "GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2));
      socket.shutdownOutput();
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answers.split("0123456789", -1)).hasSize(3);
    }
  }
}
