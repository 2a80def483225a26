package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Feature;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Whole files over a line that loses, doubles and reorders. */
final class BadLineCases {
  private static final Map<String, Channel.Quality> LINES =
      new TreeMap<>(
          Map.of(
              "10 of 100 packets are lost", new Channel.Quality(10, 0, 0),
              "30 of 100 packets come twice", new Channel.Quality(0, 30, 0),
              "20 of 100 packets are overtaken", new Channel.Quality(0, 0, 20),
              "5 of 100 packets are lost, 10 come twice, 10 are overtaken",
                  new Channel.Quality(5, 10, 10)));

  private BadLineCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Bad lines");
    LINES.forEach(
        (what, quality) -> {
          c.add("RFC 1350 §2", what + ": the file is right", lab -> fetch(lab, quality, "lossy"));
          c.add(
              "RFC 2348",
              what + ": the file is right in blocks of 1468",
              lab -> fetch(lab, quality, "lossy", "blksize", "1468"));
          c.add(
              "RFC 7440 §4",
              what + ": the file is right in windows of 8",
              Feature.WINDOW_SIZE,
              lab -> fetch(lab, quality, "lossy", "windowsize", "8", "blksize", "1024"));
        });
    c.add(
        "RFC 7440 §4",
        "5 of 100 packets are lost: the file is right in windows of 64",
        Feature.WINDOW_SIZE,
        lab -> fetch(lab, new Channel.Quality(5, 0, 0), "medium", "windowsize", "64"));
  }

  private static void fetch(TftpLab lab, Channel.Quality quality, String file, String... options)
      throws IOException {
    byte[] request = Packet.read(file, "octet", options);
    for (long seed = 1; seed <= 2; seed++) {
      Check.same(Download.over(lab, quality, seed, request), Served.content(file));
    }
  }
}
