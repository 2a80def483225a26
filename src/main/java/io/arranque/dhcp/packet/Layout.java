package io.arranque.dhcp.packet;

/**
 * How much a reply may hold and where its options may lie.
 *
 * @param maxMessageSize the largest IP datagram the client takes, headers included
 * @param overload whether options that do not fit may go into the {@code file} and {@code sname}
 *     fields (RFC 2132 §9.3)
 */
public record Layout(int maxMessageSize, boolean overload) {
  /** 300 octets of BOOTP with IP and UDP headers: its vendor field has 64 octets (RFC 951). */
  public static final Layout BOOTP = new Layout(328, false);

  /** What the client said it takes, and what RFC 2131 lets a server do. */
  public static Layout of(DhcpPacket request) {
    return new Layout(request.maxMessageSize(), true);
  }

  /** At most this, though never less than what every host must take. */
  public Layout atMost(int messageSize) {
    int size = Math.max(messageSize, DhcpPacket.MIN_MAX_MESSAGE_SIZE);
    return new Layout(Math.min(maxMessageSize, size), overload);
  }

  public Layout withoutOverload() {
    return new Layout(maxMessageSize, false);
  }
}
