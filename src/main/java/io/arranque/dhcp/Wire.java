package io.arranque.dhcp;

import io.arranque.inventory.Inventory;
import io.arranque.site.Site;
import java.time.Instant;
import java.util.List;

/** What the decision lane asks of, and tells to, those who watch the wire beside our answers. */
interface Wire {
  /** Nobody watches. */
  Wire NONE =
      new Wire() {
        @Override
        public OtherServers others() {
          return OtherServers.NONE;
        }

        @Override
        public boolean parks(Received received, Verdict verdict, Snapshot state, Instant now) {
          return false;
        }

        @Override
        public List<Finding> findings(LeaseView leases, Instant now) {
          return List.of();
        }

        @Override
        public void decided(Received received, Verdict verdict) {}

        @Override
        public void look(LeaseTable table, Site site, Inventory inventory, Instant now) {}
      };

  /** What is to be done because a probe found somebody. */
  record Finding(Received received, Verdict verdict) {}

  OtherServers others();

  /**
   * Whether the offer in the verdict must wait for a probe of its address. Then nothing is sent,
   * the address is held by the offer in the table, and the packet comes to the lane again
   * afterwards.
   */
  boolean parks(Received received, Verdict verdict, Snapshot state, Instant now);

  /** What probes found since the last call. */
  List<Finding> findings(LeaseView leases, Instant now);

  /** The verdict is committed and sent. */
  void decided(Received received, Verdict verdict);

  /** A look at the table now and then, on the lane, whose it is. */
  void look(LeaseTable table, Site site, Inventory inventory, Instant now);
}
