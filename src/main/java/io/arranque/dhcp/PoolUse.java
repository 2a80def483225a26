package io.arranque.dhcp;

import io.arranque.address.AddressRange;
import io.arranque.address.Ipv4;
import io.arranque.site.Segment;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

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

  /** How many of the last free addresses go to machines that are known, and to no stranger. */
  public int kept() {
    return Strangers.kept((int) Math.min(Integer.MAX_VALUE, size));
  }

  /**
   * Whether new machines will soon get none.
   *
   * @param before what was said the last time
   */
  boolean isNearlyFull(boolean before) {
    return size > 0 && used() * 100 >= size * (before ? EASED : NEARLY_FULL);
  }

  /**
   * @param never what {@link Allocation} gives to nobody, or to one machine only, beside what the
   *     segment's file tells: our own address, those reserved in the page
   */
  static PoolUse of(Segment segment, Set<Ipv4> never, LeaseTable table, Instant now) {
    Set<Ipv4> all = new HashSet<>(never);
    all.addAll(segment.reservations().values());
    all.add(segment.subnet().network());
    all.add(segment.subnet().broadcast());
    segment.router().ifPresent(all::add);
    Pool pool = new Pool(segment, all);
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

  private record Pool(Segment segment, Set<Ipv4> never) {
    boolean has(Ipv4 address) {
      return inRanges(address) && !never.contains(address);
    }

    long size() {
      long all = segment.pool().stream().mapToLong(AddressRange::size).sum();
      return all - never.stream().filter(this::inRanges).count();
    }

    private boolean inRanges(Ipv4 address) {
      return segment.pool().stream().anyMatch(range -> range.contains(address));
    }
  }
}
