package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.http.BootRequest.MachineScript;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Installation;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Planned;
import io.arranque.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What boots began with, so that all of one boot comes from the same site and the same assignments,
 * whatever is edited or deleted meanwhile. Bounded; lost by a restart, after which a boot goes on
 * with what there is then. Thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // each load of the site makes a new one
final class BootsUnderWay {
  private static final int MAX_BOOTS = 4096;

  /** Each edit of a file makes a new site; a boot that began that many edits ago gives its up. */
  private static final int MAX_SITES = 16;

  /** How many times the silence that ends it a boot may be repeated at most. */
  private static final int MOST_SILENCES = 12;

  private final Duration silence;
  private final Duration longest;
  private final Map<String, Kept> byNonce = new ConcurrentHashMap<>();
  private final Queue<String> oldestFirst = new ArrayDeque<>();
  private @Nullable Site newest;

  /**
   * How a boot began.
   *
   * @param given the script, as it is sent again: nothing to commit and nothing to record
   */
  record Begun(MachineScript request, Exchange exchange, BootPlan plan, Text given) {
    Site site() {
      return plan.site();
    }

    Assignment assignment() {
      return plan.machine().assignment();
    }

    Optional<Room> room() {
      return plan.room().map(Planned::value);
    }
  }

  /** A boot, and when its script was last asked for. */
  private static final class Kept {
    final Begun begun;
    volatile Instant asked;

    Kept(Begun begun) {
      this.begun = begun;
      this.asked = begun.exchange().now();
    }
  }

  /**
   * @param silence a machine that asks again before it was silent so long, in the same words, gets
   *     the same script: its firmware cannot have started anew, an answer got lost or it runs in a
   *     circle. Not for ever, but for twelve times as long; zero: never
   */
  BootsUnderWay(Duration silence) {
    this.silence = silence;
    this.longest = silence.multipliedBy(MOST_SILENCES);
  }

  /** Counts only when the boot of this nonce was committed as well. */
  synchronized void keep(String nonce, Begun begun) {
    if (byNonce.put(nonce, new Kept(begun)) == null) {
      oldestFirst.add(nonce);
    }
    while (oldestFirst.size() > MAX_BOOTS) {
      forgetOldest();
    }
    if (begun.site() != newest) {
      newest = begun.site();
      while (sites() > MAX_SITES) {
        forgetOldest();
      }
    }
  }

  /** How the boot began; null when that is no longer known. */
  @Nullable Begun find(String nonce) {
    Kept kept = byNonce.get(nonce);
    return kept == null ? null : kept.begun;
  }

  /** The script of the machine's present boot; null when a new boot must be decided. */
  @Nullable Text repeated(MachineScript request, BootSnapshot snapshot, Exchange exchange) {
    Optional<Boot> boot = snapshot.inventory().boot(request.mac());
    Kept kept = boot.isEmpty() ? null : byNonce.get(boot.get().nonce());
    if (kept == null || !isRecent(kept, exchange.now())) {
      return null;
    }
    Begun begun = kept.begun;
    boolean same =
        snapshot.site() == begun.site()
            && begun.exchange().client().equals(exchange.client())
            && begun.exchange().local().equals(exchange.local())
            && begun.request().equals(request)
            && isAssigned(begun, request, snapshot.inventory())
            && !hasFinished(begun, boot.get().role(), request, snapshot.inventory());
    if (!same) {
      return null;
    }
    kept.asked = exchange.now();
    return begun.given();
  }

  private boolean isRecent(Kept kept, Instant now) {
    return isWithin(silence, kept.asked, now)
        && isWithin(longest, kept.begun.exchange().now(), now);
  }

  private static boolean isWithin(Duration time, Instant from, Instant now) {
    return !now.isBefore(from) && now.isBefore(from.plus(time));
  }

  private static boolean isAssigned(Begun begun, MachineScript request, Inventory inventory) {
    var machine = inventory.machine(request.mac());
    if (machine.isEmpty()) {
      return false;
    }
    Assignment now = machine.get().assignment();
    if (now != begun.assignment() && !now.equals(begun.assignment())) {
      return false;
    }
    Optional<Room> room = begun.room();
    return room.isEmpty()
        || inventory
            .room(room.get().name())
            .map(present -> undrawn(present).equals(undrawn(room.get())))
            .orElse(isUnset(room.get()));
  }

  /**
   * Whether it has reported since that it is installed: what it boots now is to be decided anew.
   */
  private static boolean hasFinished(
      Begun begun, String role, MachineScript request, Inventory inventory) {
    Installation before = begun.plan().machine().installation().of(role);
    Installation now = inventory.machine(request.mac()).orElseThrow().installation().of(role);
    return !now.finished().equals(before.finished());
  }

  /** A room that exists by its name alone. */
  private static boolean isUnset(Room room) {
    return undrawn(room).equals(new Room(room.name(), "", Map.of()));
  }

  /** The room but for its picture: to move a seat changes nobody's boot. */
  private static Room undrawn(Room room) {
    return room.with(Layout.NONE);
  }

  private int sites() {
    Set<Site> sites = Collections.newSetFromMap(new IdentityHashMap<>());
    byNonce.values().forEach(kept -> sites.add(kept.begun.site()));
    return sites.size();
  }

  private void forgetOldest() {
    String nonce = oldestFirst.poll();
    if (nonce != null) {
      byNonce.remove(nonce);
    }
  }
}
