package io.arranque.downloads;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All downloads in flight, over HTTP and TFTP, and the queue before them. Thread-safe. What the
 * senders call for each file takes no lock as long as there is no queue.
 */
public final class DownloadRegister {
  /**
   * Smaller files do not count against the budget, unless their machine was told to begin: every
   * machine fetches a loader of a megabyte before it can be told to wait.
   */
  static final long COUNTS_FROM = 4 << 20;

  /** Rates over less would jump up and down with the size of socket buffers. */
  private static final Duration SAMPLE = Duration.ofMillis(500);

  /** A machine that began later than this does not show in the rate yet. */
  private static final Duration UNTESTED = Duration.ofSeconds(2);

  /** The weight of the newest sample in the rate shown. */
  private static final double NEWEST = 0.6;

  private final Supplier<Budget> budget;
  private final InstantSource clock;
  private final Set<OpenDownload> open = ConcurrentHashMap.newKeySet();
  private final LongAdder ended = new LongAdder();
  private final Queue queue = new Queue();
  private volatile boolean ticketsOut;
  private volatile Runnable roomMade = () -> {};
  private Instant sampled;
  private long sampledBytes;
  private long bitsPerSecond;
  private Map<Ipv4, Instant> progress = new HashMap<>();
  private Set<Ipv4> heavy = new HashSet<>();

  /**
   * @param budget as it is now; asked for each decision
   */
  public DownloadRegister(Supplier<Budget> budget, InstantSource clock) {
    this.budget = budget;
    this.clock = clock;
    this.sampled = clock.instant();
  }

  /**
   * A download begins; to be ended by {@link #end}, whatever becomes of it.
   *
   * @param file below the folder it is served from
   * @param total bytes that were asked for
   * @param done bytes that have left; read from any thread, and need not be exact
   */
  public OpenDownload begin(
      Ipv4 address, Download.Way way, String file, long total, LongSupplier done) {
    return begin(address, way, file, total, done, Optional.empty());
  }

  /** The same of one that goes in blocks. */
  public OpenDownload begin(
      Ipv4 address,
      Download.Way way,
      String file,
      long total,
      LongSupplier done,
      Optional<Download.Blocks> blocks) {
    OpenDownload download =
        new OpenDownload(address, way, file, total, done, blocks, clock.instant());
    open.add(download);
    return download;
  }

  /**
   * @param bytes that have left in the end
   * @param whole whether the machine has the whole file now
   */
  public void end(OpenDownload download, long bytes, boolean whole) {
    if (open.remove(download)) {
      sent(download.address, download.file, bytes, whole);
    }
  }

  /** A file, or a part, that was sent in one go; as if begun and ended. */
  public void sent(Ipv4 address, String file, long bytes, boolean whole) {
    ended.add(bytes);
    if (whole && ticketsOut) {
      boolean room;
      synchronized (this) {
        int before = queue.tickets().size();
        queue.fetched(address, file, clock.instant());
        ticketsOut = queue.hasTickets();
        room = queue.tickets().size() < before && queue.waitingCount() > 0;
      }
      if (room) {
        roomMade.run();
      }
    }
  }

  /** Whether the machine may begin; changes nothing. */
  public Standing standing(Mac mac, Ipv4 address, Instant now) {
    Budget present = budget.get();
    if (present.isUnlimited()) {
      return Standing.GO;
    }
    synchronized (this) {
      look(now);
      return queue.isFresh(mac, now) || present.isOpen(bitsPerSecond, queue.waitingCount())
          ? Standing.GO
          : queue.standing(
              mac, present.free(load(now, Optional.of(address)), queue.waitingCount()));
    }
  }

  /**
   * The machine was told to begin.
   *
   * @param files of its boot; when all have been fetched it counts no more
   */
  public void admit(Mac mac, Ipv4 address, Set<String> files, Instant now) {
    Budget present = budget.get();
    if (present.isUnlimited()) {
      return;
    }
    synchronized (this) {
      if (present.isOpen(bitsPerSecond, queue.waitingCount())) {
        // Without a queue nobody needs a ticket; a thousand machines a second get their scripts.
        return;
      }
      abandon(address);
      queue.admit(mac, address, files, now);
      ticketsOut = true;
    }
  }

  /** The machine was told to wait. */
  public void enqueue(Mac mac, Ipv4 address, Standing standing, Instant now) {
    synchronized (this) {
      abandon(address);
      queue.enqueue(mac, address, standing.askAgain(), now);
      ticketsOut = queue.hasTickets();
    }
  }

  /** The machine runs: it downloads no more. */
  public void leave(Mac mac) {
    if (!ticketsOut) {
      return;
    }
    synchronized (this) {
      queue.leave(mac, clock.instant());
      ticketsOut = queue.hasTickets();
    }
    roomMade.run();
  }

  /** Those that may begin now and have not asked yet, the next first. */
  public List<Mac> next(Instant now) {
    Budget present = budget.get();
    synchronized (this) {
      look(now);
      int free =
          present.isUnlimited()
              ? Integer.MAX_VALUE
              : present.free(load(now, Optional.empty()), queue.waitingCount());
      return queue.waiting().stream().limit(free).map(Waiting::mac).toList();
    }
  }

  /** Called when a machine has made room, on any thread; must be quick. */
  public void onRoom(Runnable listener) {
    roomMade = listener;
  }

  /**
   * How many machines may be started now so that none of them would have to wait; {@link
   * Integer#MAX_VALUE} when that does not matter. For whoever switches machines on.
   */
  public int mayStart(Instant now) {
    Budget present = budget.get();
    if (present.isUnlimited()) {
      return Integer.MAX_VALUE;
    }
    synchronized (this) {
      look(now);
      return mayStart(present, now);
    }
  }

  /** Everything as it is now. */
  public Traffic traffic(Instant now) {
    Budget present = budget.get();
    synchronized (this) {
      look(now);
      List<Download> downloads =
          open.stream()
              .map(each -> view(each, now))
              .sorted(Comparator.comparing(Download::began).thenComparing(Download::address))
              .toList();
      return new Traffic(
          now,
          present,
          load(now, Optional.empty()).machines(),
          bitsPerSecond,
          bytes(),
          present.isUnlimited() ? Integer.MAX_VALUE : mayStart(present, now),
          downloads,
          queue.tickets(),
          places());
    }
  }

  private List<Traffic.Place> places() {
    List<Traffic.Place> places = new ArrayList<>();
    for (Waiting each : queue.waiting()) {
      places.add(
          new Traffic.Place(
              each.mac(), each.address(), each.since(), queue.estimate(places.size() + 1)));
    }
    return places;
  }

  /** Bytes sent since the start. */
  public long bytes() {
    long sum = ended.sum();
    for (OpenDownload each : open) {
      sum += each.done();
    }
    return sum;
  }

  private int mayStart(Budget present, Instant now) {
    int free = present.free(load(now, Optional.empty()), queue.waitingCount());
    return free == Integer.MAX_VALUE ? free : Math.max(0, free - queue.waitingCount());
  }

  /** Takes a sample when the last one is old enough, and lets time end what it ends. */
  private void look(Instant now) {
    if (now.isBefore(sampled.plus(SAMPLE))) {
      return;
    }
    double seconds = Duration.between(sampled, now).toNanos() / 1e9;
    progress = new HashMap<>();
    heavy = new HashSet<>();
    long sum = ended.sum();
    for (OpenDownload each : open) {
      long done = each.done();
      sum += done;
      sample(each, done, seconds, now);
      if (!each.abandoned) {
        progress.merge(each.address, each.progressed, (a, b) -> a.isAfter(b) ? a : b);
        if (each.total >= COUNTS_FROM && !isStalled(each, now)) {
          heavy.add(each.address);
        }
      }
    }
    bitsPerSecond = smooth(bitsPerSecond, sum - sampledBytes, seconds);
    sampledBytes = sum;
    sampled = now;
    queue.settle(now, address -> Optional.ofNullable(progress.get(address)));
    ticketsOut = queue.hasTickets();
  }

  private static void sample(OpenDownload each, long done, double seconds, Instant now) {
    if (done != each.seen) {
      each.progressed = now;
    }
    each.bitsPerSecond = smooth(each.bitsPerSecond, done - each.seen, seconds);
    each.seen = done;
  }

  private static long smooth(long before, long bytes, double seconds) {
    double newest = Math.max(0, bytes) * 8 / seconds;
    return Math.round(before + NEWEST * (newest - before));
  }

  private Load load(Instant now, Optional<Ipv4> without) {
    Set<Ipv4> machines = new HashSet<>(heavy);
    int untested = 0;
    for (Ticket ticket : queue.tickets()) {
      machines.add(ticket.address());
      if (now.isBefore(ticket.admitted().plus(UNTESTED))
          && without.filter(ticket.address()::equals).isEmpty()) {
        untested++;
      }
    }
    without.ifPresent(machines::remove);
    return new Load(machines.size(), bitsPerSecond, untested);
  }

  /** A machine that asks for its script has given up whatever it was fetching. */
  private void abandon(Ipv4 address) {
    if (heavy.remove(address)) {
      for (OpenDownload each : open) {
        if (each.address.equals(address)) {
          each.abandoned = true;
        }
      }
    }
  }

  private static boolean isStalled(OpenDownload each, Instant now) {
    return each.abandoned || now.isAfter(each.progressed.plus(Queue.QUIET));
  }

  private static Download view(OpenDownload each, Instant now) {
    return new Download(
        each.address,
        each.way,
        each.file,
        each.done(),
        each.total,
        each.bitsPerSecond,
        each.began,
        isStalled(each, now),
        each.blocks);
  }
}
