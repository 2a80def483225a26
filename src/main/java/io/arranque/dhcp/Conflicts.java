package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last conflicts. Thread-safe. */
final class Conflicts {
  private final Deque<Conflict> newest = new ArrayDeque<>();

  synchronized void add(Conflict conflict) {
    newest.removeIf(conflict::isSameAs);
    newest.addLast(conflict);
    while (newest.size() > ConflictBook.KEPT) {
      newest.removeFirst();
    }
  }

  /** The newest first. */
  synchronized List<Conflict> all() {
    List<Conflict> all = new ArrayList<>(newest);
    Collections.reverse(all);
    return all;
  }

  /** What a verdict says of an address that its machine declined. */
  static Optional<Conflict> declined(DhcpPacket in, Verdict verdict, String segment, Instant now) {
    Optional<Mac> mac = in.mac();
    if (!(verdict instanceof Verdict.Silence silence)
        || silence.reason() != Reason.ADDRESS_DECLINED
        || mac.isEmpty()) {
      return Optional.empty();
    }
    return silence.changes().stream()
        .filter(LeaseChange.Quarantined.class::isInstance)
        .map(change -> ((LeaseChange.Quarantined) change).address())
        .findFirst()
        .map(
            address ->
                new Conflict(
                    address, segment, Optional.empty(), Conflict.Found.DECLINE, mac.get(), now));
  }
}
