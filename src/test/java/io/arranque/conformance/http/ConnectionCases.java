package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.List;

final class ConnectionCases {
  private static final byte[] ONE = Served.content("one");

  private ConnectionCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Connections");
    persistence(c);
    old(c);
    pipelines(c);
    pieces(c);
  }

  private static void persistence(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §9.3",
        "a connection of HTTP/1.1 stays open for further requests",
        lab -> {
          try (Connection connection = lab.connect()) {
            for (int i = 0; i < 50; i++) {
              connection.request("GET", HttpLab.path("one"));
              connection.response("GET").with(200).holding(ONE);
            }
          }
        });
    c.add(
        "RFC 9112 §9.6",
        "after Connection: close the answer says close, and the connection is closed",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.request("GET", HttpLab.path("data"), "Connection: close");
            Response response = connection.response("GET").with(200);
            response.holding(Served.content("data"));
            Violation.unlessSame("Connection", response.needed("Connection"), "close");
            connection.ends("Connection: close");
          }
        });
    c.add(
        "RFC 9110 §7.6.1",
        "close is understood in any case, and among others",
        lab -> {
          for (String value : List.of("CLOSE", "x-other, close")) {
            try (Connection connection = lab.connect()) {
              connection.request("GET", HttpLab.path("one"), "Connection: " + value);
              connection.response("GET").with(200).holding(ONE);
              connection.ends("Connection: " + value);
            }
          }
        });
    c.add(
        "RFC 9293 §3.6",
        "a client that has closed its side gets its whole answer",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.request("GET", HttpLab.path("big"));
            connection.endOfRequests();
            connection.response("GET").with(200).holding(Served.content("big"));
            connection.ends("the client's end");
          }
        });
  }

  private static void old(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §9.3",
        "a connection of HTTP/1.0 is closed after the answer",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send("GET " + HttpLab.path("data") + " HTTP/1.0\r\n\r\n");
            connection.response("GET").with(200).holding(Served.content("data"));
            connection.ends("HTTP/1.0");
          }
        });
    c.add(
        "RFC 9112 §6.1",
        "an answer to HTTP/1.0 is not sent in chunks",
        lab -> {
          Response response = lab.raw("GET " + HttpLab.path("data") + " HTTP/1.0\r\n\r\n");
          Violation.unless(response.header("Transfer-Encoding").isEmpty(), "chunks to HTTP/1.0");
        });
    c.add(
        "RFC 9112 §9.3",
        "HTTP/1.0 with keep-alive: the connection stays, and the answer says so, or it is closed",
        ConnectionCases::keepAlive);
    c.add(
        "RFC 9110 §2.5",
        "HTTP/1.2 is answered as HTTP/1.1",
        lab -> lab.raw("GET " + HttpLab.path("one") + " HTTP/1.2\r\nHost: conf\r\n\r\n").with(200));
    c.add(
        "RFC 9110 §15.6.6",
        "another major version is 505 or 400, or the connection is closed",
        lab -> {
          for (String version : List.of("2.0", "3.0", "0.9")) {
            String line = "GET " + HttpLab.path("one") + " HTTP/" + version;
            lab.raw(line + "\r\nHost: conf\r\n\r\n").with(505, 400, 0);
          }
        });
  }

  private static void keepAlive(HttpLab lab) throws IOException {
    try (Connection connection = lab.connect()) {
      String request = "GET " + HttpLab.path("one") + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      connection.send(request);
      Response response = connection.response("GET").with(200).holding(ONE);
      if (response.header("Connection").orElse("close").equalsIgnoreCase("keep-alive")) {
        connection.send(request);
        connection.response("GET").with(200).holding(ONE);
      } else {
        lab.remark("closes");
        connection.ends("an answer without keep-alive");
      }
    }
  }

  private static void pipelines(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §9.3.2",
        "thirty requests sent ahead are answered in their order",
        lab -> {
          List<String> files = List.of("one", "empty", "data", "short", "over", "exact");
          try (Connection connection = lab.connect()) {
            StringBuilder ahead = new StringBuilder();
            for (int i = 0; i < 30; i++) {
              ahead.append(Connection.text("GET", HttpLab.path(files.get(i % files.size()))));
            }
            connection.send(ahead.toString());
            for (int i = 0; i < 30; i++) {
              String file = files.get(i % files.size());
              connection.response("GET").with(200).holding(Served.content(file));
            }
          }
        });
    c.add(
        "RFC 9112 §9.3.2",
        "so are requests of all kinds: HEAD, errors, ranges, conditions",
        ConnectionCases::mixedPipeline);
    c.add(
        "RFC 9112 §9.6",
        "what was sent ahead after a request with Connection: close is not answered",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send(
                Connection.text("GET", HttpLab.path("one"), "Connection: close")
                    + Connection.text("GET", HttpLab.path("data")));
            connection.response("GET").with(200).holding(ONE);
            connection.ends("the answer that says close");
          }
        });
  }

  private static void mixedPipeline(HttpLab lab) throws IOException {
    String tag = lab.head("data").needed("ETag");
    try (Connection connection = lab.connect()) {
      connection.send(
          Connection.text("HEAD", HttpLab.path("data"))
              + Connection.text("GET", HttpLab.path("no-such-file"))
              + Connection.text("GET", HttpLab.path("data"), "Range: bytes=0-9")
              + Connection.text("GET", HttpLab.path("data"), "If-None-Match: " + tag)
              + Connection.text("GET", HttpLab.path("data"), "Range: bytes=100000-")
              + Connection.text("GET", HttpLab.path("one")));
      connection.response("HEAD").with(200);
      connection.response("GET").with(404);
      connection.response("GET").with(206);
      connection.response("GET").with(304);
      connection.response("GET").with(416);
      connection.response("GET").with(200).holding(ONE);
    }
  }

  private static void pieces(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §2.2",
        "a request may come octet by octet",
        lab -> {
          try (Connection connection = lab.connect()) {
            for (char octet : Connection.text("GET", HttpLab.path("one")).toCharArray()) {
              connection.send(String.valueOf(octet));
            }
            connection.response("GET").with(200).holding(ONE);
          }
        });
    c.add(
        "RFC 9112 §2.2",
        "empty lines before a request are passed over",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send("\r\n" + Connection.text("GET", HttpLab.path("one")));
            connection.response("GET").with(200).holding(ONE);
            connection.send("\r\n\r\n" + Connection.text("GET", HttpLab.path("one")));
            connection.response("GET").with(200).holding(ONE);
          }
        });
    c.add(
        "RFC 9112 §2.2",
        "lines that end in LF alone are understood or refused",
        lab -> {
          Response response = lab.raw("GET " + HttpLab.path("one") + " HTTP/1.1\nHost: conf\n\n");
          lab.remark(response.with(200, 400, 0).status() == 200 ? "understands" : "refuses");
        });
  }
}
