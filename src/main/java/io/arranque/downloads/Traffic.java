package io.arranque.downloads;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything under way, at one moment.
 *
 * @param machines that count against the budget
 * @param bitsPerSecond sent of late
 * @param bytes sent since the start
 * @param mayStart how many machines may begin, beyond those that wait; {@link Integer#MAX_VALUE}
 *     for any number
 * @param downloads the oldest first
 * @param tickets machines that may download; none are given out without a limit
 * @param waiting the next first
 */
public record Traffic(
    Instant at,
    Budget budget,
    int machines,
    long bitsPerSecond,
    long bytes,
    int mayStart,
    List<Download> downloads,
    List<Ticket> tickets,
    List<Place> waiting) {

  /**
   * A machine in the queue.
   *
   * @param since when it first asked
   * @param estimate how long until it may begin; empty as long as nobody knows
   */
  public record Place(Mac mac, Ipv4 address, Instant since, Optional<Duration> estimate) {}

  public Traffic {
    downloads = List.copyOf(downloads);
    tickets = List.copyOf(tickets);
    waiting = List.copyOf(waiting);
  }
}
