package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

final class TransferCases {
  private TransferCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Packets that do not belong");
    strangers(c);
    wrongAcks(c);
    errors(c);
  }

  private static void strangers(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §4",
        "a packet from another port than the client's gets ERROR 5",
        lab -> {
          try (Client client = lab.client();
              Client stranger = lab.client()) {
            client.read("small");
            client.data(1);
            stranger.send(Packet.ack(1), client.transfer());
            Packet error = stranger.error();
            Violation.unlessSame("code of the ERROR", error.number(), 5);
          }
        });
    c.add(
        "RFC 1350 §4",
        "a packet from another port does not disturb the transfer",
        lab -> {
          try (Client client = lab.client();
              Client stranger = lab.client()) {
            client.read("small");
            for (int block = 1; block <= 10; block++) {
              client.data(block);
              stranger.send(Packet.ack(block), client.transfer());
              stranger.send(Packet.error(0, "stop"), client.transfer());
              client
                  .next(Duration.ofMillis(20))
                  .ifPresent(p -> Violation.unless(p.is(Packet.DATA), p + " by a stranger's ACK"));
              client.ack(block);
            }
          }
        });
  }

  private static void wrongAcks(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §2",
        "an acknowledgement of a block that was never sent brings no later block",
        lab -> {
          try (Client client = lab.client()) {
            client.read("medium");
            client.data(1);
            client.ack(50);
            Optional<Packet> packet = client.next(lab.limits().silence());
            packet.ifPresent(
                p -> Violation.unless(p.isBlock(1) || p.is(Packet.ERROR), p + " after ACK 50"));
          }
        });
    c.add(
        "RFC 1350 §5",
        "an acknowledgement of three octets does not count, and the transfer goes on",
        lab -> goesOnAfter(lab, new byte[] {0, 4, 0}));
    c.add(
        "RFC 1350 §5",
        "a datagram of no octets at all does not count, and the transfer goes on",
        lab -> goesOnAfter(lab, new byte[0]));
  }

  private static void goesOnAfter(TftpLab lab, byte[] odd) throws IOException {
    try (Client client = lab.client()) {
      client.read("small");
      client.data(1);
      client.toTransfer(odd);
      client
          .next(lab.limits().silence())
          .ifPresent(p -> Violation.unless(p.isBlock(1), p + " after an odd packet"));
      client.ack(1);
      client.data(2);
    }
  }

  private static void errors(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §7",
        "an ERROR ends the transfer, and is neither answered nor acknowledged",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            client.data(1);
            client.error(3, "no room");
            client.silence("an ERROR");
            client.ack(1);
            Optional<Packet> packet = client.next(lab.limits().silence());
            packet.ifPresent(
                p -> Violation.unless(!p.is(Packet.DATA), p + " after the transfer's end"));
          }
        });
    c.add(
        "RFC 1350 §7",
        "an ERROR without its NUL ends the transfer too",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            client.data(1);
            client.toTransfer(new byte[] {0, 5, 0, 0, 'x'});
            client.silence("an ERROR without NUL");
          }
        });
    c.add(
        "RFC 1350 §4",
        "an ERROR, an ACK or a block sent to port 69 brings no block",
        lab -> {
          for (byte[] packet :
              new byte[][] {
                Packet.error(0, "?"), Packet.ack(0), Packet.ack(1), {0, 3, 0, 1, 'x'}, {0, 6}
              }) {
            try (Client client = lab.client()) {
              client.request(packet);
              client.errorOrSilence("what is no request");
            }
          }
        });
  }
}
