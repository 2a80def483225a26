package io.arranque.dhcp;

import io.arranque.address.Ipv4;

/**
 * How a packet came in.
 *
 * @param segment the segment of the card it came through
 * @param serverAddress our address on that card: server identifier and boot server
 * @param port ours, {@link #DHCP} or {@link #PROXY_DHCP}
 * @param source the sender's address, 0.0.0.0 from a machine that has none
 * @param sourcePort the sender's port
 */
public record Arrival(String segment, Ipv4 serverAddress, int port, Ipv4 source, int sourcePort) {
  /** Where DHCP servers and relays listen. */
  public static final int DHCP = 67;

  /** Where DHCP clients listen. */
  public static final int CLIENT = 68;

  /** Where PXE boot servers listen (PXE 2.1 §2.2). */
  public static final int PROXY_DHCP = 4011;
}
