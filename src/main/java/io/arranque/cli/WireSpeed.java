package io.arranque.cli;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How much the cards towards the site's segments can carry, as the kernel says. Looked up now and
 * then: a cable that is put into another port may be slower than before.
 */
final class WireSpeed {
  private static final Duration GOOD_FOR = Duration.ofSeconds(30);
  private static final Path CARDS = Path.of("/sys/class/net");

  private final Supplier<Site> site;
  private final InstantSource clock;
  private final Path cards;
  private Instant until = Instant.MIN;
  private long bits;

  WireSpeed(Supplier<Site> site, InstantSource clock) {
    this(site, clock, CARDS);
  }

  WireSpeed(Supplier<Site> site, InstantSource clock, Path cards) {
    this.site = site;
    this.clock = clock;
    this.cards = cards;
  }

  /** Bits per second of all of them together; 0 when one does not say, as virtual cards often. */
  synchronized long bitsPerSecond() {
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      until = now.plus(GOOD_FOR);
      bits = sum();
    }
    return bits;
  }

  private long sum() {
    // By name: two segments on one card share what it carries.
    Map<String, Long> speeds = new TreeMap<>();
    for (Segment segment : site.get().segments().values()) {
      card(segment).ifPresent(name -> speeds.computeIfAbsent(name, this::speed));
    }
    return speeds.containsValue(0L) ? 0 : speeds.values().stream().mapToLong(s -> s).sum();
  }

  private static Optional<String> card(Segment segment) {
    return Addresses.in(segment)
        .flatMap(
            address -> {
              try {
                return Optional.ofNullable(
                        NetworkInterface.getByInetAddress(address.toInetAddress()))
                    .map(NetworkInterface::getName);
              } catch (SocketException e) {
                return Optional.empty();
              }
            });
  }

  /** The file holds megabits per second, -1 where nobody knows, and cannot be read without link. */
  long speed(String card) {
    try {
      String text = Files.readString(cards.resolve(card).resolve("speed")).strip();
      return text.matches("[0-9]{1,7}") ? Long.parseLong(text) * 1_000_000 : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
