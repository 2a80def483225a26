package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.AddressOrder;
import io.arranque.dhcp.CardState;
import io.arranque.dhcp.DhcpServer;
import io.arranque.dhcp.Holds;
import io.arranque.dhcp.Lease;
import io.arranque.timeline.Reason;
import io.arranque.web.base.Network;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The DHCP server as the network view sees it. What costs the decision lane or the kernel a look is
 * asked for once in half a second, however many pages are open.
 */
final class DhcpNetwork implements Network {
  private static final Duration GOOD_FOR = Duration.ofMillis(500);

  private final DhcpServer dhcp;
  private final Kept<Holds> holds;
  private final Kept<List<CardState>> cards;

  DhcpNetwork(DhcpServer dhcp, InstantSource clock) {
    this.dhcp = dhcp;
    this.holds = new Kept<>(() -> dhcp.holds().orElse(Holds.NONE), clock);
    this.cards = new Kept<>(dhcp::cards, clock);
  }

  private static final class Kept<T> {
    private final Supplier<T> source;
    private final InstantSource clock;
    private @Nullable T value;
    private Instant asked = Instant.MIN;

    Kept(Supplier<T> source, InstantSource clock) {
      this.source = source;
      this.clock = clock;
    }

    synchronized T get() {
      Instant now = clock.instant();
      T known = value;
      if (known == null || !now.isBefore(asked.plus(GOOD_FOR)) || now.isBefore(asked)) {
        known = source.get();
        value = known;
        asked = now;
      }
      return known;
    }

    synchronized void forget() {
      value = null;
    }
  }

  @Override
  public List<Lease> leases() {
    return dhcp.leases();
  }

  @Override
  public Holds holds() {
    return holds.get();
  }

  @Override
  public List<CardState> cards() {
    return cards.get();
  }

  @Override
  public Map<Reason, Long> silences(String segment) {
    return dhcp.silencesOfTheHour(segment);
  }

  @Override
  public Optional<Duration> fullIn(String segment) {
    return dhcp.fullIn(segment);
  }

  @Override
  public Set<Ipv4> strangeRelays() {
    return dhcp.strangeRelays();
  }

  @Override
  public AddressOrder.Answer order(AddressOrder order) {
    AddressOrder.Answer answer = dhcp.order(order);
    // Whoever gave it looks at what became of it.
    holds.forget();
    return answer;
  }
}
