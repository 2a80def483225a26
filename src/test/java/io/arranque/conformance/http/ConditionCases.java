package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.List;

final class ConditionCases {
  private static final byte[] DATA = Served.content("data");
  private static final String NOW = HttpDate.fixed(Served.MODIFIED);
  private static final String BEFORE = HttpDate.fixed(Served.MODIFIED.minusSeconds(1));
  private static final String AFTER = HttpDate.fixed(Served.MODIFIED.plusSeconds(86_400));

  private ConditionCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Conditions");
    noneMatch(c);
    modifiedSince(c);
    match(c);
    order(c);
  }

  private static String tag(HttpLab lab) throws IOException {
    return lab.head("data").needed("ETag");
  }

  private static void noneMatch(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §13.1.2",
        "If-None-Match with the ETag is 304",
        lab -> lab.get("data", "If-None-Match: " + tag(lab)).with(304));
    c.add(
        "RFC 9110 §13.1.2",
        "If-None-Match with the ETag among others is 304",
        lab -> {
          lab.get("data", "If-None-Match: \"a\", " + tag(lab) + " , \"b\"").with(304);
          lab.get("data", "If-None-Match: \"a\",W/\"b,c\"," + tag(lab)).with(304);
        });
    c.add(
        "RFC 9110 §13.1.2",
        "If-None-Match: * is 304",
        lab -> lab.get("data", "If-None-Match: *").with(304));
    c.add(
        "RFC 9110 §8.8.3.2",
        "If-None-Match compares weakly: W/ makes no difference",
        lab -> lab.get("data", "If-None-Match: W/" + tag(lab)).with(304));
    c.add(
        "RFC 9110 §13.1.2",
        "If-None-Match with other ETags is 200",
        lab -> lab.get("data", "If-None-Match: \"a\", \"b\"").with(200).holding(DATA));
    c.add(
        "RFC 9110 §15.4.5",
        "304 has ETag and Date and no content, and the connection goes on",
        lab -> {
          String tag = tag(lab);
          try (Connection connection = lab.connect()) {
            connection.request("GET", HttpLab.path("data"), "If-None-Match: " + tag);
            Response response = connection.response("GET").with(304);
            Violation.unlessSame("ETag", response.needed("ETag"), tag);
            HttpDate.parse(response.needed("Date"));
            String length = response.header("Content-Length").orElse("100000");
            Violation.unlessSame("Content-Length", length, "100000");
            connection.request("GET", HttpLab.path("one"));
            connection.response("GET").with(200).holding(Served.content("one"));
          }
        });
    c.add(
        "RFC 9110 §13.2.1",
        "conditions hold for HEAD as for GET",
        lab -> {
          lab.head("data", "If-None-Match: " + tag(lab)).with(304);
          lab.head("data", "If-Modified-Since: " + NOW).with(304);
        });
    c.add(
        "RFC 9110 §13.2.1",
        "a condition does not turn 404 into something else",
        lab -> lab.get("no-such-file", "If-None-Match: *").with(404));
  }

  private static void modifiedSince(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §13.1.3",
        "If-Modified-Since with the date of Last-Modified is 304",
        lab -> lab.get("data", "If-Modified-Since: " + NOW).with(304));
    c.add(
        "RFC 9110 §13.1.3",
        "If-Modified-Since with a later date is 304",
        lab -> lab.get("data", "If-Modified-Since: " + AFTER).with(304));
    c.add(
        "RFC 9110 §13.1.3",
        "If-Modified-Since with an earlier date is 200",
        lab -> lab.get("data", "If-Modified-Since: " + BEFORE).with(200).holding(DATA));
    c.add(
        "RFC 9110 §13.1.3",
        "If-Modified-Since with what is no date is ignored",
        lab -> {
          for (String date : List.of("yesterday", "", "0", "Sat, 31 Feb 2024 00:00:00 GMT")) {
            lab.get("data", "If-Modified-Since: " + date).with(200).holding(DATA);
          }
        });
    c.add(
        "RFC 9110 §5.6.7",
        "dates are understood in both old formats too",
        lab -> {
          for (String date :
              List.of(HttpDate.rfc850(Served.MODIFIED), HttpDate.asctime(Served.MODIFIED))) {
            Response response = lab.get("data", "If-Modified-Since: " + date);
            Violation.unless(response.status() == 304, response.status() + " for " + date);
          }
        });
  }

  private static void match(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §13.1.1",
        "If-Match with the ETag, alone or among others, or with *, is 200",
        lab -> {
          lab.get("data", "If-Match: " + tag(lab)).with(200).holding(DATA);
          lab.get("data", "If-Match: \"a\", " + tag(lab)).with(200);
          lab.get("data", "If-Match: *").with(200);
        });
    c.add(
        "RFC 9110 §13.1.1",
        "If-Match with other ETags is 412",
        lab -> lab.get("data", "If-Match: \"a\"").with(412));
    c.add(
        "RFC 9110 §8.8.3.2",
        "If-Match compares strongly: a weak ETag is 412",
        lab -> lab.get("data", "If-Match: W/" + tag(lab)).with(412));
    c.add(
        "RFC 9110 §13.1.4",
        "If-Unmodified-Since with an earlier date is 412",
        lab -> lab.get("data", "If-Unmodified-Since: " + BEFORE).with(412));
    c.add(
        "RFC 9110 §13.1.4",
        "If-Unmodified-Since with the date of Last-Modified or a later one is 200",
        lab -> {
          lab.get("data", "If-Unmodified-Since: " + NOW).with(200);
          lab.get("data", "If-Unmodified-Since: " + AFTER).with(200);
        });
  }

  private static void order(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §13.2.2",
        "If-None-Match goes before If-Modified-Since, both ways",
        lab -> {
          lab.get("data", "If-None-Match: \"a\"", "If-Modified-Since: " + NOW).with(200);
          lab.get("data", "If-None-Match: " + tag(lab), "If-Modified-Since: " + BEFORE).with(304);
        });
    c.add(
        "RFC 9110 §13.2.2",
        "If-Match goes before If-None-Match, and before If-Unmodified-Since",
        lab -> {
          lab.get("data", "If-Match: \"a\"", "If-None-Match: " + tag(lab)).with(412);
          lab.get("data", "If-Match: " + tag(lab), "If-Unmodified-Since: " + BEFORE).with(200);
        });
    c.add(
        "RFC 9110 §13.2.2",
        "conditions go before ranges",
        lab -> {
          lab.get("data", "If-None-Match: " + tag(lab), "Range: bytes=0-9").with(304);
          lab.get("data", "If-Match: \"a\"", "Range: bytes=0-9").with(412);
        });
  }
}
