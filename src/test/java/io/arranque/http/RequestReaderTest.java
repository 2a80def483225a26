package io.arranque.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.http.RequestReader.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StringConcatToTextBlock") // HTTP ends its lines by CR LF
class RequestReaderTest {
  private static final String HOST = "Host: x\r\n";

  private final RequestReader reader = new RequestReader();

  @Test
  void requestsInPiecesOfAnySizeAreTheSameRequests() {
    String stream =
        "GET /a HTTP/1.1\r\n"
            + HOST
            + "Range: bytes=0-1\r\n\r\n"
            + "\r\nPOST /b HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 5\r\n\r\nhello"
            + "POST /c HTTP/1.1\n"
            + "host:y\nTransfer-Encoding: chunked\n\n"
            + "3;x=y\r\nabc\r\n0a\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
            + "HEAD http://x/d HTTP/1.0\r\n\r\n";
    List<String> expected =
        List.of("GET /a ", "POST /b hello", "POST /c abc0123456789", "HEAD http://x/d ");
    for (int seed = 0; seed < 300; seed++) {
      assertThat(read(stream, new Random(seed))).as("seed %s", seed).isEqualTo(expected);
    }
  }

  private static List<String> read(String stream, Random random) {
    RequestReader reader = new RequestReader();
    List<String> requests = new ArrayList<>();
    int at = 0;
    while (at < stream.length()) {
      int count = Math.min(1 + random.nextInt(40), stream.length() - at);
      add(reader, stream.substring(at, at + count));
      at += count;
      for (Result result = reader.read(); result != Result.MORE; result = reader.read()) {
        assertThat(result).isEqualTo(Result.REQUEST);
        requests.add(
            reader.head().method
                + " "
                + reader.head().target
                + " "
                + new String(reader.body(), StandardCharsets.US_ASCII));
        reader.next();
      }
    }
    return requests;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1\\nHost: x\\n\\n | true",
        "GET / HTTP/1.1\\nHost: x\\nConnection: close\\n\\n | false",
        "GET / HTTP/1.1\\nHost: x\\nConnection: foo, Close\\n\\n | false",
        "GET / HTTP/1.0\\n\\n | false",
        "GET / HTTP/1.0\\nConnection: Keep-Alive\\n\\n | true",
        "GET / HTTP/1.7\\nHost: x\\n\\n | true"
      })
  void theConnectionGoesOnAsTheClientWishes(String request, boolean goesOn) {
    add(reader, request.replace("\\n", "\r\n"));
    assertThat(reader.read()).isEqualTo(Result.REQUEST);
    assertThat(reader.head().keepsAlive()).isEqualTo(goesOn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n\n",
        "GET  / HTTP/1.1\nHost: x\n\n",
        "GET /\n\n",
        "GET / HTTP/1.1\n\n",
        "GET / HTTP/1.1\nHost: x\nHost: y\n\n",
        "GET / HTTP/1.1\nHost : x\n\n",
        "GET / HTTP/1.1\nHost: x\n continued\n\n",
        "GET / HTTP/1.1\nHost: x\nno colon\n\n",
        "GET / HTTP/1.1\nHost: x\nA: b\u0000\n\n",
        "GET /\u0001 HTTP/1.1\nHost: x\n\n",
        "G(T / HTTP/1.1\nHost: x\n\n",
        "POST / HTTP/1.1\nHost: x\nContent-Length: -1\n\n",
        "POST / HTTP/1.1\nHost: x\nContent-Length: +1\n\n",
        "POST / HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\n",
        "POST / HTTP/1.1\nHost: x\nContent-Length: 4\nTransfer-Encoding: chunked\n\n",
        "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nContent-Length: 4\n\n",
        "POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n",
        "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nx\n",
        "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n1\nab\n0\n\n",
        "\n\n\n\n\n\n\n\n\n\n"
      })
  void whatTwoReadersCouldUnderstandDifferentlyIsRefused(String request) {
    assertThat(status(request)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "417, 'Expect: something'",
    "501, 'Transfer-Encoding: gzip, chunked'",
    "413, 'Content-Length: 16385'",
    "413, 'Content-Length: 999999999999999999'"
  })
  void whatIsNotServedHasItsOwnStatus(int status, String header) {
    assertThat(status("POST / HTTP/1.1\nHost: x\n" + header + "\n\n")).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "a b, 400",
    "a/../b, 400",
    "user@host, 400",
    "10.0.0.1:8081, 200",
    "[fe80::1]:80, 200",
    "'', 200"
  })
  void aHostThatIsNoneIsRefused(String host, int expected) {
    add(reader, "GET / HTTP/1.1\nHost: " + host + "\n\n");
    assertThat(reader.read()).isEqualTo(expected == 200 ? Result.REQUEST : Result.MALFORMED);
  }

  @Test
  void anotherVersionOfHttpIsNamedAsSuch() {
    assertThat(status("GET / HTTP/2.0\nHost: x\n\n")).isEqualTo(505);
  }

  @Test
  void limitsHoldAlsoForWhatNeverEnds() {
    assertThat(status("GET /" + "a".repeat(RequestReader.MAX_LINE))).isEqualTo(414);
    assertThat(status("GET / HTTP/1.1\nX: " + "a".repeat(RequestReader.MAX_HEAD))).isEqualTo(431);
    String chunked = "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n";
    assertThat(status(chunked + "4001\n")).isEqualTo(413);
    assertThat(status(chunked + "1;" + "a".repeat(RequestReader.MAX_HEAD))).isEqualTo(431);
    assertThat(status(chunked + "1\na\n".repeat(RequestReader.MAX_BODY + 1))).isBetween(413, 431);
  }

  @Test
  void consentIsDueOnceAndOnlyForABody() {
    add(reader, "POST / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertThat(reader.read()).isEqualTo(Result.MORE);
    assertThat(reader.takeConsentDue()).isTrue();
    assertThat(reader.takeConsentDue()).isFalse();
    add(reader, "ok");
    assertThat(reader.read()).isEqualTo(Result.REQUEST);
    assertThat(new String(reader.body(), StandardCharsets.US_ASCII)).isEqualTo("ok");
  }

  @Test
  void anythingAtAllIsReadWithoutAnException() {
    byte[] alphabet =
        "GET / HTTP/1.1\r\n\r\n:Host x0\u0000\u00ff;".getBytes(StandardCharsets.ISO_8859_1);
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder stream = new StringBuilder(seed % 3 == 0 ? "GET / HTTP/1.1\r\n" : "");
      for (int i = random.nextInt(200); i > 0; i--) {
        stream.append((char) (alphabet[random.nextInt(alphabet.length)] & 0xff));
      }
      RequestReader any = new RequestReader();
      add(any, stream.toString());
      for (int i = 0; i < 300 && any.read() == Result.REQUEST; i++) {
        any.next();
      }
    }
  }

  private int status(String request) {
    RequestReader fresh = new RequestReader();
    add(fresh, request.replace("\n", "\r\n"));
    assertThat(fresh.read()).isEqualTo(Result.MALFORMED);
    return fresh.malformed().status();
  }

  private static void add(RequestReader reader, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(octets, 0, reader.room(octets.length), reader.end(), octets.length);
    reader.added(octets.length);
  }
}
