package io.arranque.cli;

import io.arranque.address.Ipv4;
import io.arranque.inventory.InventoryBook;
import io.arranque.plan.Impact;
import io.arranque.plan.Planner;
import io.arranque.schedule.Locks;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.web.base.Previews.Reload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the last reloads of the site meant for the machines: for the log and the page. */
final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
  private static final int KEPT = 20;

  /** The site is in force already; the next reload waits for this. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Planner planner;
  private final InventoryBook book;
  private final Function<Optional<Segment>, Ipv4> serverAddress;
  private final InstantSource clock;
  private final List<Reload> kept = new CopyOnWriteArrayList<>();

  Reloads(
      Planner planner,
      InventoryBook book,
      Function<Optional<Segment>, Ipv4> serverAddress,
      InstantSource clock) {
    this.planner = planner;
    this.book = book;
    this.serverAddress = serverAddress;
    this.clock = clock;
  }

  /** Compares the two sites for all machines. In the thread that reloads. */
  void tell(Site before, Site after) {
    Instant start = clock.instant();
    Instant end = start.plus(LONGEST);
    Impact impact =
        Impact.of(
            planner,
            new Impact.Change(before, after),
            book.view(),
            serverAddress,
            () -> clock.instant().isBefore(end));
    kept.add(new Reload(start, impact));
    while (kept.size() > KEPT) {
      kept.remove(0);
    }
    LOG.info("reload {}", impact.summary());
    Locks.inForce(book.view(), start).stream()
        .map(lock -> lock.room().orElse("all rooms"))
        .forEach(room -> LOG.warn("{} is locked: its PCs boot by the new site too", room));
    impact
        .broken()
        .forEach(m -> LOG.warn("{} ({}) does not boot any more: {}", m.name(), m.mac(), m.what()));
  }

  List<Reload> newestFirst() {
    List<Reload> all = new ArrayList<>(kept);
    Collections.reverse(all);
    return all;
  }
}
