package io.arranque.web.live;

import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What was rendered of machines, for all open pages together: a row costs a boot plan and a
 * template, and in a boot storm fifty pages would have each row rendered fifty times.
 *
 * <p>A picture is used for a second at most, and never after its machine changed. What else it
 * depends on (the site, the room, the time of day) reaches the page by other ways than events, and
 * a second is not more than those take.
 */
final class Painted {
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  /** Two thousand machines in both languages. */
  private static final int MAX = 4_096;

  private final Map<Key, Picture> pictures = new ConcurrentHashMap<>();
  private final Map<Mac, Long> changes = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  private record Key(String kind, Mac mac) {}

  private record Picture(String text, long change, Instant at) {}

  /** Something is different about the machine: told before anybody is woken to show it. */
  void changed(Mac mac) {
    if (changes.size() > MAX) {
      // Whoever is forgotten here counts on from a number that no picture has.
      changes.clear();
      pictures.clear();
    }
    changes.put(mac, count.incrementAndGet());
  }

  /**
   * The machine's picture; of those who ask for the same one renders, and the others wait for it.
   *
   * @param kind tells apart what is rendered of a machine, and in which language
   */
  String of(String kind, Mac mac, Instant now, Supplier<String> render) {
    if (pictures.size() > MAX) {
      pictures.values().removeIf(picture -> isOld(picture, now));
    }
    return pictures
        .compute(
            new Key(kind, mac),
            (key, known) -> {
              // Read before rendering: a change meanwhile makes the picture an old one.
              long change = changes.getOrDefault(mac, 0L);
              return known != null && known.change() == change && !isOld(known, now)
                  ? known
                  : new Picture(render.get(), change, now);
            })
        .text();
  }

  private static boolean isOld(Picture picture, Instant now) {
    return Duration.between(picture.at(), now).abs().compareTo(GOOD_FOR) > 0;
  }
}
