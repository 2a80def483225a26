package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.List;

final class MalformedCases {
  private static final String GET = "GET " + HttpLab.path("one");

  private MalformedCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("What is no request");
    lines(c);
    headers(c);
    after(c);
  }

  private static void lines(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §2.2",
        "a line that is no request line is 400, or the connection is closed",
        lab -> {
          for (String line :
              List.of(
                  "GET",
                  "HELO conf",
                  GET + " HTTP/1.1 more",
                  GET + " HTTP/x.y",
                  GET + " FTP/1.1",
                  "\u0000\u0001\u0002\u0003",
                  "{\"json\": true}")) {
            lab.raw(line + "\r\nHost: conf\r\n\r\n").with(400, 405, 501, 505, 0);
          }
        });
    c.add(
        "RFC 9112 §2.2",
        "a TLS greeting on the plain port is 400, or the connection is closed",
        lab -> {
          String greeting = "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003";
          lab.raw(greeting + "\u0001".repeat(160) + "\r\n\r\n").with(400, 0);
        });
    c.add(
        "RFC 9112 §9.6",
        "after 400 for what cannot be read the connection is closed",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send("NO REQUEST AT ALL\r\nHost: conf\r\n\r\n");
            connection.responseOrEnd("GET").with(400, 405, 501, 505, 0);
            connection.ends("400");
          }
        });
  }

  private static void headers(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §5.1",
        "a blank between a header's name and its colon is 400",
        lab -> lab.get("one", "Range : bytes=0-0").with(400));
    c.add(
        "RFC 9112 §5.2",
        "a header folded over two lines is 400, or read as one line",
        lab -> lab.get("one", "X-Folded: one\r\n two").with(400, 200));
    c.add(
        "RFC 9112 §2.2",
        "a blank before the first header is 400, or that line is passed over",
        lab -> lab.raw(GET + " HTTP/1.1\r\n Host: evil\r\nHost: conf\r\n\r\n").with(400, 200));
    c.add(
        "RFC 9112 §2.2",
        "a header line without colon is 400",
        lab -> lab.get("one", "no colon here").with(400));
    c.add(
        "RFC 9110 §5.1",
        "a header's name with a character that no name may have is 400",
        lab -> lab.get("one", "X(Y): value").with(400));
    c.add(
        "RFC 9110 §5.5",
        "a NUL or a lone CR within a header is 400, or as a blank",
        lab -> {
          lab.get("one", "X-Odd: a\u0000b").with(400, 200, 0);
          lab.get("one", "X-Odd: a\rb").with(400, 200, 0);
        });
    c.add(
        "RFC 9110 §5.4",
        "headers of 200000 octets are refused: 431 or another 4xx",
        lab -> {
          Response response = lab.get("one", "X-Long: " + "x".repeat(200_000));
          Violation.unless(response.status() / 100 == 4, "answered " + response.status());
          lab.remark(Integer.toString(response.status()));
        });
    c.add(
        "RFC 9110 §5.4",
        "ten thousand headers are refused: 431 or another 4xx",
        lab -> {
          Response response = lab.get("one", "X-A: b\r\n".repeat(50_000) + "X-End: c");
          Violation.unless(response.status() / 100 == 4, "answered " + response.status());
        });
  }

  private static void after(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §2.2",
        "rubbish after a request spoils its answer not, and gets 400 or a closed connection",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send(Connection.text("GET", HttpLab.path("data")) + "@#$%^&*\r\n\r\n");
            connection.response("GET").with(200).holding(Served.content("data"));
            connection.responseOrEnd("GET").with(400, 405, 501, 0);
          }
        });
    c.add(
        "RFC 9112 §8",
        "a client that closes within its request hurts nobody",
        MalformedCases::unfinished);
  }

  private static void unfinished(HttpLab lab) throws IOException {
    String whole = Connection.text("GET", HttpLab.path("one"));
    for (int i = 1; i < whole.length(); i += 3) {
      try (Connection connection = lab.connect()) {
        connection.send(whole.substring(0, i));
      }
    }
    lab.get("one").with(200);
  }
}
