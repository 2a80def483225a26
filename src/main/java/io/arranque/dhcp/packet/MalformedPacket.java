package io.arranque.dhcp.packet;

/**
 * The octets are no DHCP message. Carries no stack trace: anybody on the wire can cause it as often
 * as they like.
 */
public final class MalformedPacket extends Exception {
  MalformedPacket(String reason) {
    super(reason, null, false, false);
  }
}
