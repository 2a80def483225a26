package io.arranque.store;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.LeaseChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Values for the tests of this package. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
  static final Mac PC = Mac.of("52:54:00:12:34:56");
  static final Mac OTHER_PC = Mac.of("52:54:00:12:34:57");
  static final Ipv4 ADDRESS = Ipv4.of("192.168.33.100");

  private Samples() {}

  static Lease lease(int number) {
    return new Lease(
        ADDRESS.plus(number),
        new Mac(PC.bits() + number),
        "sala5",
        NOON,
        NOON.plusSeconds(3600),
        Optional.of("pc" + number));
  }

  static List<LeaseChange> bound(int from, int count) {
    return IntStream.range(from, from + count)
        .<LeaseChange>mapToObj(number -> new LeaseChange.Bound(lease(number)))
        .toList();
  }
}
