package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.Reason;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the lane tells the operator once and not with each packet. Belongs to the lane. */
final class LaneLogServer {
  /** Beyond this somebody makes them up. */
  private static final int STRANGE_RELAYS_SHOWN = 20;

  private static final Logger LOG = LoggerFactory.getLogger(LaneServer.class);

  private final Set<String> knownBugs = new HashSet<>();
  private final Set<Ipv4> strangeRelays = ConcurrentHashMap.newKeySet();
  private boolean storeBroken;

  /** Once for each relay; its machines stand on no page, so nothing else tells. */
  void strangeRelay(Ipv4 relay) {
    if (strangeRelays.size() < STRANGE_RELAYS_SHOWN && strangeRelays.add(relay)) {
      LOG.warn(
          "relay {}: {} {}",
          relay,
          Reason.UNKNOWN_SEGMENT.sentence(),
          Reason.UNKNOWN_SEGMENT.advice());
    }
  }

  /** Those so far, at most a few; from any thread. */
  Set<Ipv4> strangeRelays() {
    return Set.copyOf(strangeRelays);
  }

  /** Once, until {@link #storeWorks}. */
  void unreadable(Exception e) {
    if (!storeBroken) {
      LOG.error("The leases cannot be read, so no DHCP request is answered: {}", e.toString(), e);
    }
    storeBroken = true;
  }

  /** Likewise. */
  void unwritable(StoreFailure e) {
    if (!storeBroken) {
      LOG.error(
          "{} {} {}",
          Reason.COMMIT_FAILED.sentence(),
          Reason.COMMIT_FAILED.advice(),
          e.getMessage());
    }
    storeBroken = true;
  }

  void storeWorks() {
    if (storeBroken) {
      LOG.info("Leases can be read and written again.");
      storeBroken = false;
    }
  }

  /** Once for each place in the code: the next thousand packets of its kind tell nothing new. */
  void bug(Throwable e, String input) {
    StackTraceElement[] trace = e.getStackTrace();
    String place = e.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    if (knownBugs.add(place)) {
      LOG.error("{} The packet was {}", Reason.INTERNAL_ERROR.sentence(), input, e);
    }
  }
}
