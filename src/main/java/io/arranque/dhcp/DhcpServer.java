package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DHCP server with its sockets and threads. Thread-safe.
 *
 * <p>Each segment stands for itself: one without card, or whose port somebody else has, is a {@link
 * Problem}, is tried again every few seconds, and disturbs no other.
 */
public final class DhcpServer implements AutoCloseable {
  private static final long LOOK_SECONDS = 3;
  private static final long ASK_SECONDS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

  /**
   * Why a segment is not served.
   *
   * @param message what is wrong and what to do
   */
  public record Problem(String segment, String message) {
    @Override
    public String toString() {
      return "segment " + segment + ": " + message;
    }
  }

  private final Supplier<Site> site;
  private final DhcpStatistics statistics = new DhcpStatistics();
  private final InstantSource clock;
  private final Trends trends = new Trends();
  private final WireServer wire;
  private final LaneServer lane;
  private final Thread laneThread;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dhcp-cards");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<Card, List<ChannelServer>> open = new LinkedHashMap<>();
  private Map<String, Problem> problems = new TreeMap<>();

  /** Opens nothing yet. {@code site} is asked anew for each batch of packets. */
  public DhcpServer(
      Responder responder, Supplier<Site> site, DhcpPorts ports, InstantSource clock) {
    this(responder, site, ports, clock, LookTimes.USUAL);
  }

  DhcpServer(
      Responder responder,
      Supplier<Site> site,
      DhcpPorts ports,
      InstantSource clock,
      LookTimes times) {
    this.site = site;
    this.clock = clock;
    this.wire = new WireServer(site, ports.conflicts(), clock, group, times);
    DhcpPorts once = ports.with(new Once(ports.timeline()));
    this.lane = new LaneServer(responder, site, once, clock, statistics, wire);
    this.laneThread = new Thread(lane, "dhcp-lane");
    laneThread.setDaemon(true);
  }

  /**
   * Has the code that answers compiled meanwhile, on a thread that ends by itself after two seconds
   * at most: for the time that opening a database takes. Without it the first room waits.
   */
  public static void warmUp(Responder responder, Supplier<Site> site, InstantSource clock) {
    new WarmUpServer(responder, site, clock).begin();
  }

  /** Starts to answer; what cannot be served is in {@link #problems} when this returns. */
  public void start() {
    laneThread.start();
    wire.start(lane::again);
    reload();
    var unused =
        looks.scheduleWithFixedDelay(
            () -> {
              try {
                reload();
                trends.look(statistics, wire.surroundings().pools(), clock.instant());
              } catch (RuntimeException e) {
                LOG.error("looking for the cards failed", e);
              }
            },
            LOOK_SECONDS,
            LOOK_SECONDS,
            TimeUnit.SECONDS);
  }

  /**
   * Opens and closes sockets as the present site and the present cards want it. Done every few
   * seconds anyway; call it after a reload of the site to have it at once.
   */
  public synchronized void reload() {
    if (group.isShuttingDown()) {
      return;
    }
    Map<String, Problem> found = new TreeMap<>();
    List<Card> wanted = new ArrayList<>(wanted(found));
    wanted.addAll(RelayCards.beside(wanted, site.get()));
    open.entrySet()
        .removeIf(
            entry -> {
              boolean keep =
                  wanted.contains(entry.getKey())
                      && entry.getValue().stream().allMatch(ChannelServer::isOpen);
              if (!keep) {
                entry.getValue().forEach(ChannelServer::close);
                unwatch(entry.getKey());
                LOG.info("DHCP no longer answers on {}", describe(entry.getKey()));
              }
              return !keep;
            });
    for (Card card : wanted) {
      if (!open.containsKey(card)) {
        open(card, found);
      }
    }
    noRelayIsHeard(found);
    found.forEach(
        (name, problem) -> {
          if (!problem.equals(problems.get(name))) {
            LOG.error("DHCP is not answered on {}", problem);
          }
        });
    problems = found;
  }

  /** What keeps segments from being served, and what else to look at there. */
  public synchronized List<Problem> problems() {
    return Stream.concat(problems.values().stream(), wire.problems().stream()).toList();
  }

  /** Other servers, addresses in use, pools. */
  public Surroundings surroundings() {
    return wire.surroundings();
  }

  /** Waits until it is known whether other DHCP servers are there, at most so long. */
  public void awaitFirstLooks(Duration most) throws InterruptedException {
    wire.awaitFirstLooks(most);
  }

  /** The segments that are answered on, as {@code sala5 (eth1, 192.168.33.1), mode server}. */
  public synchronized List<String> answering() {
    return open.keySet().stream()
        .flatMap(card -> card.describe().stream().map(each -> each + standing(card)))
        .toList();
  }

  /** Leases given so far, live and ended, by address. */
  public List<Lease> leases() {
    return lane.leases();
  }

  /** The machine's leases, live and ended; as quick with a hundred thousand as with one. */
  public List<Lease> leases(Mac mac) {
    return lane.published().of(mac);
  }

  /** The last lease of an address, live or ended; known before its machine is told of it. */
  public Optional<Lease> lease(Ipv4 address) {
    return lane.published().at(address);
  }

  /**
   * Puts a question to the decision lane, which answers from the very leases, offers and site that
   * its next decision is made from. Waits at most 3 s.
   *
   * @return empty when the lane does not answer: it cannot read its leases, or has ended
   */
  public <T> Optional<T> ask(Function<Snapshot, T> question) {
    try {
      return Optional.of(lane.questions().ask(question).get(ASK_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("a question to the decision lane was not answered: {}", e.toString());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Has an operator's order carried out by the decision lane. Waits at most 3 s. */
  public AddressOrder.Answer order(AddressOrder order) {
    CompletableFuture<AddressOrder.Answer> answer = lane.orders().give(order);
    try {
      return answer.get(ASK_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("an order to the decision lane was not answered: {}", order);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // So that the lane leaves it alone when it comes to it after all.
    boolean unused = answer.complete(AddressOrder.Answer.NOT_ANSWERED);
    return answer.getNow(AddressOrder.Answer.NOT_ANSWERED);
  }

  /** What is on offer and set aside; empty when the decision lane does not answer. */
  public Optional<Holds> holds() {
    return ask(snapshot -> Holds.of(snapshot.leases()));
  }

  /** Each segment that should have a card, and how that stands. */
  public synchronized List<CardState> cards() {
    Set<String> answered = new HashSet<>();
    open.keySet().stream()
        .flatMap(card -> card.arrival(0, Ipv4.ANY, 0).locals().stream())
        .forEach(local -> answered.add(local.segment()));
    return site.get().segments().values().stream()
        .filter(segment -> !segment.relayOnly() && segment.mode() != Segment.Mode.OFF)
        .map(segment -> Card.state(segment, answered.contains(segment.name())))
        .toList();
  }

  /** Relays that asked for a network that no segment describes; a few of them. */
  public Set<Ipv4> strangeRelays() {
    return lane.strangeRelays();
  }

  /** How many datagrams of a segment were not answered within the last hour. */
  public Map<Reason, Long> silencesOfTheHour(String segment) {
    return trends.silences(segment, statistics, clock.instant());
  }

  /** How long until a segment's pool is full if it fills as in the last hour. */
  public Optional<Duration> fullIn(String segment) {
    return wire.surroundings().pools().stream()
        .filter(pool -> pool.segment().equals(segment))
        .findFirst()
        .flatMap(pool -> trends.fullIn(pool, clock.instant()));
  }

  /** Whether the leases of before were read; nobody is answered before. */
  public boolean hasLeases() {
    return lane.isLoaded();
  }

  /** Packets that wait for the decision lane. */
  public int waiting() {
    return lane.waiting();
  }

  public DhcpStatistics statistics() {
    return statistics;
  }

  /**
   * The last packets as a file that Wireshark and tcpdump open. They hold what firmware says of a
   * machine: MACs, UUIDs, host names, and the addresses it got.
   *
   * @param mac of one machine; empty: of all, and those that no machine can be told of
   */
  public byte[] capture(Optional<Mac> mac) {
    Map<String, Mac> ours = new HashMap<>();
    synchronized (this) {
      open.keySet().forEach(card -> card.mac().ifPresent(own -> ours.put(card.segment(), own)));
    }
    return PcapFile.of(mac.map(lane.captures()::of).orElseGet(lane.captures()::all), ours);
  }

  /** Closes the sockets and ends the threads; what was promised is on disk already. */
  @Override
  public void close() {
    looks.shutdownNow();
    wire.close();
    synchronized (this) {
      open.values().forEach(channels -> channels.forEach(ChannelServer::close));
      open.clear();
      boolean unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    }
    lane.stop();
    try {
      laneThread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One for each card, with all its segments, which are in the order of their names. */
  private List<Card> wanted(Map<String, Problem> found) {
    Map<String, Card> wanted = new LinkedHashMap<>();
    for (Segment segment : site.get().segments().values()) {
      if (segment.relayOnly() || segment.mode() == Segment.Mode.OFF) {
        continue;
      }
      Card.Found card = Card.find(segment);
      if (card.card().isEmpty()) {
        found.put(segment.name(), new Problem(segment.name(), card.trouble()));
      } else {
        card.card().ifPresent(each -> wanted.merge(each.name(), each, Card::with));
      }
    }
    return List.copyOf(wanted.values());
  }

  private void open(Card card, Map<String, Problem> found) {
    List<ChannelServer> channels = new ArrayList<>();
    watch(card);
    ChannelServer.Intake intake = new ChannelServer.Intake(this::hear, lane::wake);
    try {
      for (int port : List.of(Arrival.DHCP, Arrival.PROXY_DHCP)) {
        channels.add(ChannelServer.open(group, card, port, intake, statistics, lane.captures()));
      }
      open.put(card, channels);
      LOG.info("DHCP answers on {}{}", describe(card), mode(card.segment()));
    } catch (IOException e) {
      channels.forEach(ChannelServer::close);
      unwatch(card);
      for (Arrival.Local local : card.arrival(0, card.address(), 0).locals()) {
        found.put(local.segment(), new Problem(local.segment(), String.valueOf(e.getMessage())));
      }
    }
  }

  /** Other servers and addresses in use are the business of segments. */
  private void watch(Card card) {
    if (!card.isForRelaysOnly()) {
      wire.watch(card);
    }
  }

  private void unwatch(Card card) {
    if (!card.isForRelaysOnly()) {
      wire.unwatch(card);
    }
  }

  /** That one of many cards cannot be opened is a problem only when relays are heard on none. */
  private void noRelayIsHeard(Map<String, Problem> found) {
    Problem busy = found.remove(RelayCards.NO_SEGMENT);
    if (open.isEmpty()) {
      String why =
          busy == null
              ? "there is no card on which relays could be heard; give one an IPv4 address"
              : busy.message();
      RelayCards.segments(site.get()).forEach(name -> found.put(name, new Problem(name, why)));
    }
  }

  private void hear(Received received) {
    if (wire.overhear(received)) {
      lane.take(received);
    }
  }

  private String standing(Card card) {
    return mode(card.segment())
        + (wire.isSilenced(card) ? ": silent beside another DHCP server" : "");
  }

  /** Said with each segment: "answers" alone would not tell whether it gives addresses. */
  private String mode(String segment) {
    return Optional.ofNullable(site.get().segments().get(segment))
        .map(s -> ", mode " + s.mode().name().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static String describe(Card card) {
    return String.join(", ", card.describe());
  }
}
