package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    this.site = site;
    this.lane = new LaneServer(responder, site, ports, clock, statistics);
    this.laneThread = new Thread(lane, "dhcp-lane");
    laneThread.setDaemon(true);
  }

  /** Starts to answer; what cannot be served is in {@link #problems} when this returns. */
  public void start() {
    laneThread.start();
    reload();
    var unused =
        looks.scheduleWithFixedDelay(
            () -> {
              try {
                reload();
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
    List<Card> wanted = wanted(found);
    open.entrySet()
        .removeIf(
            entry -> {
              boolean keep =
                  wanted.contains(entry.getKey())
                      && entry.getValue().stream().allMatch(ChannelServer::isOpen);
              if (!keep) {
                entry.getValue().forEach(ChannelServer::close);
                LOG.info("DHCP no longer answers on {}", describe(entry.getKey()));
              }
              return !keep;
            });
    for (Card card : wanted) {
      if (!open.containsKey(card)) {
        open(card, found);
      }
    }
    found.forEach(
        (name, problem) -> {
          if (!problem.equals(problems.get(name))) {
            LOG.error("DHCP is not answered on {}", problem);
          }
        });
    problems = found;
  }

  /** What keeps segments from being served, by segment. */
  public synchronized List<Problem> problems() {
    return List.copyOf(problems.values());
  }

  /** The segments that are answered on, as {@code sala5 (eth1, 192.168.33.1)}. */
  public synchronized List<String> answering() {
    return open.keySet().stream().flatMap(card -> card.describe().stream()).toList();
  }

  /** Leases given so far, live and ended, by address. */
  public List<Lease> leases() {
    return lane.leases();
  }

  /** The machine's leases, live and ended; as quick with a hundred thousand as with one. */
  public List<Lease> leases(Mac mac) {
    return lane.leases(mac);
  }

  public DhcpStatistics statistics() {
    return statistics;
  }

  /** Closes the sockets and ends the threads; what was promised is on disk already. */
  @Override
  public void close() {
    looks.shutdownNow();
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
    ChannelServer.Intake intake = new ChannelServer.Intake(lane::take, lane::wake);
    try {
      for (int port : List.of(Arrival.DHCP, Arrival.PROXY_DHCP)) {
        channels.add(ChannelServer.open(group, card, port, intake, statistics));
      }
      open.put(card, channels);
      LOG.info("DHCP answers on {}", describe(card));
    } catch (IOException e) {
      channels.forEach(ChannelServer::close);
      for (Arrival.Local local : card.arrival(0, card.address(), 0).locals()) {
        found.put(local.segment(), new Problem(local.segment(), String.valueOf(e.getMessage())));
      }
    }
  }

  private static String describe(Card card) {
    return String.join(", ", card.describe());
  }
}
