package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.List;

/** Where a request ends: what servers and proxies read differently can be used to smuggle one. */
final class FramingCases {
  private static final String NEXT = Connection.text("GET", HttpLab.path("one"));

  /** Its answer would be unlike all others here. */
  private static final String SMUGGLED = Connection.text("GET", HttpLab.path("short"));

  private FramingCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Where a request ends");
    bodies(c);
    lengths(c);
    codings(c);
  }

  private static void bodies(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §6.2",
        "the body of a request is not taken for the next request",
        lab -> {
          for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
            String length = "Content-Length: " + SMUGGLED.length();
            String request = Connection.text(method, HttpLab.path("data"), length);
            readPast(lab, method, request + SMUGGLED);
          }
        });
    c.add(
        "RFC 9112 §7.1",
        "a body in chunks is read to its end, with extensions and trailers",
        lab -> {
          String chunks =
              Integer.toHexString(SMUGGLED.length())
                  + ";name=\"value\"\r\n"
                  + SMUGGLED
                  + "\r\n1\r\nx\r\n0\r\nX-Trailer: y\r\n\r\n";
          for (String method : List.of("GET", "POST")) {
            String head =
                Connection.text(method, HttpLab.path("data"), "Transfer-Encoding: chunked");
            readPast(lab, method, head + chunks);
          }
        });
    c.add(
        "RFC 9110 §15.5.14",
        "a body of 100 MB that is announced is not waited for without end: an answer, or closed",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.request("POST", HttpLab.path("one"), "Content-Length: 104857600");
            connection.send("x".repeat(100));
            connection.responseOrEnd("POST").with(413, 405, 403, 404, 408, 501, 0);
          }
        });
  }

  /** One answer, then that to the next request, or the end; never one to what was in the body. */
  private static void readPast(HttpLab lab, String method, String request) throws IOException {
    try (Connection connection = lab.connect()) {
      connection.send(request + NEXT);
      connection.responseOrEnd(method);
      Response next = connection.responseOrEnd("GET");
      if (next.status() == 200) {
        next.holding(Served.content("one"));
      } else {
        next.with(0);
      }
    }
  }

  private static void lengths(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §6.3",
        "two Content-Lengths that differ are 400, and the connection is closed",
        lab -> refused(lab, List.of(400), "Content-Length: 5", "Content-Length: 6"));
    c.add(
        "RFC 9112 §6.3",
        "a Content-Length that is no number is 400, and the connection is closed",
        lab -> {
          for (String length : List.of("abc", "-5", "+5", "5 5", "0x5", "5,6", "")) {
            refused(lab, List.of(400), "Content-Length: " + length);
          }
        });
    c.add(
        "RFC 9112 §6.3",
        "a Content-Length of thirty digits is 400 or 413, and the connection is closed",
        lab -> refused(lab, List.of(400, 413), "Content-Length: " + "9".repeat(30)));
  }

  private static void codings(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §6.1",
        "Content-Length together with Transfer-Encoding: the connection is closed after the answer",
        lab -> {
          String head =
              Connection.text(
                  "POST", HttpLab.path("data"), "Content-Length: 4", "Transfer-Encoding: chunked");
          try (Connection connection = lab.connect()) {
            connection.send(head + "0\r\n\r\n" + SMUGGLED);
            Response response = connection.responseOrEnd("POST");
            Violation.unless(response.status() == 0 || response.status() >= 400, "accepted");
            connection.ends("a request with two lengths");
          }
        });
    c.add(
        "RFC 9112 §6.3",
        "a body in a coding that is not chunked last is 400 or 501, and the connection is closed",
        lab -> {
          refused(lab, List.of(400, 501), "Transfer-Encoding: gzip");
          refused(lab, List.of(400, 501), "Transfer-Encoding: chunked, identity");
          refused(lab, List.of(400, 501), "Transfer-Encoding: xchunked");
        });
    c.add(
        "RFC 9112 §6.1",
        "Transfer-Encoding in HTTP/1.0: the connection is closed after the answer",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send(
                "POST "
                    + HttpLab.path("data")
                    + " HTTP/1.0\r\nHost: conf\r\nConnection: keep-alive\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + SMUGGLED);
            connection.responseOrEnd("POST");
            connection.ends("Transfer-Encoding in HTTP/1.0");
          }
        });
    c.add(
        "RFC 9112 §7.1",
        "a chunk whose length is no number ends the connection",
        lab -> {
          for (String length : List.of("xyz", "-1", "0x10", "", "fffffffffffffffffffff")) {
            String head =
                Connection.text("POST", HttpLab.path("data"), "Transfer-Encoding: chunked");
            try (Connection connection = lab.connect()) {
              connection.send(head + length + "\r\nhello\r\n0\r\n\r\n" + SMUGGLED);
              connection.responseOrEnd("POST");
              connection.ends("a chunk of length '" + length + "'");
            }
          }
        });
  }

  private static void refused(HttpLab lab, List<Integer> statuses, String... headers)
      throws IOException {
    try (Connection connection = lab.connect()) {
      connection.request("POST", HttpLab.path("data"), headers);
      connection.send("hello" + SMUGGLED);
      Response response = connection.responseOrEnd("POST");
      Violation.unless(
          response.status() == 0 || statuses.contains(response.status()),
          response.status() + " to " + List.of(headers));
      connection.ends(String.join(", ", headers));
    }
  }
}
