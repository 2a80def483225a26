package io.arranque.conformance.http;

import io.arranque.conformance.Cases;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.Arrays;

/**
 * Of a hundred frames of the cable three are lost, three come twice and five are overtaken. TCP
 * makes that good; what is seen is whether the server waits for it, and loses nothing at the end.
 */
final class BadCableCases {
  private static final byte[] LARGE = Served.content("large");

  private BadCableCases() {}

  static void add(Cases<HttpLab> c) {
    c.theme("A bad cable");
    c.add(
        "RFC 9293 §3.8",
        "frames are lost, doubled and overtaken: a file of 1 MB is right",
        lab -> {
          try (Connection connection = lab.connectBadly()) {
            connection.request("GET", HttpLab.path("large"));
            connection.response("GET").with(200).holding(LARGE);
          }
        });
    c.add(
        "RFC 9293 §3.8",
        "frames are lost, doubled and overtaken: the file is right in ten ranges on one connection",
        BadCableCases::ranges);
    c.add(
        "RFC 9293 §3.8",
        "frames are lost, doubled and overtaken: thirty requests sent ahead are answered in order",
        lab -> {
          try (Connection connection = lab.connectBadly()) {
            for (int i = 0; i < 30; i++) {
              connection.request("GET", HttpLab.path(i % 2 == 0 ? "small" : "over"));
            }
            for (int i = 0; i < 30; i++) {
              byte[] wanted = Served.content(i % 2 == 0 ? "small" : "over");
              connection.response("GET").with(200).holding(wanted);
            }
          }
        });
    c.add(
        "RFC 9112 §9.6",
        "frames are lost, doubled and overtaken: nothing is missing when the server closes",
        lab -> {
          for (int i = 0; i < 5; i++) {
            try (Connection connection = lab.connectBadly()) {
              connection.send("GET " + HttpLab.path("data") + " HTTP/1.0\r\n\r\n");
              connection.response("GET").with(200).holding(Served.content("data"));
              connection.ends("HTTP/1.0");
            }
          }
        });
  }

  private static void ranges(HttpLab lab) throws IOException {
    try (Connection connection = lab.connectBadly()) {
      for (int first = 0; first < LARGE.length; first += 100_100) {
        int end = Math.min(first + 100_100, LARGE.length);
        connection.request("GET", HttpLab.path("large"), "Range: bytes=" + first + "-" + (end - 1));
        byte[] wanted = Arrays.copyOfRange(LARGE, first, end);
        connection.response("GET").with(206).holding(wanted);
      }
    }
  }
}
