package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.StoreFailure;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Client;
import io.arranque.plan.Given;
import io.arranque.plan.LastGood;
import io.arranque.plan.LastGoods;
import io.arranque.plan.PlanRequest;
import io.arranque.plan.Planner;
import io.arranque.plan.Reach;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Timeline;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what each boot was given, and keeps it once the machine says that it is up. In a thread
 * of its own: neither whoever hands out a script nor whoever records an event waits for it. A boot
 * during which the appliance itself was restarted is not kept.
 */
final class LastBoots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LastBoots.class);

  /** Boots under way at once; some kilobytes each. */
  private static final int MAX_BOOTS = 1_000;

  private static final int MAX_WAITING = 4_000;

  private final Supplier<Site> site;
  private final InventoryBook book;
  private final Planner planner;
  private final Function<Optional<Segment>, Ipv4> serverAddress;
  private final LastGoods kept;

  private final List<Runnable> subscriptions = new CopyOnWriteArrayList<>();

  /** Touched by the one thread only. */
  private final Map<Mac, UnderWay> underWay = new LinkedHashMap<>();

  /** Drops what does not fit: the next boot is compared with an older one then. */
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          task -> {
            Thread made = new Thread(task, "last-boots");
            made.setDaemon(true);
            return made;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  private record UnderWay(String role, Given given) {}

  /** Call {@link #follow} to begin. */
  LastBoots(
      Supplier<Site> site,
      InventoryBook book,
      Planner planner,
      Function<Optional<Segment>, Ipv4> serverAddress,
      LastGoods kept) {
    this.site = site;
    this.book = book;
    this.planner = planner;
    this.serverAddress = serverAddress;
    this.kept = kept;
  }

  /** From now on, until it is closed. */
  LastBoots follow(Timeline timeline) {
    subscriptions.add(book.subscribe(this::changed));
    subscriptions.add(timeline.subscribe(this::heard));
    return this;
  }

  private void changed(InventoryChange change) {
    if (change instanceof InventoryChange.BootStarted started) {
      thread.execute(() -> begin(started.boot()));
    } else if (change instanceof InventoryChange.Forgotten forgotten) {
      thread.execute(() -> underWay.remove(forgotten.mac()));
    }
  }

  private void heard(BootEvent event) {
    boolean good =
        event.reason() == Reason.MACHINE_REPORTED
            && (event.stage() == Stage.REGISTERED
                || (event.stage() == Stage.UP && !event.detail().startsWith("registering:")));
    if (good) {
      thread.execute(() -> keep(event.mac(), event.at()));
    }
  }

  private void begin(Boot boot) {
    Site now = site.get();
    Hardware hardware =
        book.view().machine(boot.mac()).map(Machine::hardware).orElse(Hardware.UNKNOWN);
    Optional<Segment> segment = now.segmentOf(boot.address());
    BootPlan plan =
        planner.plan(
            new PlanRequest(
                now,
                book.view(),
                new Client(boot.mac(), Client.Kind.IPXE, Optional.empty(), hardware),
                new Reach(
                    segment,
                    serverAddress.apply(segment),
                    Optional.of(boot.address()),
                    Optional.empty())));
    underWay.remove(boot.mac());
    underWay.put(boot.mac(), new UnderWay(boot.role(), Given.masked(planner, plan)));
    while (underWay.size() > MAX_BOOTS) {
      underWay.remove(underWay.keySet().iterator().next());
    }
  }

  /** Once for each boot: what it reports later changes nothing. */
  private void keep(Mac mac, Instant at) {
    UnderWay boot = underWay.remove(mac);
    if (boot == null) {
      return;
    }
    try {
      kept.keep(new LastGood(mac, at, boot.role(), boot.given()));
    } catch (StoreFailure e) {
      // The boot itself is fine; only a comparison will be with an older one.
      LOG.warn("{}", e.getMessage());
    }
  }

  @Override
  public void close() {
    subscriptions.forEach(Runnable::run);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
