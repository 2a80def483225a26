package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class GetCases {
  private GetCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Getting a file");
    content(c);
    head(c);
    fields(c);
  }

  private static void content(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §9.3.1",
        "a file arrives octet by octet",
        lab -> {
          lab.get("data").with(200).holding(Served.content("data"));
          lab.get("big").with(200).holding(Served.content("big"));
        });
    c.add(
        "RFC 9110 §8.6",
        "an empty file is 200 with a length of 0",
        lab -> {
          Response response = lab.get("empty").with(200).holding(new byte[0]);
          Violation.unlessSame("Content-Length", response.needed("Content-Length"), "0");
        });
    c.add(
        "RFC 9110 §8.6",
        "Content-Length is the file's size, so that a loader knows what it has to expect",
        lab -> {
          String length = lab.get("data").with(200).needed("Content-Length");
          Violation.unlessSame("Content-Length", length, "100000");
        });
    c.add(
        "RFC 9110 §15.5.5",
        "a file that there is not is 404, and the connection goes on",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.request("GET", HttpLab.path("no-such-file"));
            connection.response("GET").with(404);
            connection.request("GET", HttpLab.path("one"));
            connection.response("GET").with(200).holding(Served.content("one"));
          }
        });
    c.add(
        "RFC 9110 §15.5",
        "a folder is no file: an error or a redirect, no content",
        lab -> lab.get("folder").with(301, 308, 403, 404));
  }

  private static void head(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §9.3.2",
        "HEAD says what GET says, each header that is about the file",
        lab -> {
          Response get = lab.get("data").with(200);
          Response head = lab.head("data").with(200);
          for (String name :
              List.of("content-length", "content-type", "etag", "last-modified", "accept-ranges")) {
            // What is found out only by making the content may be left out.
            if (head.header(name).isPresent() || !name.equals("content-length")) {
              Violation.unlessSame(name, head.header(name), get.header(name));
            }
          }
        });
    c.add(
        "RFC 9110 §9.3.2",
        "HEAD has no content: the next answer follows at once, after 404 too",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.request("HEAD", HttpLab.path("data"));
            connection.response("HEAD").with(200);
            connection.request("HEAD", HttpLab.path("no-such-file"));
            connection.response("HEAD").with(404);
            connection.request("GET", HttpLab.path("one"));
            connection.response("GET").with(200).holding(Served.content("one"));
          }
        });
  }

  private static void fields(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §6.6.1",
        "each answer has a Date, which is now, in the one format that there is",
        lab -> {
          for (Response response : List.of(lab.get("one"), lab.get("no-such-file"))) {
            Instant date = HttpDate.parse(response.needed("Date"));
            Duration off = Duration.between(date, Instant.now()).abs();
            Violation.unless(off.toSeconds() <= 60, "a Date that is off by " + off);
          }
        });
    c.add(
        "RFC 9110 §8.8.2",
        "Last-Modified is when the file was written",
        lab ->
            Violation.unlessSame(
                "Last-Modified",
                HttpDate.parse(lab.get("data").needed("Last-Modified")),
                Served.MODIFIED));
    c.add(
        "RFC 9110 §8.8.3",
        "ETag is in quotes, strong, the same each time, and another for another file",
        lab -> {
          String tag = lab.get("data").needed("ETag");
          Violation.unless(tag.matches("\"[!-~&&[^\"]]+\""), "ETag " + tag);
          Violation.unlessSame("ETag the second time", lab.get("data").needed("ETag"), tag);
          Violation.unless(!lab.get("big").needed("ETag").equals(tag), "one ETag for two files");
        });
    c.add(
        "RFC 9110 §5.1",
        "the name of a header may be written in upper or lower case",
        lab -> {
          lab.get("data", "RANGE: bytes=0-9").with(206);
          lab.get("data", "range: bytes=0-9").with(206);
        });
    c.add(
        "RFC 9112 §5.1",
        "blanks around a header's value do not belong to it",
        lab -> {
          lab.get("data", "Range:bytes=0-9").with(206);
          lab.get("data", "Range: \t bytes=0-9 \t ").with(206);
        });
    c.add(
        "RFC 9110 §5.4", "a hundred headers that nobody knows are ignored", GetCases::manyHeaders);
  }

  private static void manyHeaders(HttpLab lab) throws IOException {
    String[] headers = new String[100];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = "X-Nobody-" + i + ": value " + i;
    }
    lab.get("one", headers).with(200).holding(Served.content("one"));
  }
}
