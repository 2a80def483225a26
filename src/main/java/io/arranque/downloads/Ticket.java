package io.arranque.downloads;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Set;

/**
 * A machine that may download.
 *
 * @param admitted when it was told so
 * @param active when it last made progress
 * @param awaited files of its boot that it has not fetched to the end yet
 */
public record Ticket(Mac mac, Ipv4 address, Instant admitted, Instant active, Set<String> awaited) {
  public Ticket {
    awaited = Set.copyOf(awaited);
  }

  Ticket activeAt(Instant progress) {
    return progress.isAfter(active) ? new Ticket(mac, address, admitted, progress, awaited) : this;
  }

  Ticket awaiting(Set<String> left) {
    return new Ticket(mac, address, admitted, active, left);
  }
}
