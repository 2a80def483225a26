package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class TargetCases {
  private TargetCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Targets and hosts");
    forms(c);
    hosts(c);
    tricks(c);
    lengths(c);
  }

  private static void forms(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §3.2.2",
        "a target in absolute form is accepted, whatever Host says",
        lab -> {
          String target = "http://conf:8081" + HttpLab.path("one");
          lab.ask("GET", target).with(200).holding(Served.content("one"));
          String other = "GET " + target + " HTTP/1.1\r\nHost: another\r\n\r\n";
          lab.raw(other).with(200).holding(Served.content("one"));
        });
    c.add(
        "RFC 9110 §4.2.3",
        "a letter may be written as %64, its digits in upper or lower case",
        lab -> {
          lab.get("%64ata").with(200).holding(Served.content("data"));
          lab.get("d%61t%61").with(200).holding(Served.content("data"));
          lab.get("%6Fne").with(200).holding(Served.content("one"));
          lab.get("%6fne").with(200).holding(Served.content("one"));
        });
    c.add(
        "RFC 3986 §2.1",
        "a blank in a name is asked for as %20",
        lab -> lab.get("with%20blank").with(200).holding(Served.content("with blank")));
    c.add(
        "RFC 3986 §3.4",
        "what follows a question mark is no part of a file's name",
        lab -> lab.get("one?version=1&x=/../y").with(200).holding(Served.content("one")));
  }

  private static void hosts(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §3.2",
        "a request of HTTP/1.1 without Host is 400",
        lab -> lab.raw("GET " + HttpLab.path("one") + " HTTP/1.1\r\n\r\n").with(400));
    c.add(
        "RFC 9112 §3.2",
        "a request with two Hosts is 400",
        lab -> lab.get("one", "Host: other").with(400));
    c.add(
        "RFC 9112 §3.2",
        "a request with a Host that is no host is 400",
        lab -> {
          String head = "GET " + HttpLab.path("one") + " HTTP/1.1\r\nHost: ";
          lab.raw(head + "a b\r\n\r\n").with(400);
          lab.raw(head + "a/../b\r\n\r\n").with(400);
        });
    c.add(
        "RFC 9112 §3.2",
        "a request of HTTP/1.0 needs no Host",
        lab -> lab.raw("GET " + HttpLab.path("one") + " HTTP/1.0\r\n\r\n").with(200));
  }

  private static void tricks(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §17.3",
        "no target leads out of the folder, however its dots and slashes are written",
        lab -> {
          String folder = "/" + Served.HTTP;
          for (String target :
              List.of(
                  "/../../../../etc/hostname",
                  folder + "/../../../../../../../etc/hostname",
                  folder + "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hostname",
                  folder + "/..%2f..%2f..%2f..%2f..%2fetc/hostname",
                  folder + "/..%5c..%5c..%5csecret",
                  folder + "/%c0%ae%c0%ae/%c0%ae%c0%ae/secret",
                  folder + "/%252e%252e/%252e%252e/secret",
                  "//etc/hostname",
                  "/images//../../etc/hostname")) {
            closedTo(lab, target);
          }
        });
    c.add(
        "RFC 3986 §2.1",
        "a broken escape or a NUL in a name is an error of the client's",
        lab -> {
          for (String name : List.of("%zz", "one%", "one%2", "one%00", "one%00.txt", "%ff%fe")) {
            lab.get(name).with(400, 403, 404);
          }
        });
  }

  private static void closedTo(HttpLab lab, String target) throws IOException {
    Response response = lab.ask("GET", target);
    String said = new String(response.body(), StandardCharsets.ISO_8859_1);
    Violation.unless(
        response.status() >= 400 && response.status() < 500 && !said.contains("nobody may read"),
        response.status() + " for " + target);
  }

  private static void lengths(Cases<HttpLab> c) {
    c.add(
        "RFC 9112 §3",
        "a request line of 8000 octets is not too long",
        lab -> lab.get("one?" + "x".repeat(7900)).with(200));
    c.add(
        "RFC 9110 §15.5.15",
        "a target of 100000 octets is 414",
        lab -> lab.get("one?" + "x".repeat(100_000)).with(414));
  }
}
