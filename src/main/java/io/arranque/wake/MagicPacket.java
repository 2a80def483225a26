package io.arranque.wake;

import io.arranque.address.Mac;

/**
 * AMD's Magic Packet: six octets of ones, then the machine's MAC sixteen times. A sleeping card
 * looks for that pattern anywhere in a frame; UDP to port 9 is merely how it gets there.
 */
final class MagicPacket {
  /** Discard (RFC 863): should the machine be on, nobody listens there. */
  static final int PORT = 9;

  private static final int ONES = 6;
  private static final int TIMES = 16;

  private MagicPacket() {}

  static byte[] of(Mac mac) {
    byte[] own = mac.octets();
    byte[] packet = new byte[ONES + TIMES * own.length];
    for (int i = 0; i < packet.length; i++) {
      packet[i] = i < ONES ? (byte) 0xff : own[(i - ONES) % own.length];
    }
    return packet;
  }
}
