package io.arranque.tftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.arranque.timeline.Reason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Who may transfer: how many at once, whose, and who gives way when there is no room. Thread-safe;
 * transfers end on other threads than they begin. Times are nanoseconds.
 */
final class Admission {
  /** A transfer that has been admitted. Asked on any thread. */
  interface Occupant {
    Order order();

    /** Whether its client ever acknowledged anything. */
    boolean isConfirmed();

    /** When its client was last heard, roughly. */
    long heardAt();

    /** It has lost its place to another. */
    void giveWay(String why);
  }

  /**
   * What becomes of a request.
   *
   * @param reason {@link Reason#OK} when it is admitted
   * @param message for the client; empty when there is nothing to tell it
   */
  record Decision(Reason reason, String message) {
    private static final Decision ADMITTED = new Decision(Reason.OK, "");

    boolean isAdmitted() {
      return reason == Reason.OK;
    }
  }

  /**
   * So many requests of one address may wait for their first acknowledgement. An address that
   * answers nothing may be a forged one, and then each answer hits a bystander.
   */
  static final int UNCONFIRMED_PER_CLIENT = 64;

  /** The same request in this time after a sign of life is a doubled packet, no new attempt. */
  private static final long REPEATED_WITHIN = TimeUnit.SECONDS.toNanos(1);

  /** Who has been silent for so long has to give way when there is no room. */
  private static final long SILENT_AFTER = TimeUnit.SECONDS.toNanos(5);

  private final int maxTransfers;
  private final int maxPerClient;

  @GuardedBy("this")
  private final Map<Long, Occupant> occupants = new HashMap<>();

  Admission(int maxTransfers, int maxPerClient) {
    this.maxTransfers = maxTransfers;
    this.maxPerClient = maxPerClient;
  }

  /** If it is admitted, {@code newcomer} must be given back by {@link #leave}. */
  synchronized Decision enter(Occupant newcomer, long now) {
    Order order = newcomer.order();
    Occupant same = occupants.get(order.transferId());
    if (same != null) {
      if (isRepeated(same, order, now)) {
        return new Decision(Reason.REQUEST_REPEATED, "");
      }
      replace(same, "the client asked anew from the same port");
    }
    Optional<Decision> full = makeRoom(order, now);
    if (full.isPresent()) {
      return full.get();
    }
    occupants.put(order.transferId(), newcomer);
    return Decision.ADMITTED;
  }

  synchronized void leave(Occupant occupant) {
    occupants.remove(occupant.order().transferId(), occupant);
  }

  synchronized int transfers() {
    return occupants.size();
  }

  /**
   * Whether this very request is being answered: the client has lost patience before our first
   * packet came, or the network doubled its request. A second transfer would only confuse it.
   */
  private static boolean isRepeated(Occupant same, Order order, long now) {
    return same.order().request().equals(order.request())
        && (!same.isConfirmed() || now - same.heardAt() < REPEATED_WITHIN);
  }

  @GuardedBy("this")
  private Optional<Decision> makeRoom(Order order, long now) {
    Predicate<Occupant> own = other -> other.order().client().equals(order.client());
    Predicate<Occupant> unconfirmed = other -> !other.isConfirmed();
    if (count(own.and(unconfirmed)) >= UNCONFIRMED_PER_CLIENT) {
      return Optional.of(new Decision(Reason.TOO_MANY_REQUESTS, ""));
    }
    if (count(own) >= maxPerClient) {
      // A machine that asks again and again, each time from another port, must not lock itself out.
      Optional<Occupant> oldest = longestSilent(own.and(unconfirmed));
      if (oldest.isEmpty()) {
        return Optional.of(
            new Decision(Reason.TOO_MANY_TRANSFERS, "too many transfers from this address"));
      }
      replace(oldest.get(), "the client has too many transfers");
    }
    if (occupants.size() >= maxTransfers) {
      Optional<Occupant> oldest =
          longestSilent(unconfirmed)
              .or(() -> longestSilent(other -> now - other.heardAt() >= SILENT_AFTER));
      if (oldest.isEmpty()) {
        return Optional.of(
            new Decision(Reason.TOO_MANY_TRANSFERS, "the server is busy, try again"));
      }
      replace(oldest.get(), "the server is full, and the client was silent");
    }
    return Optional.empty();
  }

  @GuardedBy("this")
  private long count(Predicate<Occupant> which) {
    return occupants.values().stream().filter(which).count();
  }

  @GuardedBy("this")
  private Optional<Occupant> longestSilent(Predicate<Occupant> which) {
    return occupants.values().stream()
        .filter(which)
        .min(Comparator.comparingLong(Occupant::heardAt));
  }

  @GuardedBy("this")
  private void replace(Occupant old, String why) {
    occupants.remove(old.order().transferId(), old);
    old.giveWay(why);
  }
}
