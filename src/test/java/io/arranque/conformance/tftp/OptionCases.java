package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class OptionCases {
  private OptionCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Options");
    oack(c);
    handshake(c);
    odd(c);
  }

  private static void oack(Cases<TftpLab> c) {
    c.add(
        "RFC 2347",
        "an option that is known is answered by an OACK",
        lab -> {
          Map<String, String> agreed = Check.answerTo(lab, "small", "blksize", "1024");
          Violation.unlessSame("OACK", agreed, Map.of("blksize", "1024"));
        });
    c.add(
        "RFC 2347",
        "options that nobody knows are ignored: the first block is the answer",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small", "colour", "blue", "multicast2", "");
            Packet packet = client.next("unknown options");
            Violation.unless(packet.isBlock(1), packet + " instead of DATA 1");
          }
        });
    c.add(
        "RFC 2347",
        "an OACK has only options that were asked for, each once",
        lab -> {
          Map<String, String> agreed =
              Check.answerTo(lab, "small", "colour", "blue", "blksize", "1024", "tsize", "0");
          Violation.unless(
              Set.of("blksize", "tsize").containsAll(agreed.keySet()), "OACK " + agreed);
        });
    c.add(
        "RFC 2347",
        "the name of an option may be written in upper case",
        lab -> {
          Download download = Check.whole(lab, "small", "BLKSIZE", "1024", "TSize", "0");
          Violation.unlessSame(
              "OACK", download.agreed(), Map.of("blksize", "1024", "tsize", "5000"));
        });
    c.add(
        "RFC 2347",
        "the order of options makes no difference",
        lab -> {
          Map<String, String> one = Check.answerTo(lab, "small", "tsize", "0", "blksize", "1000");
          Map<String, String> other = Check.answerTo(lab, "small", "blksize", "1000", "tsize", "0");
          Violation.unlessSame("OACK", one, other);
        });
    c.add(
        "RFC 2347",
        "a request with options for a file that there is not brings ERROR 1",
        lab -> {
          try (Client client = lab.client()) {
            client.read("no-such-file", "blksize", "1024", "tsize", "0");
            Violation.unlessSame("code", client.error().number(), 1);
          }
        });
  }

  private static void handshake(Cases<TftpLab> c) {
    c.add(
        "RFC 2347",
        "the first block comes after ACK 0, not before",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small", "blksize", "1024");
            client.oack();
            client
                .next(lab.limits().silence())
                .ifPresent(p -> Violation.unless(p.is(Packet.OACK), p + " before ACK 0"));
            client.ack(0);
            client.data(1);
          }
        });
    c.add(
        "RFC 2347",
        "an OACK that is not acknowledged is sent again",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small", "blksize", "1024");
            Map<String, String> first = client.oack().options();
            Packet again =
                client
                    .next(lab.limits().resend())
                    .orElseThrow(() -> new Violation("the OACK was not sent again"));
            Violation.unlessSame("the second OACK", again.options(), first);
            client.ack(0);
            client.data(1);
          }
        });
    c.add(
        "RFC 1123 §4.2.3.1",
        "ACK 0 sent thirty times does not bring thirty first blocks",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small", "blksize", "1024");
            client.oack();
            for (int i = 0; i < 30; i++) {
              client.ack(0);
            }
            client.data(1);
            int more = Check.blocksThatCome(lab, client, 1);
            Violation.unless(more < 15, "30 times ACK 0 brought DATA 1 " + (more + 1) + " times");
            client.ack(1);
            client.data(2);
          }
        });
    c.add(
        "RFC 2347",
        "a client that does not like the OACK ends the transfer with ERROR 8",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small", "blksize", "1024");
            client.oack();
            client.error(8, "not that");
            client.silence("ERROR 8");
          }
        });
    c.add(
        "RFC 2349",
        "a ROM that asks for tsize, breaks off and asks again from the same port is served",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small", "tsize", "0");
            client.oack();
            client.error(0, "now I know");
            client.silence("an ERROR");
          }
          Check.whole(lab, "small", "tsize", "0", "blksize", "1432");
        });
  }

  private static void odd(Cases<TftpLab> c) {
    c.add(
        "RFC 2347",
        "a request of 500 octets, most of it unknown options, is served",
        lab -> {
          String[] options = new String[82];
          for (int i = 0; i < 80; i += 2) {
            options[i] = "opt" + (10 + i);
            options[i + 1] = "val" + i;
          }
          options[80] = "blksize";
          options[81] = "1024";
          Download download = Check.whole(lab, "small", options);
          Violation.unlessSame("OACK", download.agreed(), Map.of("blksize", "1024"));
        });
    c.add(
        "RFC 2347",
        "an option twice, one without value, one without name: never agreed twice, and survived",
        lab -> {
          for (String[] options :
              List.of(
                  new String[] {"blksize", "1024", "blksize", "512"},
                  new String[] {"blksize", ""},
                  new String[] {"blksize"},
                  new String[] {"", "", "blksize", "600"},
                  new String[] {"tsize", "0", "tsize"})) {
            survived(lab, options);
          }
        });
  }

  private static void survived(TftpLab lab, String... options) throws IOException {
    try (Client client = lab.client()) {
      client.read("small", options);
      Optional<Packet> packet = client.next(lab.limits().silence());
      if (packet.isPresent() && packet.get().is(Packet.OACK)) {
        packet.get().options();
      }
      if (packet.isPresent() && !packet.get().is(Packet.ERROR)) {
        client.error(8, "only asking");
      }
    }
    Check.whole(lab, "one");
  }
}
