package io.arranque.wake;

import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Who is woken when. Asks no clock and sends nothing; for one thread at a time.
 *
 * <p>Two things speak against waking a room at once: the current that forty power supplies draw in
 * the same moment, and that all would download at once. Against the one there is {@link #INTERVAL};
 * against the other the storm control is asked how many may start, less those that are on their way
 * and not loading yet.
 */
final class WakeQueue {
  /** Between two machines: a tenth of a second is what an inrush of current lasts. */
  static final Duration INTERVAL = Duration.ofMillis(200);

  /** From its packet until firmware begins to load; one that takes longer is not waited for. */
  static final Duration UNDER_WAY = Duration.ofSeconds(90);

  /**
   * The storm control holds a machine back no longer than this: those that wake too many then wait
   * on their own screens, which is better than a room that stays dark.
   */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Servers with much memory take three minutes before they ask for an address. */
  static final Duration HEARD_WITHIN = Duration.ofMinutes(5);

  /** A switch port that goes from standby to full speed loses what comes in that second. */
  static final List<Duration> ROUNDS =
      List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(60));

  /** How often the storm control is asked while it says no. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<Entry> entries = new ArrayList<>();

  /** Heard of, but not loading yet; since when they were woken. */
  private final Map<Mac, Instant> arriving = new HashMap<>();

  private Instant lastFirst = Instant.MIN;

  /** A packet to be sent now; {@code round} counts from 0. */
  record Due(long order, Mac mac, int round) {}

  /** A machine of an order. */
  record Place(long order, Mac mac) {}

  private static final class Entry {
    private final Place place;
    private final Instant added;
    private Instant first = Instant.MAX;
    private int sent;
    private boolean stopped;

    Entry(Place place, Instant added) {
      this.place = place;
      this.added = added;
    }

    boolean isAsked() {
      return sent > 0;
    }

    Instant nextRound() {
      return stopped || sent >= ROUNDS.size() ? Instant.MAX : first.plus(ROUNDS.get(sent));
    }
  }

  void add(long order, Set<Mac> macs, Instant now) {
    for (Mac mac : macs) {
      entries.add(new Entry(new Place(order, mac), now));
    }
  }

  /**
   * What is to be sent now, if anything; it counts as sent.
   *
   * @param mayStart how many machines may begin to load; only asked when it matters
   */
  Optional<Due> due(IntSupplier mayStart, Instant now) {
    for (Entry entry : entries) {
      if (entry.isAsked() && !now.isBefore(entry.nextRound())) {
        return Optional.of(new Due(entry.place.order(), entry.place.mac(), entry.sent++));
      }
    }
    Optional<Entry> next = entries.stream().filter(e -> !e.isAsked()).findFirst();
    if (next.isEmpty() || now.isBefore(afterLast())) {
      return Optional.empty();
    }
    Entry entry = next.get();
    boolean waitedLong = !now.isBefore(entry.added.plus(PATIENCE));
    if (!waitedLong && underWay(now) >= mayStart.getAsInt()) {
      return Optional.empty();
    }
    entry.first = now;
    entry.sent = 1;
    lastFirst = now;
    return Optional.of(new Due(entry.place.order(), entry.place.mac(), 0));
  }

  /** How long nothing can be due; empty when nothing is in the queue. */
  Optional<Duration> pause(Instant now) {
    Instant soonest = Instant.MAX;
    for (Entry entry : entries) {
      Instant at =
          !entry.isAsked()
              ? now.isBefore(afterLast()) ? afterLast() : now.plus(LOOK)
              : earlier(entry.nextRound(), entry.first.plus(HEARD_WITHIN));
      soonest = earlier(soonest, at);
    }
    if (soonest.equals(Instant.MAX)) {
      return Optional.empty();
    }
    Duration pause = Duration.between(now, soonest);
    return Optional.of(pause.compareTo(LOOK) > 0 ? LOOK : pause.isNegative() ? LOOK : pause);
  }

  /** Those that were asked and are still waited for. */
  Map<Mac, Instant> asked() {
    Map<Mac, Instant> asked = new HashMap<>();
    entries.stream().filter(Entry::isAsked).forEach(e -> asked.put(e.place.mac(), e.first));
    return asked;
  }

  /** The machine did something: whoever waited for that need not any more. */
  List<Place> heard(Mac mac) {
    List<Place> of = new ArrayList<>();
    for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.place.mac().equals(mac) && entry.isAsked()) {
        each.remove();
        of.add(entry.place);
        arriving.put(mac, entry.first);
      }
    }
    return of;
  }

  /** From now on the storm control counts it by itself. */
  void loading(Mac mac) {
    arriving.remove(mac);
  }

  /** Nothing can be sent to the machine. */
  void drop(long order, Mac mac) {
    entries.removeIf(e -> e.place.equals(new Place(order, mac)));
  }

  /** Those that were waited for long enough; they are waited for no more. */
  List<Place> silent(Instant now) {
    List<Place> of = new ArrayList<>();
    entries.removeIf(
        e -> e.isAsked() && !now.isBefore(e.first.plus(HEARD_WITHIN)) && of.add(e.place));
    arriving.values().removeIf(since -> !now.isBefore(since.plus(UNDER_WAY)));
    return of;
  }

  /** No further packet of this order; those that got none are named. */
  List<Mac> stop(long order) {
    List<Mac> never = new ArrayList<>();
    for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.place.order() == order) {
        entry.stopped = true;
        if (!entry.isAsked()) {
          each.remove();
          never.add(entry.place.mac());
        }
      }
    }
    return never;
  }

  private int underWay(Instant now) {
    Set<Mac> macs = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.isAsked() && now.isBefore(entry.first.plus(UNDER_WAY))) {
        macs.add(entry.place.mac());
      }
    }
    arriving.forEach(
        (mac, since) -> {
          if (now.isBefore(since.plus(UNDER_WAY))) {
            macs.add(mac);
          }
        });
    return macs.size();
  }

  private Instant afterLast() {
    return lastFirst.equals(Instant.MIN) ? lastFirst : lastFirst.plus(INTERVAL);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
