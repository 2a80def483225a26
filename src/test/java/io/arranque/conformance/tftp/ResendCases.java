package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ResendCases {
  private ResendCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Sending again");
    lost(c);
    doubled(c);
    clocks(c);
  }

  private static void lost(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §2",
        "a block that is not acknowledged is sent again",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            client.data(1);
            client.ack(1);
            Packet first = client.data(2);
            Packet again = again(lab, client, 2);
            Check.same(again.body(), first.body());
            client.ack(2);
            client.data(3);
          }
        });
    c.add(
        "RFC 1350 §6",
        "the last block is sent again when its acknowledgement was lost",
        lab -> {
          try (Client client = lab.client()) {
            client.read("short");
            client.data(1);
            again(lab, client, 1);
            client.ack(1);
            client.silence("the last ACK");
          }
        });
    c.add(
        "RFC 1350 §4",
        "a request that is sent again from the same port, as after a lost answer, is served",
        ResendCases::askedTwice);
  }

  /** Whichever transfer the client keeps: with the others it breaks off. */
  private static void askedTwice(TftpLab lab) throws IOException {
    try (Client client = lab.client()) {
      client.read("medium");
      client.next("a request");
      Download download =
          Download.with(lab, client, Channel.Quality.PERFECT, 0, Packet.read("medium", "octet"));
      Check.same(download, Served.content("medium"));
    }
  }

  private static Packet again(TftpLab lab, Client client, int block) throws IOException {
    Packet packet =
        client
            .next(lab.limits().resend())
            .orElseThrow(() -> new Violation("DATA " + block + " was not sent again"));
    Violation.unless(packet.isBlock(block), packet + " instead of DATA " + block + " again");
    return packet;
  }

  private static void doubled(Cases<TftpLab> c) {
    c.add(
        "RFC 1123 §4.2.3.1",
        "no sorcerer's apprentice: with every acknowledgement sent twice each block comes once",
        ResendCases::everyAckTwice);
    c.add(
        "RFC 1123 §4.2.3.1",
        "thirty acknowledgements of earlier blocks do not bring the present one thirty times",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            for (int block = 1; block <= 3; block++) {
              client.data(block);
              client.ack(block);
            }
            client.data(4);
            for (int i = 0; i < 15; i++) {
              client.ack(1);
              client.ack(3);
            }
            int more = Check.blocksThatCome(lab, client, 4);
            Violation.unless(more < 15, "30 old ACKs brought DATA 4 " + more + " times more");
            client.ack(4);
            client.data(5);
          }
        });
  }

  private static void everyAckTwice(TftpLab lab) throws IOException {
    int packets = 0;
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (Client client = lab.client()) {
      client.read("lossy");
      int block = 0;
      boolean last = false;
      while (!last) {
        Packet packet = client.next("ACK " + block);
        packets++;
        if (packet.isBlock(block + 1)) {
          block++;
          content.writeBytes(packet.body());
          last = packet.body().length < 512;
        }
        client.ack(packet.number());
        client.ack(packet.number());
      }
      Check.same(content.toByteArray(), Served.content("lossy"));
      // Some may be due to its clock.
      Violation.unless(
          packets <= block + block / 4, block + " blocks came in " + packets + " packets");
    }
  }

  private static void clocks(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §2",
        "a block that is not acknowledged is not followed by the next, however long",
        ResendCases::lockStep);
    c.add(
        "RFC 1123 §4.2.3.2",
        "the time before a block is sent again grows each time",
        ResendCases::backOff);
    c.add(
        "RFC 1123 §4.2.3.2",
        "a client that falls silent is given up in bounded time",
        ResendCases::abandoned);
  }

  private static void lockStep(TftpLab lab) throws IOException {
    try (Client client = lab.client()) {
      client.read("small");
      client.data(1);
      client.ack(1);
      client.data(2);
      for (int i = 0; i < 4; i++) {
        again(lab, client, 2);
      }
    }
  }

  /** Thrice at most: on a busy machine the first wait may look long. */
  private static void backOff(TftpLab lab) throws IOException {
    List<Long> waits = waits(lab);
    for (int i = 1; i < 3 && !grow(waits); i++) {
      waits = waits(lab);
    }
    lab.remark("sends again after " + waits + " ms");
    Violation.unless(grow(waits), "sends again after " + waits + " ms: no back-off");
  }

  private static boolean grow(List<Long> waits) {
    return waits.get(2) >= 1.4 * waits.get(0);
  }

  /** Milliseconds. */
  private static List<Long> waits(TftpLab lab) throws IOException {
    try (Client client = lab.client()) {
      client.read("small");
      client.data(1);
      client.ack(1);
      client.data(2);
      List<Long> waits = new ArrayList<>();
      long before = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        await(lab, client, 2);
        long now = System.nanoTime();
        waits.add((now - before) / 1_000_000);
        before = now;
      }
      return waits;
    }
  }

  /** Until the block comes, whatever else comes before. */
  private static void await(TftpLab lab, Client client, int block) throws IOException {
    Optional<Packet> packet = client.next(lab.limits().resend());
    while (packet.isPresent() && !packet.get().isBlock(block)) {
      packet = client.next(lab.limits().resend());
    }
    Violation.unless(packet.isPresent(), "DATA " + block + " was not sent again");
  }

  private static void abandoned(TftpLab lab) throws IOException {
    try (Client client = lab.client()) {
      client.read("small");
      client.data(1);
      client.ack(1);
      long last = System.nanoTime();
      int sent = 0;
      Optional<Packet> packet = client.next(lab.limits().resend());
      while (packet.isPresent()) {
        sent++;
        last = System.nanoTime();
        Violation.unless(sent < 40, "still at it after 40 times");
        packet = client.next(lab.limits().resend());
      }
      Duration quiet = Duration.ofNanos(System.nanoTime() - last);
      lab.remark("sends a block " + sent + " times");
      client.ack(2);
      client
          .next(lab.limits().silence())
          .ifPresent(
              p -> {
                throw new Violation(p + " after " + quiet.toSeconds() + " s of silence");
              });
    }
  }
}
