package io.arranque.web.base;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.AddressOrder;
import io.arranque.dhcp.CardState;
import io.arranque.dhcp.Holds;
import io.arranque.dhcp.Lease;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Port: what those who give addresses know, for people; and what people want of them. */
public interface Network {
  /** Nobody gives addresses. */
  Network NONE =
      new Network() {
        @Override
        public List<Lease> leases() {
          return List.of();
        }

        @Override
        public Holds holds() {
          return Holds.NONE;
        }

        @Override
        public List<CardState> cards() {
          return List.of();
        }

        @Override
        public Map<Reason, Long> silences(String segment) {
          return Map.of();
        }

        @Override
        public Optional<Duration> fullIn(String segment) {
          return Optional.empty();
        }

        @Override
        public Set<Ipv4> strangeRelays() {
          return Set.of();
        }

        @Override
        public AddressOrder.Answer order(AddressOrder order) {
          return AddressOrder.Answer.NOT_ANSWERED;
        }
      };

  /** All leases, live and ended, by address. */
  List<Lease> leases();

  /** What is on offer and set aside. */
  Holds holds();

  /** Each segment that should have a card. */
  List<CardState> cards();

  /**
   * How many datagrams were not answered within the last hour, by reason.
   *
   * @param segment empty: those of no segment
   */
  Map<Reason, Long> silences(String segment);

  /** How long until a pool is full if it fills as in the last hour. */
  Optional<Duration> fullIn(String segment);

  /** Relays that asked for a network that no segment describes. */
  Set<Ipv4> strangeRelays();

  /** Has the decision lane do it; waits for that. */
  AddressOrder.Answer order(AddressOrder order);
}
