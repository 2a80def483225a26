package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Wires;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

final class ReadingCases {
  private ReadingCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Reading a file");
    lengths(c);
    lockStep(c);
    identifiers(c);
    names(c);
  }

  private static void lengths(Cases<TftpLab> c) {
    c.add("RFC 1350 §2", "a file arrives octet by octet", lab -> Check.whole(lab, "medium"));
    c.add(
        "RFC 1350 §2",
        "a block of less than 512 octets ends the transfer: 511 octets are one block",
        lab -> blocks(lab, "short", 1));
    c.add(
        "RFC 1350 §6",
        "an exact multiple of 512 octets ends with an empty block",
        lab -> {
          blocks(lab, "exact", 2);
          blocks(lab, "exact-eight", 9);
        });
    c.add("RFC 1350 §6", "513 octets are two blocks", lab -> blocks(lab, "over", 2));
    c.add("RFC 1350 §6", "an empty file is one empty block", lab -> blocks(lab, "empty", 1));
    c.add("RFC 1350 §6", "a file of one octet is one block", lab -> blocks(lab, "one", 1));
  }

  private static void blocks(TftpLab lab, String file, long wanted) throws IOException {
    Violation.unlessSame("blocks", Check.whole(lab, file).blocks(), wanted);
  }

  private static void lockStep(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §5",
        "the blocks are numbered from 1 on, one after the other",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            for (int block = 1; block <= 10; block++) {
              client.data(block);
              client.ack(block);
            }
          }
        });
    c.add(
        "RFC 1350 §2",
        "a block is not sent before the one before it was acknowledged",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            client.data(1);
            client
                .next(lab.limits().silence())
                .ifPresent(p -> Violation.unless(p.isBlock(1), p + " before ACK 1"));
            client.ack(1);
            client.data(2);
          }
        });
    c.add(
        "RFC 1350 §6",
        "after the last acknowledgement nothing more is sent",
        lab -> {
          try (Client client = lab.client()) {
            client.read("short");
            client.data(1);
            client.ack(1);
            client.silence("the last ACK");
          }
        });
  }

  private static void identifiers(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §4",
        "the answer comes from a port chosen for the transfer, not from 69",
        lab -> {
          try (Client client = lab.client()) {
            client.read("small");
            client.data(1);
            int port = client.transfer().getPort();
            Violation.unless(port != 69, "the answer came from port 69");
          }
        });
    c.add(
        "RFC 1350 §4",
        "eight transfers at once come from eight ports",
        lab -> {
          Set<Integer> ports = new HashSet<>();
          Client[] clients = new Client[8];
          for (int i = 0; i < clients.length; i++) {
            clients[i] = lab.client();
            clients[i].read("small");
            clients[i].data(1);
            ports.add(clients[i].transfer().getPort());
          }
          for (Client client : clients) {
            client.close();
          }
          Violation.unlessSame("ports", ports.size(), 8);
        });
    c.add(
        "RFC 1122 §4.1.3.5",
        "the answer comes from the address that was asked, also from the server's second one",
        lab -> {
          for (String address : new String[] {Wires.SERVER, Wires.SECOND}) {
            try (Client client = lab.client(address)) {
              client.read("small");
              client.data(1);
              String from = client.transfer().getAddress().getHostAddress();
              Violation.unlessSame("asked " + address + ", answered by", from, address);
            }
          }
        });
  }

  private static void names(Cases<TftpLab> c) {
    c.add(
        "RFC 3617 §2",
        "tftp://host/folder/deep/file: a file in a folder, its name with slashes",
        lab -> Check.whole(lab, "folder/deep/file"));
    c.add(
        "RFC 3617 §2.1",
        "tftp://host/with%20blank: a name may have a blank",
        lab -> Check.whole(lab, "with blank"));
  }
}
