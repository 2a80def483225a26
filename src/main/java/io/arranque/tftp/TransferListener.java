package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.timeline.Reason;

/**
 * Hears what the server does. Called on the server's event loops, possibly on several at once: must
 * be quick and must not wait for anything.
 */
public interface TransferListener {
  /** A file was found and its first packet is about to leave. */
  void started(Ipv4 client, String file, long size);

  /**
   * As {@link #started(Ipv4, String, long)}, for who watches it go on.
   *
   * @param port the client's, as in the report
   */
  default void started(Ipv4 client, int port, String file, long size, Underway transfer) {
    started(client, file, size);
  }

  /** Once for each {@link #started}, and once for each refused request. */
  void finished(TransferReport report);

  /** A datagram on the server's port that was not answered. */
  void ignored(Ipv4 client, Reason reason, String why);
}
