package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.time.Instant;
import java.util.Optional;

/** A datagram as it was heard or sent. */
final class CapturedPacket {
  private final Instant at;
  private final Arrival arrival;
  private final Optional<Destination> sentTo;
  private final byte[] payload;

  /**
   * @param arrival of this packet, or of the one that it answers
   * @param sentTo empty for one that was heard
   * @param payload kept as it is, so nobody may change it
   */
  CapturedPacket(Instant at, Arrival arrival, Optional<Destination> sentTo, byte[] payload) {
    this.at = at;
    this.arrival = arrival;
    this.sentTo = sentTo;
    this.payload = payload;
  }

  Instant at() {
    return at;
  }

  /** Whose card it came through or left by. */
  String segment() {
    return arrival.segment();
  }

  boolean isSent() {
    return sentTo.isPresent();
  }

  byte[] payload() {
    return payload;
  }

  Ipv4 source() {
    return isSent() ? arrival.serverAddress() : arrival.source();
  }

  int sourcePort() {
    return isSent() ? arrival.port() : arrival.sourcePort();
  }

  /**
   * Of one that was heard the socket does not tell. Who has no address yet broadcasts; who has one
   * is taken to speak to us, which is wrong of a REBINDING client.
   */
  Ipv4 destination() {
    Ipv4 heardAt = arrival.source().isAny() ? Ipv4.BROADCAST : arrival.serverAddress();
    return sentTo.map(Destination::address).orElse(heardAt);
  }

  int destinationPort() {
    return sentTo.map(Destination::port).orElse(arrival.port());
  }
}
