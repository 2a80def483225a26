package io.arranque.tftp;

import io.arranque.address.Ipv4;

/**
 * Hears what the server does. Called on the server's event loops, possibly on several at once: must
 * be quick and must not wait for anything.
 */
public interface TransferListener {
  /** A file was found and its first packet is about to leave. */
  void started(Ipv4 client, String file, long size);

  /** Once for each {@link #started}, and once for each refused request. */
  void finished(TransferReport report);

  /** A datagram on the server's port that is no request; nothing was answered. */
  void ignored(Ipv4 client, String why);
}
