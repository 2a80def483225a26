package io.arranque.dhcp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The slots with an offer, those that end first found first. Offers of one kind hold equally long,
 * so among them the order in which they were made is that of their ends: a queue for each kind
 * needs no sorting.
 */
final class OfferQueue {
  private final Map<Offer.To, Set<Slot>> queues = new EnumMap<>(Offer.To.class);

  OfferQueue() {
    for (Offer.To to : Offer.To.values()) {
      queues.put(to, new LinkedHashSet<>());
    }
  }

  /** To the end of its queue; one offered again must have been removed. */
  void add(Slot slot, Offer offer) {
    of(offer.to()).add(slot);
  }

  void remove(Slot slot, Offer offer) {
    of(offer.to()).remove(slot);
  }

  /** Those whose offers have ended. */
  List<Slot> ended(Instant now) {
    List<Slot> ended = new ArrayList<>();
    for (Set<Slot> queue : queues.values()) {
      for (Slot slot : queue) {
        Offer offer = slot.offer;
        if (offer != null && offer.isLive(now)) {
          break;
        }
        ended.add(slot);
      }
    }
    return ended;
  }

  /** Some may have ended. */
  List<Offer> all() {
    return queues.values().stream()
        .flatMap(Set::stream)
        .map(slot -> slot.offer)
        .filter(Objects::nonNull)
        .toList();
  }

  private Set<Slot> of(Offer.To to) {
    return Objects.requireNonNull(queues.get(to));
  }
}
