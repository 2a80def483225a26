package io.arranque.dhcp;

import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;

/** Tells which packets in the queue ask the same, so that the last of them is enough. */
final class SameAsked {
  /** Odd, with its bits spread. */
  private static final long MIXER = 0x9e3779b97f4a7c15L;

  private SameAsked() {}

  /**
   * Equal for two DISCOVERs of a machine that came the same way. Of other messages each counts: a
   * REQUEST may choose another server than the one before.
   */
  static Object of(DhcpPacket packet, Arrival at) {
    boolean discover = packet.messageType().filter(MessageType.DISCOVER::equals).isPresent();
    if (!discover || packet.mac().isEmpty()) {
      return new Object();
    }
    long way = (Integer.toUnsignedLong(packet.giaddr().bits()) << 16) | at.port();
    // A number and no record: a map keeps equal hashes apart by order, if somebody chose his MACs.
    return (packet.mac().get().bits() << 16) ^ (way * MIXER) ^ (at.segment().hashCode() * MIXER);
  }
}
