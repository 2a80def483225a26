package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an operator wants done with an address. Decided and committed by the decision lane, like a
 * packet: nobody else may touch who has which address.
 */
public sealed interface AddressOrder {
  Ipv4 address();

  /** What became of it. */
  enum Answer {
    DONE,
    /** Nobody has a live lease of the address. */
    NOT_LEASED,
    /** Meanwhile another machine has it than the one that was meant. */
    ANOTHERS,
    /** The address is not set aside any more. */
    NOT_SET_ASIDE,
    /** It could not be brought to the disk; nothing has changed. */
    NOT_WRITTEN,
    /** The lane does not answer: it cannot read its leases, or has ended. */
    NOT_ANSWERED
  }

  /**
   * What is to be done.
   *
   * @param changes empty when it is refused
   */
  record Decision(Answer answer, List<LeaseChange> changes) {
    public Decision {
      changes = List.copyOf(changes);
    }

    private static Decision refused(Answer answer) {
      return new Decision(answer, List.of());
    }

    private static Decision of(LeaseChange change) {
      return new Decision(Answer.DONE, List.of(change));
    }
  }

  Decision decide(LeaseView leases, Instant now);

  /**
   * Ends a lease as if the machine itself had given it back: the address stays its first choice.
   *
   * @param mac who has it, as the operator saw it
   */
  record Release(Ipv4 address, Mac mac) implements AddressOrder {
    @Override
    public Decision decide(LeaseView leases, Instant now) {
      Optional<Lease> lease = leases.at(address).filter(held -> held.isLive(now));
      if (lease.isEmpty()) {
        return Decision.refused(Answer.NOT_LEASED);
      }
      return lease.get().mac().equals(mac)
          ? Decision.of(new LeaseChange.Released(address, now))
          : Decision.refused(Answer.ANOTHERS);
    }
  }

  /** Gives out an address again before the time for which it was set aside is over. */
  record UseAgain(Ipv4 address) implements AddressOrder {
    @Override
    public Decision decide(LeaseView leases, Instant now) {
      return leases.quarantine(address).filter(now::isBefore).isPresent()
          // Until now: what the journal knows already needs no word of its own.
          ? Decision.of(new LeaseChange.Quarantined(address, now))
          : Decision.refused(Answer.NOT_SET_ASIDE);
    }
  }
}
