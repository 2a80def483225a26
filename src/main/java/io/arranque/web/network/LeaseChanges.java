package io.arranque.web.network;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.AddressOrder;
import io.arranque.dhcp.AddressOrder.Answer;
import io.arranque.dhcp.Lease;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.Grant;
import io.arranque.site.Segment;
import io.arranque.web.access.Audit;
import io.arranque.web.access.Guard;
import io.arranque.web.access.Reach;
import io.arranque.web.base.Parts;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people change of leases: checks who may, gives the order to the decision lane, which alone
 * may touch them, and writes down who it was.
 */
final class LeaseChanges {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseChanges.class);

  private final Parts parts;

  LeaseChanges(Parts parts) {
    this.parts = parts;
  }

  /** Whether somebody may release an address, or take it back into use. */
  boolean mayChange(Grant grant, Ipv4 address) {
    Optional<Lease> lease = lease(address);
    return grant.operatesIn(
        lease.isPresent()
            ? Reach.roomOf(parts.site().get(), parts.book().view(), lease.get().mac())
            : parts.site().get().segmentOf(address).flatMap(Segment::room));
  }

  private Optional<Lease> lease(Ipv4 address) {
    return parts.network().leases().stream()
        .filter(lease -> lease.address().equals(address))
        .filter(lease -> lease.isLive(parts.clock().instant()))
        .findFirst();
  }

  /**
   * Ends a lease.
   *
   * @param seen whose it was when the request was made up; empty: whoever has it
   */
  Answer release(Context ctx, Ipv4 address, Optional<Mac> seen) {
    Optional<Lease> lease = lease(address);
    if (lease.isEmpty()) {
      return Answer.NOT_LEASED;
    }
    require(ctx, address);
    Mac mac = seen.orElse(lease.get().mac());
    // With the machine whose room was looked at: the lane refuses it if another has it by now.
    if (!mac.equals(lease.get().mac())) {
      return Answer.ANOTHERS;
    }
    Answer answer = parts.network().order(new AddressOrder.Release(address, mac));
    if (answer == Answer.DONE) {
      audit(ctx, mac, "lease of " + address + " released");
    }
    return answer;
  }

  /** Takes an address back that is set aside. */
  Answer useAgain(Context ctx, Ipv4 address) {
    require(ctx, address);
    return parts.network().order(new AddressOrder.UseAgain(address));
  }

  private void require(Context ctx, Ipv4 address) {
    if (!mayChange(Guard.caller(ctx).grant(), address)) {
      throw Guard.forbidden();
    }
  }

  /** The address is free by now whatever becomes of this; else the request's own line tells it. */
  private void audit(Context ctx, Mac mac, String note) {
    try {
      parts.book().commit(now -> List.of(new InventoryChange.Audited(mac, Guard.by(ctx), note)));
      Audit.written(ctx);
    } catch (StoreFailure e) {
      LOG.error("not in the audit under its machine: {} {}: {}", mac, note, e.getMessage());
    }
  }
}
