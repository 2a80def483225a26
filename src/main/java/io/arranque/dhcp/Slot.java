package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the lease table knows of one address, and where the address stands in its pool. Belongs to
 * the table; one look-up by address gives all of it.
 */
final class Slot {
  final Ipv4 address;
  @Nullable Lease lease;
  @Nullable Offer offer;

  /** Until then it is set aside. */
  @Nullable Instant quarantine;

  /** The pool it may be given out from. */
  @Nullable PoolIndex pool;

  /** Its place in that pool. */
  int index;

  /** When the pool looks at it again; what is written here is what counts, not the pool's list. */
  @Nullable Instant due;

  /** Under this end it stands among the pool's ended leases. */
  @Nullable Instant ended;

  /** Whether the pool counts its offer among those to strangers. */
  boolean strangers;

  /** Whether the pool counts it among those set aside. */
  boolean aside;

  Slot(Ipv4 address) {
    this.address = address;
  }

  /** Whether anything is known of it, also that a lease has ended. */
  boolean isUsed() {
    return lease != null || offer != null || quarantine != null;
  }

  /** Whether only an ended lease keeps it from being free. */
  boolean isReusable(Instant now) {
    return lease != null && !lease.isLive(now) && offer == null && quarantine == null;
  }
}
