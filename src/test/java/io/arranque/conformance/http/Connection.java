package io.arranque.conformance.http;

import io.arranque.conformance.Violation;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A connection to the server; nothing is sent or read but what a case says. */
final class Connection implements Closeable {
  private static final int PORT = 8081;
  private static final int LINE_MAX = 20_000;

  private final Socket socket;
  private final InputStream in;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static Connection open(String own, String server) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(own), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByName(server), PORT));
    socket.setSoTimeout((int) HttpLab.ANSWER.toMillis());
    return new Connection(socket);
  }

  /** Sends a request of HTTP/1.1 without body; headers are whole lines. */
  void request(String method, String target, String... headers) throws IOException {
    send(text(method, target, headers));
  }

  static String text(String method, String target, String... headers) {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: conf\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  void send(String octets) throws IOException {
    send(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  void endOfRequests() throws IOException {
    socket.shutdownOutput();
  }

  /** With what was not read yet thrown away: the server sees a reset. */
  void breakOff() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  InputStream in() {
    return in;
  }

  /** The next answer, which must come. */
  Response response(String method) throws IOException {
    Response response = responseOrEnd(method);
    Violation.unless(response.status() != 0, "closed without an answer");
    return response;
  }

  /** The next final answer; status 0 when the server closes instead. */
  Response responseOrEnd(String method) throws IOException {
    Response response = any(method);
    while (response.status() / 100 == 1) {
      response = any(method);
    }
    return response;
  }

  /** The next answer, also an interim one. */
  Response any(String method) throws IOException {
    String line;
    try {
      line = line();
    } catch (SocketException e) {
      // A reset is a way of closing too.
      return Response.NONE;
    } catch (SocketTimeoutException e) {
      throw new Violation("no answer");
    }
    if (line.isEmpty()) {
      return Response.NONE;
    }
    Violation.unless(
        line.matches("HTTP/1\\.[01] \\d{3} .*"), "an answer that begins '" + line + "'");
    int status = Integer.parseInt(line.substring(9, 12));
    Map<String, List<String>> headers = headers();
    return new Response(status, headers, body(method, status, headers));
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      Violation.unless(colon > 0, "a header without colon: " + line);
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(String method, int status, Map<String, List<String>> headers)
      throws IOException {
    if (method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers.containsKey("transfer-encoding")) {
      Violation.unlessSame(
          "Transfer-Encoding", headers.get("transfer-encoding"), List.of("chunked"));
      return chunks();
    }
    List<String> lengths = headers.getOrDefault("content-length", List.of());
    Violation.unless(lengths.size() <= 1, "Content-Length " + lengths);
    return lengths.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(lengths.get(0)));
  }

  private byte[] exactly(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    Violation.unless(octets.length == length, octets.length + " octets, Content-Length " + length);
    return octets;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
      if (length == 0) {
        headers();
        return body.toByteArray();
      }
      body.writeBytes(exactly(length));
      Violation.unlessSame("after a chunk", line(), "");
    }
  }

  /** Without its CR LF; empty also at the end. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n') {
        Violation.unless(
            line.length() > 0 && line.charAt(line.length() - 1) == '\r', "a line without CR");
        return line.substring(0, line.length() - 1);
      }
      line.append((char) octet);
      Violation.unless(line.length() < LINE_MAX, "a line without end");
    }
    Violation.unless(line.length() == 0, "closed within a line: " + line);
    return "";
  }

  /** The server closes, and sends nothing before. */
  void ends(String after) throws IOException {
    try {
      int octet = in.read();
      Violation.unless(octet < 0, "something is sent after " + after);
    } catch (SocketException e) {
      // A reset is a way of closing too.
      return;
    } catch (SocketTimeoutException e) {
      throw new Violation("the connection stays open after " + after);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
