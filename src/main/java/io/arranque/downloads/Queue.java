package io.arranque.downloads;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may download and who is next: first come, first served. It is not kept anywhere: after a
 * restart the machines that wait ask again and make it anew.
 *
 * <p>Asks no clock. Not thread-safe.
 */
final class Queue {
  /** Bounds memory; whoever comes later waits as well, without a place. */
  static final int MAX_WAITING = 4096;

  /** A machine that gets no byte for so long has been switched off, or loads nothing more. */
  static final Duration QUIET = Duration.ofSeconds(15);

  /**
   * Beyond the time it was told to ask again after: it may be kept on the line for 8 s; key
   * prompts, a slow console, lost packets.
   */
  static final Duration GRACE = Duration.ofSeconds(20);

  /** Asking again so soon is a repeated request; later it is a machine that starts over. */
  static final Duration SAME_REQUEST = Duration.ofSeconds(3);

  /** The weight of the newest in the mean. */
  private static final double NEWEST = 0.25;

  private final Map<Mac, Waiting> waiting = new LinkedHashMap<>();
  private final Map<Mac, Ticket> tickets = new HashMap<>();
  private double meanSeconds;

  /** Whether the machine holds a ticket that is good for the request it makes now. */
  boolean isFresh(Mac mac, Instant now) {
    Ticket ticket = tickets.get(mac);
    return ticket != null && now.isBefore(ticket.admitted().plus(SAME_REQUEST));
  }

  /**
   * Where a machine is, or would be. Whoever is further ahead keeps what is free until it asks.
   *
   * @param free how many may begin now
   */
  Standing standing(Mac mac, int free) {
    int place = place(mac);
    if (free >= place) {
      return Standing.GO;
    }
    boolean asked = waiting.containsKey(mac);
    int all = asked ? waiting.size() : waiting.size() + 1;
    return new Standing(place, all, asked, estimate(place), Standing.askAgain(place));
  }

  /** The machine begins; what it waits for is that these files have been fetched. */
  void admit(Mac mac, Ipv4 address, Set<String> files, Instant now) {
    oneOfEachAddress(mac, address);
    waiting.remove(mac);
    Ticket before = tickets.get(mac);
    Instant admitted = before != null && isFresh(mac, now) ? before.admitted() : now;
    tickets.put(mac, new Ticket(mac, address, admitted, now, files));
  }

  /** The machine waits, where it waited before or at the end. */
  void enqueue(Mac mac, Ipv4 address, Duration askAgain, Instant now) {
    oneOfEachAddress(mac, address);
    tickets.remove(mac);
    Waiting before = waiting.get(mac);
    if (before == null && waiting.size() >= MAX_WAITING) {
      return;
    }
    Instant since = before == null ? now : before.since();
    waiting.put(mac, new Waiting(mac, address, since, now.plus(askAgain).plus(GRACE)));
  }

  /** The machine wants nothing more. */
  void leave(Mac mac, Instant now) {
    waiting.remove(mac);
    Ticket ticket = tickets.remove(mac);
    if (ticket != null) {
      note(ticket, now);
    }
  }

  /** A file has gone out whole. */
  void fetched(Ipv4 address, String file, Instant now) {
    for (Ticket ticket : List.copyOf(tickets.values())) {
      if (ticket.address().equals(address) && ticket.awaited().contains(file)) {
        Set<String> left = new HashSet<>(ticket.awaited());
        left.remove(file);
        if (left.isEmpty()) {
          leave(ticket.mac(), now);
        } else {
          tickets.put(ticket.mac(), ticket.activeAt(now).awaiting(left));
        }
      }
    }
  }

  /**
   * Ends what is over by time.
   *
   * @param progress when a machine at that address last got a byte; empty when it fetches nothing
   */
  void settle(Instant now, Function<Ipv4, Optional<Instant>> progress) {
    waiting.values().removeIf(each -> now.isAfter(each.expected()));
    tickets.replaceAll(
        (mac, ticket) -> progress.apply(ticket.address()).map(ticket::activeAt).orElse(ticket));
    tickets.values().removeIf(ticket -> now.isAfter(ticket.active().plus(QUIET)));
  }

  List<Waiting> waiting() {
    return List.copyOf(waiting.values());
  }

  List<Ticket> tickets() {
    return List.copyOf(tickets.values());
  }

  int waitingCount() {
    return waiting.size();
  }

  boolean hasTickets() {
    return !tickets.isEmpty();
  }

  /** How long until the machine at this place may begin; empty as long as nobody knows. */
  Optional<Duration> estimate(int place) {
    if (meanSeconds == 0) {
      return Optional.empty();
    }
    double turns = Math.ceil((double) place / Math.max(1, tickets.size()));
    return Optional.of(Duration.ofMillis((long) (turns * meanSeconds * 1000)));
  }

  private int place(Mac mac) {
    int place = 1;
    for (Mac each : waiting.keySet()) {
      if (each.equals(mac)) {
        return place;
      }
      place++;
    }
    return place;
  }

  /**
   * An address has one place: the machine that has it now. Otherwise one machine could fill the
   * queue in the name of thousands.
   */
  private void oneOfEachAddress(Mac mac, Ipv4 address) {
    waiting.values().removeIf(w -> w.address().equals(address) && !w.mac().equals(mac));
    tickets.values().removeIf(t -> t.address().equals(address) && !t.mac().equals(mac));
  }

  private void note(Ticket ticket, Instant now) {
    double seconds = Duration.between(ticket.admitted(), now).toMillis() / 1000.0;
    meanSeconds = meanSeconds == 0 ? seconds : meanSeconds + NEWEST * (seconds - meanSeconds);
  }
}
