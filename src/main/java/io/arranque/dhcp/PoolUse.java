package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.site.Segment;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How much of a segment's pool is used.
 *
 * @param size addresses that can be given to machines without reservation
 * @param leased of these, with a live lease
 * @param offered on offer and not leased yet
 * @param quarantined set aside because somebody else uses them
 */
public record PoolUse(String segment, long size, long leased, long offered, long quarantined) {
  private static final int NEARLY_FULL = 90;

  /** Below this the warning ends: at one bound it would come and go with each machine. */
  private static final int EASED = 85;

  public long used() {
    return leased + offered + quarantined;
  }

  public long free() {
    return Math.max(0, size - used());
  }

  /**
   * Whether new machines will soon get none.
   *
   * @param before what was said the last time
   */
  boolean isNearlyFull(boolean before) {
    return size > 0 && used() * 100 >= size * (before ? EASED : NEARLY_FULL);
  }

  static PoolUse of(Segment segment, Optional<Ipv4> own, LeaseTable table, Instant now) {
    Pool pool = new Pool(segment, own);
    long leased =
        table.leases().stream()
            .filter(lease -> lease.isLive(now) && pool.has(lease.address()))
            .count();
    Collection<Offer> offers = table.offers();
    long offered =
        offers.stream()
            .filter(offer -> offer.isLive(now) && pool.has(offer.address()))
            .filter(offer -> table.at(offer.address()).filter(l -> l.isLive(now)).isEmpty())
            .count();
    long quarantined = table.quarantined().stream().filter(pool::has).count();
    return new PoolUse(segment.name(), pool.size(), leased, offered, quarantined);
  }

  /** The addresses that {@link Allocation} gives to anybody. */
  private record Pool(Segment segment, Optional<Ipv4> own) {
    boolean has(Ipv4 address) {
      return inRanges(address) && !isNever(address);
    }

    long size() {
      long all = segment.pool().stream().mapToLong(AddressRange::size).sum();
      long reserved =
          segment.reservations().values().stream().distinct().filter(this::inRanges).count();
      boolean ownInPool =
          own.filter(this::inRanges)
              .filter(address -> !segment.reservations().containsValue(address))
              .isPresent();
      return all - reserved - (ownInPool ? 1 : 0);
    }

    private boolean inRanges(Ipv4 address) {
      return segment.pool().stream().anyMatch(range -> range.contains(address));
    }

    private boolean isNever(Ipv4 address) {
      return segment.reservations().containsValue(address)
          || own.filter(address::equals).isPresent();
    }
  }
}
