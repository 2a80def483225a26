package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;

final class SizeAndTimeCases {
  private SizeAndTimeCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Size of the transfer, time-out");
    c.add(
        "RFC 2349",
        "tsize 0 is answered with the file's size",
        lab -> {
          size(lab, "medium", 100_000);
          size(lab, "one", 1);
        });
    c.add("RFC 2349", "the size of an empty file is 0", lab -> size(lab, "empty", 0));
    c.add(
        "RFC 2349",
        "the size of a file of 5 GiB is right",
        lab -> size(lab, "giant", Served.GIANT));
    for (String seconds : new String[] {"1", "5", "255"}) {
      c.add(
          "RFC 2349",
          "timeout " + seconds + " is acknowledged with that very value, or left out",
          lab -> timeout(lab, seconds));
    }
    c.add(
        "RFC 2349",
        "a timeout outside 1 to 255 is not agreed to",
        lab -> {
          Check.notAgreed(lab, "timeout", "0");
          Check.notAgreed(lab, "timeout", "256");
          Check.notAgreed(lab, "timeout", "-1");
          Check.notAgreed(lab, "timeout", "1.5");
          Check.notAgreed(lab, "timeout", "soon");
        });
    c.add(
        "RFC 2349",
        "after an agreed timeout of 2 s a block is sent again after 2 s",
        SizeAndTimeCases::kept);
  }

  private static void size(TftpLab lab, String file, long wanted) throws IOException {
    String size = Check.answerTo(lab, file, "tsize", "0").get("tsize");
    Violation.unlessSame("tsize of " + file, String.valueOf(size), Long.toString(wanted));
  }

  private static void timeout(TftpLab lab, String seconds) throws IOException {
    String answer = Check.answerTo(lab, "small", "timeout", seconds).get("timeout");
    Violation.unless(answer == null || answer.equals(seconds), "agreed to " + answer);
    if (answer == null) {
      lab.remark("leaves it out");
    }
  }

  private static void kept(TftpLab lab) throws IOException {
    try (Client client = lab.client()) {
      client.read("small", "timeout", "2");
      Packet first = client.next("a request with timeout");
      if (!first.is(Packet.OACK) || !first.options().containsKey("timeout")) {
        lab.remark("does not agree to a timeout");
        return;
      }
      client.ack(0);
      client.data(1);
      long start = System.nanoTime();
      Packet again =
          client
              .next(lab.limits().resend())
              .orElseThrow(() -> new Violation("DATA 1 was not sent again"));
      Violation.unless(again.isBlock(1), again.toString());
      long millis = (System.nanoTime() - start) / 1_000_000;
      Violation.unless(millis > 1500 && millis < 3500, "sent again after " + millis + " ms");
    }
  }
}
