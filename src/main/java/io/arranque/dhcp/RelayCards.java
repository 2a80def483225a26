package io.arranque.dhcp;

import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The cards that no segment has. Where segments are reached through relays only, the relays'
 * packets and the machines' renewals come in through whichever card leads to them.
 */
final class RelayCards {
  /** Stands for the segment, of which there is none: only relays are heard on such a card. */
  static final String NO_SEGMENT = "";

  private RelayCards() {}

  /** Whether any segment is reached through relays only. */
  static boolean areWanted(Site site) {
    return !segments(site).isEmpty();
  }

  /** The segments that are reached through relays only. */
  static List<String> segments(Site site) {
    return site.segments().values().stream()
        .filter(segment -> segment.relayOnly() && segment.mode() != Segment.Mode.OFF)
        .map(Segment::name)
        .toList();
  }

  /**
   * Those on which only relays are to be heard; none where no segment needs it.
   *
   * @param named those that segments have
   */
  static List<Card> beside(Collection<Card> named, Site site) {
    List<Card> found = new ArrayList<>();
    if (!areWanted(site)) {
      return found;
    }
    Set<String> taken = new HashSet<>();
    named.forEach(card -> taken.add(card.name()));
    // "off" means that nothing of ours is to be heard there.
    site.segments().values().stream()
        .filter(segment -> segment.mode() == Segment.Mode.OFF && !segment.relayOnly())
        .forEach(segment -> Card.find(segment).card().ifPresent(card -> taken.add(card.name())));
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp()
            && !each.isLoopback()
            && !each.isPointToPoint()
            && !taken.contains(each.getName())) {
          Card.addresses(each).stream()
              .findFirst()
              .map(a -> new Card(NO_SEGMENT, each.getName(), each.getIndex(), a, List.of()))
              .ifPresent(found::add);
        }
      }
    } catch (SocketException e) {
      // A card that went away meanwhile; the next look is in a few seconds.
      return found;
    }
    return found;
  }
}
