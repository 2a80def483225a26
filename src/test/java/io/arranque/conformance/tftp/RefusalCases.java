package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

final class RefusalCases {
  private RefusalCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Refusing");
    files(c);
    requests(c);
    c.add(
        "RFC 1123 §4.2.3.5",
        "a request by broadcast is not answered",
        lab -> {
          for (String address : List.of("255.255.255.255", "10.9.255.255")) {
            try (Client client = lab.client(address)) {
              client.read("small");
              client.silence("a request to " + address);
            }
          }
        });
  }

  private static void files(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §5",
        "a file that there is not brings ERROR 1",
        lab -> {
          try (Client client = lab.client()) {
            client.read("no-such-file");
            Violation.unlessSame("code", client.error().number(), 1);
          }
        });
    c.add(
        "RFC 1350 §5",
        "the message of an ERROR is text that a screen can show, and ends with a NUL",
        lab -> {
          try (Client client = lab.client()) {
            client.read("no-such-file");
            List<String> texts = client.error().texts();
            Violation.unlessSame("texts", texts.size(), 1);
            boolean plain = texts.get(0).chars().allMatch(c2 -> c2 >= ' ' && c2 < 0x7f);
            Violation.unless(plain, "a message that is no ASCII");
          }
        });
    c.add(
        "RFC 1350 §2",
        "an ERROR is sent once and not again",
        lab -> {
          try (Client client = lab.client()) {
            client.read("no-such-file");
            client.error();
            client.silence("an ERROR");
          }
        });
    c.add("RFC 1350 §5", "a folder is no file", lab -> refused(lab, "folder"));
    c.add(
        "RFC 1123 §4.2.3.4",
        "no name leads out of the folder: neither .. nor a whole path",
        lab -> {
          for (String name :
              List.of(
                  "../secret",
                  "/../secret",
                  "folder/../../secret",
                  "./../secret",
                  "..\\secret",
                  "folder/deep/../../../secret",
                  "/etc/hostname",
                  "../../../../../../../../etc/passwd",
                  "..",
                  "/",
                  "")) {
            refused(lab, name);
          }
        });
    c.add(
        "RFC 1123 §4.2.3.4",
        "what may only be read is not written: an ERROR, with the first block at the latest",
        lab -> {
          for (String name : List.of("upload", "new-file", "../new-file")) {
            write(lab, name);
          }
          Check.whole(lab, "upload");
          refused(lab, "new-file");
        });
    c.add(
        "RFC 2347",
        "nor is it with options",
        lab -> {
          write(lab, "upload", "blksize", "1024", "tsize", "1000");
          Check.whole(lab, "upload");
        });
  }

  private static void requests(Cases<TftpLab> c) {
    c.add(
        "RFC 1350 §5",
        "an operation code that there is not brings an ERROR or nothing",
        lab -> {
          for (int code : new int[] {0, 7, 9, 255}) {
            odd(lab, ("\0" + (char) code + "small\0octet\0"));
          }
          odd(lab, "\1\1small\0octet\0");
        });
    c.add(
        "RFC 1350 §5",
        "a request that is not whole brings an ERROR or nothing: no NUL, no mode, no name",
        lab -> {
          for (String text :
              List.of(
                  "",
                  "\0",
                  "\0\1",
                  "\0\1small",
                  "\0\1small\0",
                  "\0\1small\0octet",
                  "\0\1\0octet\0",
                  "\0\1\0\0")) {
            odd(lab, text);
          }
        });
    c.add(
        "RFC 1350 §5",
        "a name of 400 letters brings an ERROR, and hurts nothing",
        lab -> refused(lab, "x".repeat(400)));
    c.add(
        "RFC 1350 §5",
        "a request of 8000 octets brings an ERROR or nothing, and hurts nothing",
        lab -> odd(lab, "\0\1" + "y".repeat(8000) + "\0octet\0"));
  }

  private static void refused(TftpLab lab, String name) throws IOException {
    try (Client client = lab.client()) {
      client.read(name);
      Packet packet = client.next("a request for '" + name + "'");
      Violation.unless(packet.is(Packet.ERROR), packet + " for '" + name + "'");
    }
  }

  private static void write(TftpLab lab, String name, String... options) throws IOException {
    try (Client client = lab.client()) {
      client.request(Packet.request(Packet.WRQ, name, "octet", options));
      Packet packet = client.next("a write request");
      if (packet.is(Packet.ACK) || packet.is(Packet.OACK)) {
        client.toTransfer(new byte[] {0, Packet.DATA, 0, 1, 'x'});
        packet = client.next("the first block");
      }
      Violation.unless(packet.is(Packet.ERROR), packet + " to what writes '" + name + "'");
    }
  }

  private static void odd(TftpLab lab, String text) throws IOException {
    try (Client client = lab.client()) {
      client.request(text.getBytes(StandardCharsets.ISO_8859_1));
      Optional<Packet> packet = client.next(lab.limits().silence().dividedBy(4));
      packet.ifPresent(p -> Violation.unless(p.is(Packet.ERROR), p + " for an odd packet"));
    }
    Check.whole(lab, "one");
  }
}
