package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.netty.channel.EventLoopGroup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds other DHCP servers: asks on each card as a machine would, and hears what machines say of
 * servers. One thread owns all that is known; others read what it publishes.
 */
final class LookoutServer implements OtherServers, AutoCloseable {
  private static final long TICK_MILLIS = 250;

  /** More than these at once are a flood, and tell nothing new. */
  private static final int HEARD = 256;

  /** Ours may change while we run. */
  private static final int TICKS_PER_ADDRESSES = 20;

  /** A suboption of option 82 (RFC 5107). */
  private static final int SERVER_ID_OVERRIDE = 11;

  private static final Logger LOG = LoggerFactory.getLogger(LookoutServer.class);

  /** What others may read of a segment. */
  private record Standing(
      boolean looking,
      boolean up,
      Optional<OtherServer> rival,
      List<OtherServer> servers,
      String problem) {}

  /** A server that a machine spoke of. */
  private record Hearsay(Arrival at, Ipv4 relay, Ipv4 server) {}

  private final Supplier<Site> site;
  private final InstantSource clock;
  private final EventLoopGroup group;
  private final LookTimes times;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "dhcp-lookout");
            made.setDaemon(true);
            return made;
          });
  private final BlockingQueue<Runnable> answers = new ArrayBlockingQueue<>(HEARD);
  private final BlockingQueue<Hearsay> hearsay = new ArrayBlockingQueue<>(HEARD);
  private final Set<Mac> askers = ConcurrentHashMap.newKeySet();
  private volatile Set<Ipv4> own = Set.of();
  private final Map<String, Card> watched = new ConcurrentHashMap<>();
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();

  /** These are the thread's. */
  private final Map<Card, LookServer> cards = new LinkedHashMap<>();

  private int ticks;
  private final Map<String, Lookout> relayed = new LinkedHashMap<>();

  LookoutServer(Supplier<Site> site, InstantSource clock, EventLoopGroup group, LookTimes times) {
    this.site = site;
    this.clock = clock;
    this.group = group;
    this.times = times;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on nothing is answered on the card's segment until the first look is over. */
  void watch(Card card) {
    watched.put(card.segment(), card);
    standings.remove(card.segment());
    own = ownAddresses();
    thread.execute(
        () -> {
          LookServer look = new LookServer(card, group, times, this::answer);
          askers.add(look.asker());
          cards.put(card, look);
        });
  }

  void unwatch(Card card) {
    boolean unused = watched.remove(card.segment(), card);
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(
        () -> {
          LookServer look = cards.remove(card);
          if (look != null) {
            look.close();
          }
        });
  }

  /**
   * Takes note of what a packet to our server tells of others.
   *
   * @return whether it is from a machine; false: it is our own question, and nobody's
   */
  boolean overhear(Received received) {
    DhcpPacket packet = received.packet();
    if (packet.mac().filter(askers::contains).isPresent()) {
      return false;
    }
    if (packet.messageType().filter(MessageType.REQUEST::equals).isPresent()) {
      packet
          .options()
          .address(OptionCode.SERVER_IDENTIFIER)
          .filter(server -> !own.contains(server) && !server.isAny())
          // A relay that puts its own address there (RFC 5107) is no server.
          .filter(server -> !isRelays(packet, server))
          .ifPresent(
              server -> {
                boolean unused = hearsay.offer(new Hearsay(received.at(), packet.giaddr(), server));
              });
    }
    return true;
  }

  private static boolean isRelays(DhcpPacket packet, Ipv4 server) {
    return server.equals(packet.giaddr())
        || packet
            .options()
            .as(OptionCode.RELAY_AGENT_INFORMATION, DhcpOption.Nested.class)
            .flatMap(relay -> relay.suboption(SERVER_ID_OVERRIDE))
            .filter(Octets.of(server.octets())::equals)
            .isPresent();
  }

  /** All of this box: replies leave with whichever the kernel chooses. */
  private Set<Ipv4> ownAddresses() {
    Set<Ipv4> addresses = new HashSet<>();
    watched.values().forEach(card -> addresses.add(card.address()));
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(card.getInetAddresses())) {
          if (address instanceof Inet4Address ipv4) {
            addresses.add(Ipv4.of(ipv4));
          }
        }
      }
    } catch (SocketException e) {
      LOG.debug("the network cards cannot be listed", e);
    }
    return Set.copyOf(addresses);
  }

  @Override
  public boolean isLooking(String segment) {
    Standing standing = standings.get(segment);
    return standing == null ? watched.containsKey(segment) : standing.looking();
  }

  @Override
  public Optional<OtherServer> rival(String segment) {
    return Optional.ofNullable(standings.get(segment)).flatMap(Standing::rival);
  }

  /** By segment. */
  List<OtherServer> servers() {
    return standings.values().stream().flatMap(s -> s.servers().stream()).toList();
  }

  List<DhcpServer.Problem> problems() {
    return standings.entrySet().stream()
        .filter(entry -> !entry.getValue().problem().isEmpty())
        .map(entry -> new DhcpServer.Problem(entry.getKey(), entry.getValue().problem()))
        .toList();
  }

  /** Waits until each first look is over, at most so long. */
  void awaitFirstLooks(Duration most) throws InterruptedException {
    Instant end = clock.instant().plus(most);
    synchronized (standings) {
      while (watched.keySet().stream().anyMatch(this::willKnowSoon)) {
        long left = Duration.between(clock.instant(), end).toMillis();
        if (left <= 0) {
          return;
        }
        standings.wait(left);
      }
    }
  }

  /** Not where nothing can be learnt: no cable, or a look that changes nothing. */
  private boolean willKnowSoon(String name) {
    Standing standing = standings.get(name);
    Segment segment = site.get().segments().get(name);
    return segment != null
        && segment.mode() == Segment.Mode.SERVER
        && !segment.authoritative()
        && (standing == null || (standing.looking() && standing.up()));
  }

  /** Whether another server keeps the segment from being answered. */
  boolean isSilenced(String name) {
    Segment segment = site.get().segments().get(name);
    return segment != null
        && segment.mode() == Segment.Mode.SERVER
        && !segment.authoritative()
        && rival(name).isPresent();
  }

  private void answer(LookServer look, byte[] payload, Ipv4 source) {
    try {
      DhcpPacket reply = DhcpCodec.decode(payload);
      if (reply.op() == DhcpPacket.Op.REPLY && !own.contains(source)) {
        boolean unused = answers.offer(() -> look.heard(reply, source, clock.instant()));
      }
    } catch (MalformedPacket e) {
      LOG.debug("{} sends what is not DHCP: {}", source, e.getMessage());
    }
  }

  private void tick() {
    try {
      Instant now = clock.instant();
      if (ticks++ % TICKS_PER_ADDRESSES == 0) {
        own = ownAddresses();
      }
      List<Runnable> heard = new ArrayList<>();
      answers.drainTo(heard);
      heard.forEach(Runnable::run);
      List<Hearsay> said = new ArrayList<>();
      hearsay.drainTo(said);
      said.forEach(s -> note(s, now));
      for (LookServer look : cards.values()) {
        segment(look.card()).ifPresent(segment -> look.tick(segment, now));
      }
      relayed.values().forEach(lookout -> lookout.close(now));
      publish(now);
    } catch (RuntimeException e) {
      LOG.error("looking for other DHCP servers failed", e);
    }
  }

  private void note(Hearsay said, Instant now) {
    if (!said.relay().isAny()) {
      site.get()
          .segmentOf(said.relay())
          .filter(Segment::relayOnly)
          .filter(segment -> segment.mode() != Segment.Mode.OFF)
          .flatMap(segment -> relayed(segment).named(said.server(), now))
          .ifPresent(LookServer::logHearsay);
      return;
    }
    cards.values().stream()
        .filter(look -> look.card().segment().equals(said.at().segment()))
        .findFirst()
        .ifPresent(look -> look.named(said.server(), now));
  }

  private Lookout relayed(Segment segment) {
    return relayed.computeIfAbsent(segment.name(), name -> new Lookout(name, new Mac(0), times));
  }

  private Optional<Segment> segment(Card card) {
    return Optional.ofNullable(site.get().segments().get(card.segment()));
  }

  private void publish(Instant now) {
    relayed.keySet().retainAll(site.get().segments().keySet());
    relayed.forEach(
        (name, lookout) ->
            standings.put(
                name, new Standing(false, true, Optional.empty(), lookout.servers(), "")));
    for (LookServer look : cards.values()) {
      Optional<Segment> segment = segment(look.card());
      String problem = segment.flatMap(look::problem).orElse("");
      standings.put(
          look.card().segment(),
          new Standing(look.isLooking(now), look.isUp(), look.rival(), look.servers(), problem));
    }
    standings.keySet().removeIf(name -> !relayed.containsKey(name) && !watched.containsKey(name));
    synchronized (standings) {
      standings.notifyAll();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      boolean unused = thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cards.values().forEach(LookServer::close);
  }
}
