package io.arranque.conformance.tftp;

import io.arranque.conformance.Violation;
import io.arranque.conformance.files.Served;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What many cases ask in the same words. */
final class Check {
  private Check() {}

  /** The file arrives, octet by octet. */
  static Download whole(TftpLab lab, String file, String... options) throws IOException {
    Download download = Download.of(lab, file, options);
    same(download, Served.content(file));
    return download;
  }

  static void same(Download download, byte[] wanted) {
    same(download.content(), wanted);
  }

  static void same(byte[] content, byte[] wanted) {
    int differs = Arrays.mismatch(content, wanted);
    Violation.unless(
        differs < 0,
        "%d octets of %d, other from octet %d on"
            .formatted(content.length, wanted.length, differs));
  }

  /**
   * What the server says to one option; the request is taken back, as a client may.
   *
   * @return what it agreed to, empty without OACK
   */
  static Map<String, String> answerTo(TftpLab lab, String file, String... options)
      throws IOException {
    try (Client client = lab.client()) {
      client.read(file, options);
      Packet packet = client.next("a request with options");
      boolean either = packet.is(Packet.OACK) || packet.is(Packet.DATA);
      Violation.unless(either, packet.toString());
      client.error(8, "only asking");
      return packet.is(Packet.OACK) ? packet.options() : Map.of();
    }
  }

  /** An option that is wrong is left out, or the request refused; it is never agreed to. */
  static void notAgreed(TftpLab lab, String option, String value) throws IOException {
    try (Client client = lab.client()) {
      client.read("small", option, value);
      Packet packet = client.next("a request with " + option + " " + value);
      if (packet.is(Packet.OACK)) {
        String agreed = packet.options().get(option);
        Violation.unless(
            agreed == null, option + " '" + value + "' was answered with '" + agreed + "'");
      }
      client.error(8, "only asking");
    }
    whole(lab, "small");
  }

  /**
   * How often the block comes; by the server's clock it may come some times, and later ones too.
   */
  static int blocksThatCome(TftpLab lab, Client client, int block) throws IOException {
    int came = 0;
    Optional<Packet> packet = client.next(lab.limits().silence().dividedBy(2));
    while (packet.isPresent() && came < 30) {
      boolean later = packet.get().is(Packet.DATA) && packet.get().number() >= block;
      Violation.unless(later, packet.get() + " after DATA " + block);
      came += packet.get().isBlock(block) ? 1 : 0;
      packet = client.next(lab.limits().silence().dividedBy(2));
    }
    return came;
  }
}
