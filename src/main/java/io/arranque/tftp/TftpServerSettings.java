package io.arranque.tftp;

import io.arranque.address.Ipv4;
import java.util.List;

/**
 * Where the server listens and what it allows.
 *
 * @param addresses each gets a socket of its own; {@link Ipv4#ANY} alone listens on all. Answers
 *     leave from the address that was asked, as firmware insists on
 * @param port 69; 0 for any free one
 * @param maxTransfers at once, by all clients
 * @param maxPerClient at once, by one client address
 */
public record TftpServerSettings(
    List<Ipv4> addresses, int port, TransferLimits limits, int maxTransfers, int maxPerClient) {
  public TftpServerSettings {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address to listen on");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is 0 to 65535: " + port);
    }
    if (maxTransfers < 1 || maxPerClient < 1) {
      throw new IllegalArgumentException("at least one transfer must be allowed");
    }
  }

  /**
   * 512 transfers, 128 per client address: a whole room may stand behind one, and GRUB asks for a
   * dozen modules at once. A window that is too long for a burst is made shorter.
   */
  public static TftpServerSettings of(
      List<Ipv4> addresses, int port, int blockSizeMax, int windowSizeMax) {
    return new TftpServerSettings(
        addresses,
        port,
        new TransferLimits(
            blockSizeMax, Math.min(windowSizeMax, TransferLimits.WINDOW_SIZE_LARGEST)),
        512,
        128);
  }
}
