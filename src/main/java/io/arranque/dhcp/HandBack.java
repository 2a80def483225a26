package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** RFC 2131 §4.3.3 and §4.3.4: a machine gives an address back. Neither is answered. */
final class HandBack {
  static final Duration QUARANTINE = Duration.ofHours(1);

  /**
   * How many addresses one machine can have set aside at a time. A machine that hears its own
   * packets come back through a loop finds every address in use, and would use up the pool.
   */
  static final int DECLINES_MOST = 3;

  private HandBack() {}

  /** It found the address in use by somebody else. */
  static Verdict decline(Exchange x) {
    if (!isToUs(x)) {
      return Verdict.Silence.because(Reason.NOT_OUR_SERVER_ID);
    }
    // Only its own, and only after the ACK: otherwise one machine could decline the whole pool.
    Optional<Ipv4> declined = x.requestedAddress().filter(address -> holds(x, address));
    if (declined.isEmpty()) {
      return Verdict.Silence.because(Reason.NOT_OUR_LEASE);
    }
    boolean again = x.leases().declinedBy(x.mac()) >= DECLINES_MOST;
    Reason reason = again ? Reason.DECLINED_TOO_OFTEN : Reason.ADDRESS_DECLINED;
    LeaseChange change =
        again
            ? new LeaseChange.Released(declined.get(), x.now())
            : new LeaseChange.Quarantined(
                declined.get(), x.now().plus(QUARANTINE), Optional.of(x.mac()));
    return new Verdict.Silence(
        reason,
        List.of(change),
        x.sighting(Optional.empty()),
        List.of(x.asked(Stage.REQUEST, reason, declined)));
  }

  /** It gives its address back; it is still the first choice when it returns. */
  static Verdict release(Exchange x) {
    Ipv4 address = x.in().ciaddr();
    if (!isToUs(x)) {
      return Verdict.Silence.because(Reason.NOT_OUR_SERVER_ID);
    }
    Ipv4 source = x.at().source();
    // Sent from the address itself (Table 4), save by a relay or by who took it down too early.
    boolean from = source.isAny() || source.equals(address) || !x.in().giaddr().isAny();
    if (!from || !holds(x, address)) {
      return Verdict.Silence.because(Reason.SENDER_NOT_HOLDER);
    }
    return new Verdict.Silence(
        Reason.ADDRESS_RELEASED,
        List.of(new LeaseChange.Released(address, x.now())),
        x.sighting(Optional.empty()),
        List.of());
  }

  /** DECLINE and RELEASE must name a server (Table 5); clients that forget to mean us. */
  private static boolean isToUs(Exchange x) {
    return x.in().options().address(OptionCode.SERVER_IDENTIFIER).map(x::isUs).orElse(true);
  }

  private static boolean holds(Exchange x, Ipv4 address) {
    return Allocation.ownLeaseAt(x, address).filter(lease -> lease.isLive(x.now())).isPresent();
  }
}
