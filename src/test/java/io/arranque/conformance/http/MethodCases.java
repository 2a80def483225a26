package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class MethodCases {
  private MethodCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("Methods and expectations");
    methods(c);
    expectations(c);
  }

  private static void methods(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §9.1",
        "a method that there is not is 501 or 405",
        lab -> {
          lab.ask("BREW", HttpLab.path("one")).with(501, 405);
          lab.ask("GETGETGET", HttpLab.path("one")).with(501, 405);
        });
    c.add(
        "RFC 9110 §9.1",
        "a method's case counts: get is not GET",
        lab -> lab.ask("get", HttpLab.path("one")).with(501, 405, 400));
    c.add(
        "RFC 9110 §15.5.6",
        "405 tells in Allow what is served",
        lab -> {
          for (String method : List.of("DELETE", "PUT", "POST", "PATCH")) {
            Response response = lab.ask(method, HttpLab.path("one"), "Content-Length: 0");
            response.with(405, 403, 501, 400);
            if (response.status() == 405) {
              String allow = response.needed("Allow");
              Violation.unless(allow.contains("GET"), "Allow " + allow);
            }
          }
        });
    c.add(
        "RFC 9110 §9.2.1",
        "nothing can be written or deleted",
        lab -> {
          write(lab, "PUT");
          write(lab, "POST");
          lab.ask("DELETE", HttpLab.path("upload"));
          lab.get("upload").with(200).holding(Served.content("upload"));
        });
    c.add(
        "RFC 9110 §9.3.8",
        "TRACE does not send back what a client's headers hold",
        lab -> {
          Response response = lab.ask("TRACE", HttpLab.path("one"), "Cookie: secret");
          String said = new String(response.body(), StandardCharsets.ISO_8859_1);
          Violation.unless(!said.contains("secret"), "the cookie came back");
        });
  }

  private static void write(HttpLab lab, String method) throws IOException {
    try (Connection connection = lab.connect()) {
      connection.request(method, HttpLab.path("upload"), "Content-Length: 4");
      connection.send("new!");
      Response response = connection.responseOrEnd(method);
      Violation.unless(response.status() == 0 || response.status() >= 400, method + " succeeded");
    }
  }

  private static void expectations(Cases<HttpLab> c) {
    c.add(
        "RFC 9110 §10.1.1",
        "Expect: 100-continue is answered, by 100 or at once by a final status",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.request(
                "POST", HttpLab.path("one"), "Content-Length: 5", "Expect: 100-continue");
            Response first = connection.any("POST");
            boolean continues = first.status() == 100;
            Violation.unless(continues || first.status() >= 400, "answered " + first.status());
            if (continues) {
              connection.send("hello");
              connection.response("POST").with(405, 403, 404, 501);
            }
          }
        });
    c.add(
        "RFC 9110 §10.1.1",
        "HTTP/1.0 is not told to continue",
        lab -> {
          try (Connection connection = lab.connect()) {
            connection.send(
                "POST "
                    + HttpLab.path("one")
                    + " HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");
            Response first = connection.any("POST");
            Violation.unless(first.status() != 100, "100 to HTTP/1.0");
          }
        });
    c.add(
        "RFC 9110 §10.1.1",
        "an expectation that there is not is 417 or ignored",
        lab -> lab.get("one", "Expect: a-miracle").with(200, 417));
  }
}
