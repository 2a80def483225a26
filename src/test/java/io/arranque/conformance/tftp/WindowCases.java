package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Feature;
import io.arranque.conformance.Violation;
import java.io.IOException;
import java.util.Optional;

final class WindowCases {
  private static final Feature NEEDS = Feature.WINDOW_SIZE;

  private WindowCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Windows");
    negotiation(c);
    flow(c);
    loss(c);
  }

  private static void negotiation(Cases<TftpLab> c) {
    for (int size : new int[] {1, 2, 8, 64, 65535}) {
      c.add(
          "RFC 7440 §3",
          "windowsize " + size + ": the OACK has at most that, and the file arrives",
          NEEDS,
          lab -> agreed(lab, size));
    }
    c.add(
        "RFC 7440 §3",
        "a window of 0, of 65536 or of no number is not agreed to as such",
        NEEDS,
        lab -> {
          Check.notAgreed(lab, "windowsize", "0");
          Check.notAgreed(lab, "windowsize", "-1");
          Check.notAgreed(lab, "windowsize", "many");
          tooLarge(lab);
        });
    c.add(
        "RFC 7440 §3",
        "windowsize together with blksize, tsize and timeout",
        NEEDS,
        lab ->
            Check.whole(
                lab, "medium", "windowsize", "8", "blksize", "1468", "tsize", "0", "timeout", "3"));
  }

  private static void agreed(TftpLab lab, int size) throws IOException {
    Download download = Check.whole(lab, "large", "windowsize", Integer.toString(size));
    String answer = download.agreed().get("windowsize");
    Violation.unless(answer != null, "windowsize was not acknowledged");
    int agreed = Integer.parseInt(String.valueOf(answer));
    Violation.unless(agreed >= 1 && agreed <= size, "agreed to " + agreed);
    if (agreed < size) {
      lab.remark("brings " + size + " down to " + agreed);
    }
  }

  private static void tooLarge(TftpLab lab) throws IOException {
    String agreed = Check.answerTo(lab, "small", "windowsize", "65536").get("windowsize");
    Violation.unless(
        agreed == null || Long.parseLong(agreed) <= 65535, "65536 was agreed to: " + agreed);
  }

  private static void flow(Cases<TftpLab> c) {
    c.add(
        "RFC 7440 §4",
        "a whole window is sent without an acknowledgement, and no block more",
        NEEDS,
        lab -> {
          try (Client client = windowOfFour(lab)) {
            for (int block = 1; block <= 4; block++) {
              client.data(block);
            }
            onlyUpTo(lab, client, 4);
            client.ack(4);
            client.data(5);
          }
        });
    c.add(
        "RFC 7440 §4",
        "the last window may be short; the transfer ends with a short block as ever",
        NEEDS,
        lab -> {
          Check.whole(lab, "over", "windowsize", "4");
          Check.whole(lab, "exact-eight", "windowsize", "4");
          Check.whole(lab, "exact-eight", "windowsize", "9");
          Check.whole(lab, "empty", "windowsize", "4");
        });
    c.add(
        "RFC 7440 §4",
        "windows go on beyond block 65535, in windows of 7 and of 16",
        NEEDS,
        lab -> {
          Check.whole(lab, "rollover", "blksize", "8", "windowsize", "16");
          Check.whole(lab, "rollover", "blksize", "8", "windowsize", "7");
        });
  }

  /** A transfer in windows of four blocks; a server may say less. */
  private static Client windowOfFour(TftpLab lab) throws IOException {
    Client client = lab.client();
    client.read("lossy", "windowsize", "4");
    String agreed = client.oack().options().get("windowsize");
    Violation.unlessSame("windowsize", String.valueOf(agreed), "4");
    client.ack(0);
    return client;
  }

  private static void onlyUpTo(TftpLab lab, Client client, int block) throws IOException {
    client
        .next(lab.limits().silence())
        .ifPresent(
            p ->
                Violation.unless(
                    p.is(Packet.DATA) && p.number() <= block, p + " before ACK " + block));
  }

  private static void loss(Cases<TftpLab> c) {
    c.add(
        "RFC 7440 §4",
        "an acknowledgement within the window: the next window begins with the block after it",
        NEEDS,
        lab -> {
          try (Client client = windowOfFour(lab)) {
            for (int block = 1; block <= 4; block++) {
              client.data(block);
            }
            client.ack(2);
            for (int block = 3; block <= 6; block++) {
              client.data(block);
            }
            onlyUpTo(lab, client, 6);
          }
        });
    c.add(
        "RFC 7440 §4",
        "a window of which nothing is acknowledged is sent again from its first block",
        NEEDS,
        lab -> {
          try (Client client = windowOfFour(lab)) {
            for (int block = 1; block <= 4; block++) {
              client.data(block);
            }
            Optional<Packet> again = client.next(lab.limits().resend());
            Violation.unless(again.isPresent(), "nothing was sent again");
            Packet packet = again.orElseThrow();
            Violation.unless(packet.isBlock(1), packet + " instead of DATA 1 again");
          }
        });
    c.add(
        "RFC 7440 §4",
        "an acknowledgement of an earlier window does not bring that window back",
        NEEDS,
        lab -> {
          try (Client client = windowOfFour(lab)) {
            for (int block = 1; block <= 4; block++) {
              client.data(block);
            }
            client.ack(4);
            for (int block = 5; block <= 8; block++) {
              client.data(block);
            }
            client.ack(8);
            client.data(9);
            client.ack(2);
            for (Optional<Packet> p = client.next(lab.limits().silence());
                p.isPresent();
                p = client.next(lab.limits().silence().dividedBy(2))) {
              Packet packet = p.get();
              Violation.unless(
                  packet.is(Packet.DATA) && packet.number() >= 9, packet + " after ACK 8");
              if (packet.number() == 12) {
                break;
              }
            }
          }
        });
  }
}
