package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.StoreFailure;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on the wire beside our own answers: other servers, addresses in use, pools that run out.
 */
final class WireServer implements Wire, AutoCloseable {
  /** Counting a full /16 takes a millisecond of the lane. */
  private static final Duration COUNT_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);

  private record Socket(Card card, Optional<CardSocketServer> socket) {}

  /** What a probe found; the lane has not heard of it yet. */
  private record InUse(Received received, Offer offer, Optional<Mac> holder, Instant at) {}

  private final Supplier<Site> site;
  private final ConflictBook book;
  private final InstantSource clock;
  private final EventLoopGroup group;
  private final LookoutServer lookout;
  private final ProbeServer prober = new ProbeServer();
  private final Probes probes = new Probes();
  private final Conflicts conflicts = new Conflicts();
  private final Queue<InUse> found = new ConcurrentLinkedQueue<>();
  private final LongAdder probed = new LongAdder();
  private final LongAdder unprobed = new LongAdder();
  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final Set<String> nearlyFull = ConcurrentHashMap.newKeySet();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "dhcp-conflicts");
            thread.setDaemon(true);
            return thread;
          });
  private final Floods floods = new Floods();
  private volatile List<PoolUse> pools = List.of();
  private volatile Consumer<Received> lane = received -> {};

  /** The lane's. */
  private Instant nextCount = Instant.MIN;

  WireServer(
      Supplier<Site> site,
      ConflictBook book,
      InstantSource clock,
      EventLoopGroup group,
      LookTimes times) {
    this.site = site;
    this.book = book;
    this.clock = clock;
    this.group = group;
    this.lookout = new LookoutServer(site, clock, group, times);
  }

  /**
   * Begins.
   *
   * @param again takes packets whose probe is over
   */
  void start(Consumer<Received> again) {
    lane = again;
    writer.execute(
        () -> {
          try {
            book.load().forEach(conflicts::add);
          } catch (StoreFailure | RuntimeException e) {
            LOG.warn("Earlier conflicts cannot be read: {}", e.toString());
          }
        });
    lookout.start();
    prober.start();
  }

  void watch(Card card) {
    Optional<CardSocketServer> socket = Optional.empty();
    try {
      socket = Optional.of(CardSocketServer.sending(group, card.name()));
    } catch (IOException e) {
      LOG.warn("{}: addresses are probed by ping only: {}", card.segment(), e.getMessage());
    }
    sockets.put(card.segment(), new Socket(card, socket));
    lookout.watch(card);
  }

  void unwatch(Card card) {
    lookout.unwatch(card);
    Socket socket = sockets.get(card.segment());
    if (socket != null && socket.card().equals(card)) {
      sockets.remove(card.segment());
      socket.socket().ifPresent(CardSocketServer::close);
    }
  }

  /** Whether the packet is a machine's, and not a question of our own. */
  boolean overhear(Received received) {
    return lookout.overhear(received);
  }

  void awaitFirstLooks(Duration most) throws InterruptedException {
    lookout.awaitFirstLooks(most);
  }

  boolean isSilenced(Card card) {
    return lookout.isSilenced(card.segment());
  }

  List<DhcpServer.Problem> problems() {
    Stream<DhcpServer.Problem> full =
        pools.stream()
            .filter(pool -> nearlyFull.contains(pool.segment()))
            .map(pool -> new DhcpServer.Problem(pool.segment(), nearlyFull(pool)));
    return Stream.of(lookout.problems().stream(), full, floods.problems().stream())
        .flatMap(each -> each)
        .toList();
  }

  Surroundings surroundings() {
    return new Surroundings(
        lookout.servers(), pools, conflicts.all(), probed.sum(), unprobed.sum(), floods.seen());
  }

  @Override
  public OtherServers others() {
    return lookout;
  }

  @Override
  public boolean parks(Received received, Verdict verdict, Snapshot state, Instant now) {
    Optional<Offer> wanted = Probes.wanted(verdict, state, now);
    if (wanted.isEmpty()) {
      return false;
    }
    Offer offer = wanted.get();
    Probes.Answer answer;
    synchronized (probes) {
      answer = probes.ask(offer.address(), received, endOfAnothers(offer, state), now);
    }
    switch (answer) {
      case PROBE -> {
        probed.increment();
        prober.begin(
            new ProbeServer.Probe(
                offer.address(),
                offer.mac(),
                onLink(received),
                (inUse, holder) -> known(offer, inUse, holder)));
      }
      case SKIP -> unprobed.increment();
      case SEND, WAIT -> {}
    }
    return answer == Probes.Answer.PROBE || answer == Probes.Answer.WAIT;
  }

  private static Instant endOfAnothers(Offer offer, Snapshot state) {
    return state
        .leases()
        .at(offer.address())
        .filter(lease -> !lease.mac().equals(offer.mac()))
        .map(Lease::expires)
        .orElse(Instant.MIN);
  }

  private Optional<ProbeServer.OnLink> onLink(Received received) {
    return Optional.ofNullable(sockets.get(received.at().segment()))
        .filter(socket -> received.packet().giaddr().isAny())
        .flatMap(
            each ->
                each.socket().map(socket -> new ProbeServer.OnLink(each.card().name(), socket)));
  }

  private void known(Offer offer, boolean inUse, Optional<Mac> holder) {
    Optional<Received> waited;
    synchronized (probes) {
      waited = probes.done(offer.address(), !inUse, clock.instant());
    }
    waited.ifPresent(
        received -> {
          if (inUse) {
            // First, so that the lane knows when it decides the packet anew.
            found.add(new InUse(received, offer, holder, clock.instant()));
          }
          lane.accept(received);
        });
  }

  @Override
  public List<Finding> findings(LeaseView leases, Instant now) {
    List<Finding> findings = new ArrayList<>();
    for (InUse use = found.poll(); use != null; use = found.poll()) {
      Ipv4 address = use.offer().address();
      // Somebody of ours got it meanwhile, and asked for itself before it used it.
      if (leases.at(address).filter(lease -> lease.isLive(now)).isEmpty()) {
        findings.add(new Finding(use.received(), verdict(use, now)));
        note(
            new Conflict(
                address,
                use.offer().segment(),
                use.holder(),
                Conflict.Found.PROBE,
                use.offer().mac(),
                use.at()));
      }
    }
    return findings;
  }

  private static Verdict verdict(InUse use, Instant now) {
    return new Verdict.Silence(
        Reason.ADDRESS_IN_USE,
        List.of(new LeaseChange.Quarantined(use.offer().address(), now.plus(HandBack.QUARANTINE))),
        Optional.empty(),
        List.of(
            BootEvent.of(
                use.at(),
                use.offer().mac(),
                Stage.DISCOVER,
                Reason.ADDRESS_IN_USE,
                Optional.of(use.offer().address()),
                use.holder().map(Mac::toString).orElse(""))));
  }

  @Override
  public void decided(Received received, Verdict verdict) {
    floods.note(segmentOf(received), received, verdict, clock.instant());
    if (verdict.changes().isEmpty()) {
      return;
    }
    Conflicts.declined(received.packet(), verdict, segmentOf(received), clock.instant())
        .ifPresent(
            conflict -> {
              note(conflict);
              nameHolder(received, conflict);
            });
  }

  private String segmentOf(Received received) {
    Ipv4 relay = received.packet().giaddr();
    return relay.isAny()
        ? received.at().segment()
        : site.get().segmentOf(relay).map(Segment::name).orElse("");
  }

  /** The machine that declined does not say whom it found. */
  private void nameHolder(Received received, Conflict conflict) {
    onLink(received)
        .ifPresent(
            link ->
                prober.begin(
                    new ProbeServer.Probe(
                        conflict.address(),
                        conflict.machine(),
                        Optional.of(link),
                        (inUse, holder) ->
                            holder
                                .filter(mac -> inUse)
                                .ifPresent(mac -> note(conflict.withHolder(mac))))));
  }

  private void note(Conflict conflict) {
    conflicts.add(conflict);
    LOG.warn(
        "{}: {} was to go to {}, but {} uses it",
        conflict.segment(),
        conflict.address(),
        conflict.machine(),
        conflict.holder().map(Mac::toString).orElse("somebody else"));
    if (!writer.isShutdown()) {
      writer.execute(
          () -> {
            try {
              book.record(conflict);
            } catch (StoreFailure | RuntimeException e) {
              LOG.debug("a conflict was not written down", e);
            }
          });
    }
  }

  @Override
  public void look(LeaseTable table, Site site, Inventory inventory, Instant now) {
    if (now.isBefore(nextCount)) {
      return;
    }
    nextCount = now.plus(COUNT_EVERY);
    Set<Ipv4> never = new HashSet<>(inventory.reservations().keySet());
    sockets.values().forEach(socket -> never.add(socket.card().address()));
    List<PoolUse> uses = new ArrayList<>();
    for (Segment segment : site.segments().values()) {
      if (segment.mode() == Segment.Mode.SERVER && !segment.pool().isEmpty()) {
        uses.add(PoolUse.of(segment, never, table, now));
      }
    }
    pools = List.copyOf(uses);
    uses.forEach(this::warn);
    table.setAside(never);
    floods.look(
        site.segments().keySet(),
        now,
        flood -> LOG.warn("{}: {}", flood.segment(), flood.message()),
        flood ->
            LOG.info(
                "{}: no longer so many unknown machines: {} within a minute",
                flood.segment(),
                flood.asked()));
  }

  private void warn(PoolUse pool) {
    boolean before = nearlyFull.contains(pool.segment());
    boolean after = pool.isNearlyFull(before);
    if (after && !before) {
      nearlyFull.add(pool.segment());
      LOG.warn("{}: {}", pool.segment(), nearlyFull(pool));
    } else if (before && !after) {
      nearlyFull.remove(pool.segment());
      LOG.info("{}: the pool has room again: {} free", pool.segment(), pool.free());
    }
  }

  private static String nearlyFull(PoolUse pool) {
    return "the pool is nearly full: %d of %d addresses are used, %d are free; make it larger or shorten lease-time"
        .formatted(pool.used(), pool.size(), pool.free());
  }

  @Override
  public void close() {
    lookout.close();
    prober.close();
    sockets.values().forEach(s -> s.socket().ifPresent(CardSocketServer::close));
    writer.shutdown();
    try {
      boolean unused = writer.awaitTermination(3, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
