package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks who has an address by way of the kernel: Java can neither send ARP nor read netlink, but a
 * datagram to an unknown neighbour makes the kernel ask, and it shows what it learnt.
 */
final class NeighbourServer {
  /** discard: where somebody listens, nothing comes of it (RFC 863). */
  private static final int DISCARD = 9;

  private static final byte[] NOTHING = new byte[1];
  private static final Path TABLE = Path.of("/proc/net/arp");
  private static final long IP_MILLIS = 500;
  private static final Logger LOG = LoggerFactory.getLogger(NeighbourServer.class);

  private NeighbourServer() {}

  /** Makes the kernel ask; the answer stands in {@link #table} some milliseconds later. */
  static void ask(CardSocketServer socket, Ipv4 address) {
    socket.send(NOTHING, address, DISCARD);
  }

  /** What the kernel knows now; empty when it does not say. */
  static ArpTable table() {
    try {
      return ArpTable.parse(Files.readAllLines(TABLE, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      LOG.debug("{} cannot be read", TABLE, e);
      return ArpTable.parse(List.of());
    }
  }

  /**
   * Makes the kernel forget, so that the next answer is of now. An entry stays for hours after its
   * machine was switched off, and nothing that Java can read tells an old one from a fresh one.
   *
   * @return false when that cannot be done here
   */
  static boolean forget(Ipv4 address, String card) {
    try {
      Process ip =
          new ProcessBuilder("ip", "neigh", "del", address.toString(), "dev", card)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!ip.waitFor(IP_MILLIS, TimeUnit.MILLISECONDS)) {
        ip.destroyForcibly();
        return false;
      }
      return ip.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
