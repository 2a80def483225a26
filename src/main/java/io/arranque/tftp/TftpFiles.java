package io.arranque.tftp;

import io.arranque.address.Ipv4;

/** What there is to read. Asked on the event loop that hears requests: must answer at once. */
public interface TftpFiles {
  TftpAnswer open(Request request);

  /**
   * A read request, its name already normalised.
   *
   * @param client who asks
   * @param server which of the server's addresses was asked
   */
  record Request(TftpName name, Ipv4 client, Ipv4 server) {}
}
