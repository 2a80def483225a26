package io.arranque.http;

import io.arranque.address.Ipv4;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts addresses of documents that an address asked for and that do not exist. Different ones: a
 * system that still asks for those of its last boot asks for the same again and again. Bounded;
 * thread-safe.
 */
final class Guesses {
  private static final int MANY = 8;
  private static final int MAX_CLIENTS = 1024;
  private static final Duration PERIOD = Duration.ofMinutes(10);

  private static final class Tried {
    final Instant since;
    final Set<String> nonces = new HashSet<>();

    Tried(Instant since) {
      this.since = since;
    }
  }

  private final Map<Ipv4, Tried> byClient = new LinkedHashMap<>();

  /** Counts one more; the same again is none. */
  synchronized boolean areMany(Ipv4 client, String nonce, Instant now) {
    Tried known = byClient.get(client);
    if (known == null || now.isAfter(known.since.plus(PERIOD))) {
      byClient.remove(client);
      known = new Tried(now);
      byClient.put(client, known);
      if (byClient.size() > MAX_CLIENTS) {
        byClient.remove(byClient.keySet().iterator().next());
      }
    }
    if (known.nonces.size() < MANY) {
      known.nonces.add(nonce.length() > 64 ? nonce.substring(0, 64) : nonce);
    }
    return known.nonces.size() >= MANY;
  }
}
