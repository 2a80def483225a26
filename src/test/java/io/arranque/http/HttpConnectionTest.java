package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one connection may do: pipelining, keep-alive, limits. */
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class HttpConnectionTest extends RunningBootServer {
  @Test
  void requestsSentAheadAreAnsweredInTheirOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append(
          "GET /images/linux/initrd HTTP/1.1\r\nHost: x\r\nRange: bytes=" + i % 10 + "-\r\n\r\n");
      requests.append("GET /boot.ipxe HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    String answers =
        raw(requests + "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answers.split("HTTP/1.1 206", -1)).hasSize(51);
    assertThat(answers.split("#!ipxe", -1)).hasSize(51);
    assertThat(answers.indexOf("bytes 1-9/10")).isLessThan(answers.indexOf("bytes 2-9/10"));
    assertThat(answers.lastIndexOf("HTTP/1.1 404")).isGreaterThan(answers.lastIndexOf("#!ipxe"));
  }

  @Test
  void http10ClosesUnlessAskedToKeepAlive() throws Exception {
    assertThat(raw("GET /images/linux/initrd HTTP/1.0\r\n\r\n"))
        .contains("connection: close")
        .endsWith("\r\n\r\n0123456789");
    assertThat(
            raw(
                "GET /images/linux/initrd HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
                    + "GET /images/linux/initrd HTTP/1.0\r\n\r\n"))
        .contains("connection: keep-alive")
        .endsWith("connection: close\r\n\r\n0123456789".substring(17));
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    assertThat(raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(
            raw(
                "POST /boot/52-54-00-12-34-56/x/phone-home HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n"
                    + "\r\n"
                    + "a".repeat(20000)))
        .startsWith("HTTP/1.1 413");
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(raw("DELETE /boot.ipxe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .contains("allow: GET, HEAD");
  }
}
