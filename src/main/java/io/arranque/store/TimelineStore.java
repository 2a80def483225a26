package io.arranque.store;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timeline: the newest events in memory at once, all in the database within a second or, of a
 * storm, within a few. Recording never waits; when the database is away for long, events are lost
 * and counted, machines boot on.
 */
public final class TimelineStore implements Timeline, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TimelineStore.class);
  private static final int RING = 50;
  private static final int MACHINES_IN_MEMORY = 4000;
  private static final int QUEUE = 20_000;
  private static final int BATCH = 2000;
  private static final int LONGEST_DETAIL = 1000;
  private static final Duration TRIM_EVERY = Duration.ofMinutes(10);

  /**
   * How much is kept.
   *
   * @param perMachine events of one machine
   * @param total events of all, which bounds what made-up MACs can fill
   */
  record Retention(int perMachine, int total, Duration age) {
    static final Retention DEFAULT = new Retention(500, 500_000, Duration.ofDays(30));
  }

  private final Database database;
  private final InstantSource clock;
  private final Retention retention;
  private final RecentEvents recent = new RecentEvents(RING, MACHINES_IN_MEMORY);
  private final BlockingQueue<Recorded> unsaved = new ArrayBlockingQueue<>(QUEUE);
  private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong lost = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = new Thread(this::run, "timeline-writer");
  private long lastId;

  /** Starts the writing thread; {@code clock} decides what is too old to keep. */
  public TimelineStore(Database database, InstantSource clock) throws StoreFailure {
    this(database, clock, Retention.DEFAULT);
  }

  TimelineStore(Database database, InstantSource clock, Retention retention) throws StoreFailure {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.lastId = database.read("read the timeline from", EventTable::newestId);
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void record(BootEvent event) {
    BootEvent bounded = bounded(event);
    // Numbered, remembered and queued in one order, or a listener could hear the later one first.
    synchronized (this) {
      Recorded recorded = new Recorded(++lastId, bounded);
      recent.add(recorded);
      if (!unsaved.offer(recorded) && lost.getAndIncrement() == 0) {
        log.warn("the database is too slow or away; events are shown but not kept");
      }
      listeners.forEach(listener -> listener.offer(bounded));
    }
  }

  private static BootEvent bounded(BootEvent event) {
    if (event.detail().length() <= LONGEST_DETAIL) {
      return event;
    }
    return new BootEvent(
        event.at(),
        event.mac(),
        event.stage(),
        event.reason(),
        event.address(),
        event.detail().substring(0, LONGEST_DETAIL - 1) + "…",
        event.bytes(),
        event.took());
  }

  @Override
  public List<BootEvent> of(Mac mac, int limit) {
    RecentEvents.Known known = recent.of(mac, limit);
    if (known.enough()) {
      return List.copyOf(known.events());
    }
    // More than was asked for: whoever asks for the newest one soon asks for those before it.
    int wanted = Math.max(limit, RING) - known.events().size();
    Optional<List<BootEvent>> stored = stored(mac, known.before(), wanted);
    stored.ifPresent(read -> recent.keep(mac, known.before(), read, read.size() < wanted));
    return Stream.concat(known.events().stream(), stored.orElse(List.of()).stream())
        .limit(limit)
        .toList();
  }

  /** The page shows what memory has when the database is away, rather than nothing. */
  private Optional<List<BootEvent>> stored(Mac mac, long before, int limit) {
    try {
      return Optional.of(
          database.read(
              "read the timeline from", handle -> EventTable.before(handle, mac, before, limit)));
    } catch (StoreFailure e) {
      log.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Optional<BootEvent> last(Mac mac) {
    return of(mac, 1).stream().findFirst();
  }

  /** How many events never reached the database because it was too slow or away. */
  public long lost() {
    return lost.get();
  }

  @Override
  public Runnable subscribe(Consumer<BootEvent> consumer) {
    EventListener listener = new EventListener(consumer);
    listeners.add(listener);
    return () -> {
      listeners.remove(listener);
      listener.end();
    };
  }

  private void run() {
    List<Recorded> batch = new ArrayList<>();
    Instant trimmed = Instant.MIN;
    try {
      boolean last;
      do {
        // Half a second of events in one insert; a machine's boot makes about fifteen.
        last = closing.await(500, TimeUnit.MILLISECONDS);
        unsaved.drainTo(batch, BATCH - batch.size());
        // At most four thousand rows a second, so that a flood leaves the machine to those who
        // boot;
        // the rest waits in the queue, or is counted as lost.
        if (!batch.isEmpty() && save(batch)) {
          batch.clear();
        }
        Instant now = clock.instant();
        if (trimmed.isBefore(now.minus(TRIM_EVERY)) && trim(now)) {
          trimmed = now;
        }
      } while (!last);
      unsaved.drainTo(batch);
      if (!batch.isEmpty() && !save(batch)) {
        lost.addAndGet(batch.size());
      }
    } catch (InterruptedException e) {
      log.warn("interrupted; the last events are not saved");
    }
  }

  private boolean save(List<Recorded> batch) {
    try {
      database.write("write the timeline to", handle -> EventTable.insert(handle, batch));
      return true;
    } catch (StoreFailure e) {
      log.debug("events wait for the database", e);
      return false;
    } catch (RuntimeException e) {
      log.error("{} events dropped: they cannot be written", batch.size(), e);
      lost.addAndGet(batch.size());
      return true;
    }
  }

  private boolean trim(Instant now) {
    try {
      Instant oldest = now.minus(retention.age());
      database.write(
          "trim the timeline in",
          handle -> EventTable.trim(handle, oldest, retention.perMachine(), retention.total()));
      recent.trimmed(oldest);
      return true;
    } catch (StoreFailure | RuntimeException e) {
      log.warn("old events stay for now: {}", e.getMessage());
      return false;
    }
  }

  /** Saves what waits, then ends the writer and the listeners; close it before the database. */
  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listeners.forEach(EventListener::end);
    listeners.clear();
  }
}
