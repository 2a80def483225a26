package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpPacket.ReadRequest;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * What was asked for, by whom, and where.
 *
 * @param file the name as it was normalised; made printable when it never got so far
 * @param port the client's; identifies the transfer on its side (RFC 1350 section 4)
 * @param asked which of our addresses was asked; the answers leave from it
 * @param started when the request came
 */
record Order(ReadRequest request, String file, Ipv4 client, int port, Ipv4 asked, Instant started) {
  InetSocketAddress address() {
    return new InetSocketAddress(client.toInetAddress(), port);
  }

  /** The client's address and port in one number. */
  long transferId() {
    return transferId(client, port);
  }

  static long transferId(Ipv4 client, int port) {
    return (long) client.hashCode() << 16 | port;
  }
}
