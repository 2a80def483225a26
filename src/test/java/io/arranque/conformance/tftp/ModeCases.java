package io.arranque.conformance.tftp;

import io.arranque.conformance.Cases;
import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

final class ModeCases {
  private ModeCases() {}

  static void add(Cases<TftpLab> c) {
    c.theme("Modes");
    c.add(
        "RFC 1350 §1",
        "a mode may be written in any mixture of upper and lower case",
        lab -> {
          Check.same(fetch(lab, Packet.read("small", "OcTeT")).content(), Served.content("small"));
          Check.same(fetch(lab, Packet.read("small", "OCTET")).content(), Served.content("small"));
        });
    c.add(
        "RFC 1350 §1",
        "netascii: the end of a line is CR LF, a lone CR is CR NUL",
        lab ->
            Check.same(
                fetch(lab, Packet.read("text", "netascii")).content(),
                netascii(Served.content("text"))));
    c.add(
        "RFC 1350 §1",
        "netascii: two octets that stand for one may lie in two blocks, in blocks of 9 too",
        lab ->
            Check.same(
                fetch(lab, Packet.read("text", "NETASCII", "blksize", "9")).content(),
                netascii(Served.content("text"))));
    c.add(
        "RFC 1350 §1",
        "mail, which is obsolete, brings an ERROR and no data",
        lab -> refused(lab, Packet.read("small", "mail")));
    c.add(
        "RFC 1350 §2",
        "a mode that there is not brings an ERROR and no data",
        lab -> {
          refused(lab, Packet.read("small", "binary"));
          refused(lab, Packet.read("small", ""));
        });
    c.add(
        "RFC 2349",
        "tsize in netascii is left out, or the size of the file or of what is sent",
        ModeCases::sizeOfText);
  }

  private static Download fetch(TftpLab lab, byte[] request) throws IOException {
    return Download.over(lab, Channel.Quality.PERFECT, 0, request);
  }

  private static void refused(TftpLab lab, byte[] request) throws IOException {
    try (Client client = lab.client()) {
      client.request(request);
      client.error();
    }
  }

  private static void sizeOfText(TftpLab lab) throws IOException {
    Download download = fetch(lab, Packet.read("text", "netascii", "tsize", "0"));
    Map<String, String> agreed = download.agreed();
    int onDisk = Served.content("text").length;
    int sent = download.content().length;
    String size = agreed.get("tsize");
    if (size == null) {
      lab.remark("tsize is left out");
      return;
    }
    lab.remark("tsize is the size " + (size.equals(onDisk + "") ? "of the file" : "when sent"));
    Violation.unless(
        size.equals(Integer.toString(onDisk)) || size.equals(Integer.toString(sent)),
        "tsize " + size + " of a file of " + onDisk + " that is sent as " + sent);
  }

  private static byte[] netascii(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte octet : text) {
      if (octet == '\n') {
        out.write('\r');
      }
      out.write(octet);
      if (octet == '\r') {
        out.write(0);
      }
    }
    return out.toByteArray();
  }
}
