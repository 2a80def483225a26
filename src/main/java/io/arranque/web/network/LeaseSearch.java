package io.arranque.web.network;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.web.views.Desk;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Leases that somebody looks for: found, sorted, cut into pages. Pure.
 *
 * @param text part of an address, of a name, or of a MAC in any notation; empty: all
 * @param segment empty: all
 * @param limit at most so many
 * @param offset after so many
 */
record LeaseSearch(
    String text, String segment, Which which, Sort sort, boolean down, int limit, int offset) {
  static final LeaseSearch ALL_LIVE =
      new LeaseSearch("", "", Which.LIVE, Sort.ADDRESS, false, Integer.MAX_VALUE, 0);

  /** Which of them. */
  enum Which {
    LIVE,
    ENDED,
    ALL
  }

  /** In which order. */
  enum Sort {
    ADDRESS,
    NAME,
    MAC,
    SINCE,
    EXPIRES
  }

  /**
   * One page.
   *
   * @param total on all pages
   */
  record Found(List<Lease> leases, int total) {}

  Found in(List<Lease> leases, Function<Mac, String> name, Instant now) {
    String wanted = fold(text.strip());
    Optional<String> hex = hex(wanted);
    List<Lease> all =
        leases.stream()
            .filter(lease -> segment.isEmpty() || lease.segment().equals(segment))
            .filter(
                lease ->
                    switch (which) {
                      case LIVE -> lease.isLive(now);
                      case ENDED -> !lease.isLive(now);
                      case ALL -> true;
                    })
            .filter(lease -> wanted.isEmpty() || fits(lease, wanted, hex, name))
            .sorted(down ? order(name).reversed() : order(name))
            .toList();
    return new Found(all.stream().skip(offset).limit(limit).toList(), all.size());
  }

  private static boolean fits(
      Lease lease, String wanted, Optional<String> hex, Function<Mac, String> name) {
    return lease.address().toString().contains(wanted)
        || hex.filter(lease.mac().bare()::contains).isPresent()
        || fold(name.apply(lease.mac())).contains(wanted)
        || lease.hostname().filter(said -> fold(said).contains(wanted)).isPresent();
  }

  /** Of {@code 00-1A:2b}, {@code 001a.2b} and {@code 1a2} the digits; two at least. */
  private static Optional<String> hex(String wanted) {
    String bare = wanted.replaceAll("[:.\\-\\s]", "");
    boolean digits = bare.length() >= 2 && bare.chars().allMatch(HexFormat::isHexDigit);
    return digits ? Optional.of(bare) : Optional.empty();
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  private Comparator<Lease> order(Function<Mac, String> name) {
    Comparator<Lease> byAddress = Comparator.comparing(Lease::address, Ipv4::compareTo);
    return switch (sort) {
      case ADDRESS -> byAddress;
      case NAME ->
          Comparator.<Lease, Boolean>comparing(l -> name.apply(l.mac()).isEmpty())
              .thenComparing(l -> Desk.natural(fold(name.apply(l.mac()))))
              .thenComparing(byAddress);
      case MAC -> Comparator.<Lease>comparingLong(l -> l.mac().bits()).thenComparing(byAddress);
      case SINCE -> Comparator.comparing(Lease::since).thenComparing(byAddress);
      case EXPIRES -> Comparator.comparing(Lease::expires).thenComparing(byAddress);
    };
  }
}
