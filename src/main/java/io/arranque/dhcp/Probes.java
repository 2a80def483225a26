package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which offers wait until it is known whether somebody uses their address (RFC 2131 §2.2: a server
 * SHOULD probe a reused address before it allocates it). No thread and no clock; not thread-safe.
 */
final class Probes {
  /** Beyond this a room powers on, and would rather have its addresses than have them checked. */
  static final int WAITING = 64;

  /** So long an address that nobody used is taken for free. */
  static final Duration TRUSTED = Duration.ofMinutes(5);

  /** Who had the address lately may come back to it unasked: it is itself that would answer. */
  static final Duration REMEMBERED = Duration.ofDays(1);

  private static final int FREE_KEPT = 4096;

  /** What is done about an offer. */
  enum Answer {
    /** Send it. */
    SEND,
    /** Wait, and begin to probe. */
    PROBE,
    /** Wait for the probe that is under way. */
    WAIT,
    /** Send it without the probe that it should have had. */
    SKIP
  }

  private final Map<Ipv4, Received> waiting = new HashMap<>();
  private final Map<Ipv4, Instant> free =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ipv4, Instant> eldest) {
          return size() > FREE_KEPT;
        }
      };

  /** The offer whose address should be probed before the verdict is sent. */
  static Optional<Offer> wanted(Verdict verdict, Snapshot state, Instant now) {
    if (!(verdict instanceof Verdict.Reply reply)
        || reply.offers().size() != 1
        || !reply.changes().isEmpty()) {
      return Optional.empty();
    }
    Offer offer = reply.offers().get(0);
    Segment segment = state.site().segments().get(offer.segment());
    boolean itsOwn =
        state
            .leases()
            .at(offer.address())
            .filter(lease -> lease.mac().equals(offer.mac()))
            .filter(lease -> lease.expires().isAfter(now.minus(REMEMBERED)))
            .isPresent();
    return segment != null && segment.probe() && !itsOwn ? Optional.of(offer) : Optional.empty();
  }

  /** An address that nobody else had. */
  Answer ask(Ipv4 address, Received received, Instant now) {
    return ask(address, received, Instant.MIN, now);
  }

  /**
   * The newest question takes the place of an earlier one of the same machine.
   *
   * @param ended when another machine's lease of the address did; what was found before that says
   *     nothing of whether it still uses it
   */
  Answer ask(Ipv4 address, Received received, Instant ended, Instant now) {
    Instant probed = free.get(address);
    if (probed != null && !probed.isBefore(ended) && now.isBefore(probed.plus(TRUSTED))) {
      return Answer.SEND;
    }
    if (waiting.containsKey(address)) {
      waiting.put(address, received);
      return Answer.WAIT;
    }
    if (waiting.size() >= WAITING) {
      return Answer.SKIP;
    }
    waiting.put(address, received);
    return Answer.PROBE;
  }

  /** The probe is over; the question that waited for it. */
  Optional<Received> done(Ipv4 address, boolean isFree, Instant now) {
    if (isFree) {
      free.remove(address);
      free.put(address, now);
    }
    return Optional.ofNullable(waiting.remove(address));
  }
}
