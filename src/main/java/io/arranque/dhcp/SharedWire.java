package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Several segments on one wire: which of them a machine belongs to. */
final class SharedWire {
  private SharedWire() {}

  /**
   * What was fixed for it, then what it has, then what it asks for, then where there is room; else
   * the first.
   *
   * @param all the same packet as of each segment; not empty
   */
  static Exchange choose(List<Exchange> all) {
    if (all.size() == 1) {
      return all.get(0);
    }
    Exchange first = all.get(0);
    Optional<MessageType> type = first.in().messageType();
    boolean asks =
        type.isEmpty() || type.get() == MessageType.DISCOVER || type.get() == MessageType.REQUEST;
    Optional<Exchange> chosen = Optional.empty();
    if (asks && first.at().port() == Arrival.DHCP) {
      chosen = find(all, x -> x.plan().reservation().isPresent());
    }
    // A REQUEST and all that follows speaks of an address that it has or was offered.
    if (type.filter(MessageType.DISCOVER::equals).isEmpty()) {
      chosen = chosen.or(() -> find(all, x -> x.segment().subnet().contains(subject(x))));
    }
    if (asks) {
      chosen =
          chosen
              .or(() -> find(all, x -> hasLiveLease(x)))
              .or(() -> find(all, x -> Allocation.ownLease(x).isPresent()))
              .or(() -> find(all, x -> Allocation.ownOffer(x).isPresent()))
              .or(() -> find(all, SharedWire::mayHaveWhatItAsksFor))
              .or(() -> find(all, SharedWire::hasRoom));
    }
    return chosen.orElse(first);
  }

  private static boolean hasLiveLease(Exchange x) {
    return Allocation.ownLease(x).filter(lease -> lease.isLive(x.now())).isPresent();
  }

  private static boolean mayHaveWhatItAsksFor(Exchange x) {
    return x.requestedAddress().filter(address -> Allocation.mayHave(x, address)).isPresent();
  }

  private static boolean hasRoom(Exchange x) {
    return Strangers.refusal(x).isEmpty() && Allocation.choose(x).isPresent();
  }

  private static Ipv4 subject(Exchange x) {
    return x.requestedAddress()
        .or(() -> Optional.of(x.in().ciaddr()).filter(a -> !a.isAny()))
        .orElse(x.at().source());
  }

  private static Optional<Exchange> find(List<Exchange> all, Predicate<Exchange> condition) {
    return all.stream().filter(condition).findFirst();
  }
}
