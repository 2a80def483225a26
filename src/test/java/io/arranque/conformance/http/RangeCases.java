package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

final class RangeCases {
  private static final byte[] DATA = Served.content("data");
  private static final String SIZE = "100000";

  private RangeCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Ranges");
    single(c);
    ignored(c);
    beyond(c);
    conditional(c);
  }

  private static void single(Cases<HttpLab> c) {
    part(c, "the first octet", "0-0", 0, 0);
    part(c, "some from the middle", "40000-59999", 40_000, 59_999);
    part(c, "the last octet", "99999-99999", 99_999, 99_999);
    part(c, "from one on to the end", "99000-", 99_000, 99_999);
    part(c, "the last 500", "-500", 99_500, 99_999);
    part(c, "all", "0-", 0, 99_999);
    part(c, "a last that lies beyond the end is brought back", "99990-200000", 99_990, 99_999);
    part(c, "more last octets than there are: all", "-200000", 0, 99_999);
    c.add(
        "RFC 9110 §15.3.7",
        "206 has ETag and Date, and the length of what is sent",
        lab -> {
          Response part = lab.get("data", "Range: bytes=10-19").with(206);
          Violation.unlessSame("ETag", part.needed("ETag"), lab.get("data").needed("ETag"));
          Violation.unlessSame("Content-Length", part.needed("Content-Length"), "10");
          HttpDate.parse(part.needed("Date"));
        });
    c.add(
        "RFC 9110 §14.3",
        "Accept-Ranges: bytes tells that ranges may be asked for",
        lab ->
            Violation.unlessSame(
                "Accept-Ranges", lab.get("data").needed("Accept-Ranges"), "bytes"));
    c.add(
        "RFC 9110 §14.1.2",
        "a file fetched in ten parts on one connection is the file",
        lab -> {
          try (Connection connection = lab.connect()) {
            for (int first = 0; first < DATA.length; first += 10_000) {
              String range = "Range: bytes=" + first + "-" + (first + 9_999);
              connection.request("GET", HttpLab.path("data"), range);
              byte[] wanted = Arrays.copyOfRange(DATA, first, first + 10_000);
              connection.response("GET").with(206).holding(wanted);
            }
          }
        });
  }

  private static void part(Cases<HttpLab> c, String what, String range, int first, int last) {
    c.add(
        "RFC 9110 §14.1.2",
        what + ": bytes=" + range,
        lab -> {
          Response part = lab.get("data", "Range: bytes=" + range).with(206);
          Violation.unlessSame(
              "Content-Range",
              part.needed("Content-Range"),
              "bytes " + first + "-" + last + "/" + SIZE);
          part.holding(Arrays.copyOfRange(DATA, first, last + 1));
        });
  }

  private static void ignored(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §14.2",
        "ranges in another unit, or that cannot be read, are ignored: 200 and all",
        lab -> {
          for (String range :
              List.of("blocks=0-9", "bytes=9-0", "bytes=a-b", "bytes", "bytes=", "bytes=-")) {
            Response response = lab.get("data", "Range: " + range).with(200, 416, 400);
            Violation.unless(response.status() != 416 || range.startsWith("bytes"), range);
            if (response.status() == 200) {
              response.holding(DATA);
            }
          }
        });
    c.add(
        "RFC 9110 §14.2",
        "a range is for GET: HEAD is answered as without",
        lab -> {
          Response head = lab.head("data", "Range: bytes=0-9").with(200);
          Violation.unless(head.header("Content-Range").isEmpty(), "HEAD with Content-Range");
        });
    c.add(
        "RFC 9110 §14.2",
        "several ranges: all of them in parts, or the whole file",
        RangeCases::several);
    c.add(
        "RFC 9110 §17.15",
        "a thousand overlapping ranges do not make the answer longer than the file by much",
        lab -> {
          String many = "0-,".repeat(999) + "0-";
          Response response = lab.get("data", "Range: bytes=" + many).with(200, 206, 400, 416, 431);
          Violation.unless(
              response.body().length < 3 * DATA.length, response.body().length + " octets");
        });
  }

  private static void several(HttpLab lab) throws IOException {
    Response response = lab.get("data", "Range: bytes=0-9, 50-59, -10").with(200, 206);
    if (response.status() == 200) {
      lab.remark("sends the whole file");
      response.holding(DATA);
      return;
    }
    String type = response.needed("Content-Type");
    Violation.unless(type.startsWith("multipart/byteranges"), "Content-Type " + type);
    Violation.unless(response.header("Content-Range").isEmpty(), "Content-Range of several parts");
  }

  private static void beyond(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §15.5.17",
        "a range that begins beyond the end is 416, and the answer tells the size",
        lab -> {
          Response response = lab.get("data", "Range: bytes=" + SIZE + "-").with(416);
          Violation.unlessSame(
              "Content-Range", response.needed("Content-Range"), "bytes */" + SIZE);
        });
    c.add(
        "RFC 9110 §14.1.2",
        "the last 0 octets cannot be satisfied: 416",
        lab -> lab.get("data", "Range: bytes=-0").with(416));
    c.add(
        "RFC 9110 §14.1.2",
        "an empty file has no first octet: 416, or 200 and nothing",
        lab -> {
          Response response = lab.get("empty", "Range: bytes=0-0").with(416, 200);
          Violation.unless(
              response.status() == 416 || response.body().length == 0, "octets of an empty file");
        });
    c.add(
        "RFC 9110 §14.1.2",
        "numbers of thirty digits are read as large, or not at all; never wrongly",
        lab -> {
          String large = "9".repeat(30);
          Response first = lab.get("data", "Range: bytes=" + large + "-").with(200, 416);
          Violation.unless(first.status() == 416 || first.body().length == DATA.length, "a part");
          lab.get("data", "Range: bytes=0-" + large).with(200, 206, 416);
        });
  }

  private static void conditional(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §13.1.5",
        "If-Range with the ETag: the part",
        lab -> ifRange(lab, lab.head("data").needed("ETag"), 206));
    c.add(
        "RFC 9110 §13.1.5",
        "If-Range with another ETag: the whole file, so that no two versions are mixed",
        lab -> ifRange(lab, "\"another\"", 200));
    c.add(
        "RFC 9110 §13.1.5",
        "If-Range with a weak ETag: the whole file",
        lab -> ifRange(lab, "W/" + lab.head("data").needed("ETag"), 200));
    c.add(
        "RFC 9110 §13.1.5",
        "If-Range with the date of Last-Modified: the part",
        lab -> ifRange(lab, lab.head("data").needed("Last-Modified"), 206));
    c.add(
        "RFC 9110 §13.1.5",
        "If-Range with another date, earlier or later: the whole file",
        lab -> {
          for (Instant other :
              List.of(Served.MODIFIED.minusSeconds(1), Served.MODIFIED.plusSeconds(3600))) {
            ifRange(lab, HttpDate.fixed(other), 200);
          }
        });
    c.add(
        "RFC 9110 §14.2",
        "If-Range without Range is nothing",
        lab -> lab.get("data", "If-Range: \"another\"").with(200).holding(DATA));
  }

  private static void ifRange(HttpLab lab, String value, int wanted) throws IOException {
    Response response = lab.get("data", "Range: bytes=0-9", "If-Range: " + value).with(wanted);
    response.holding(wanted == 200 ? DATA : Arrays.copyOf(DATA, 10));
  }
}
