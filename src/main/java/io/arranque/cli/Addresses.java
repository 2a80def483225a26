package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.site.Segment;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** This box's own addresses, read anew each time: cards come and go. */
final class Addresses {
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");

  private Addresses() {}

  /** Our address as machines of that segment see it. */
  static Ipv4 on(Optional<Segment> segment) {
    return segment.flatMap(Addresses::in).orElseGet(Addresses::own);
  }

  /** Our address on a segment. */
  static Optional<Ipv4> in(Segment segment) {
    return all().stream().filter(segment.subnet()::contains).findFirst();
  }

  /** An address under which others reach this box; loopback when it has no network. */
  static Ipv4 own() {
    return all().stream().findFirst().orElse(LOOPBACK);
  }

  /** All of them but loopback, the lowest first. */
  static List<Ipv4> all() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(card -> !card.isVirtual())
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .map(address -> Ipv4.of((Inet4Address) address))
          .sorted()
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }
}
