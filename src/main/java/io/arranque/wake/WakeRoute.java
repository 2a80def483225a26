package io.arranque.wake;

import io.arranque.address.Ipv4;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** How a packet gets to a machine that has no address, because it is off. Pure. */
sealed interface WakeRoute {

  /**
   * Out of the card with this address, to all on its wire. A socket bound to the card's address
   * sends 255.255.255.255 out of that card, whatever the default route says (Linux, route.c).
   */
  record Card(Ipv4 own, Ipv4 directed) implements WakeRoute {}

  /** By routers, the last of which must be told to pass directed broadcasts (RFC 2644). */
  record Routed(Ipv4 directed) implements WakeRoute {}

  /** There is none. */
  record None(Reason reason, String detail) implements WakeRoute {}

  /**
   * The ways to a machine: one, unless only its room is known and that has several segments.
   *
   * @param own our address on a segment's card
   */
  static List<WakeRoute> to(Machine machine, Site site, Function<Segment, Optional<Ipv4>> own) {
    List<Segment> segments = segments(machine, site);
    return segments.isEmpty()
        ? List.of(new None(Reason.WAKE_NO_SEGMENT, ""))
        : segments.stream().map(segment -> to(segment, own)).toList();
  }

  private static WakeRoute to(Segment segment, Function<Segment, Optional<Ipv4>> own) {
    Ipv4 directed = segment.subnet().broadcast();
    if (segment.relayOnly()) {
      return new Routed(directed);
    }
    return own.apply(segment)
        .<WakeRoute>map(address -> new Card(address, directed))
        .orElseGet(() -> new None(Reason.WAKE_NO_CARD, segment.name()));
  }

  /** Where it was seen says more than what people wrote, and that more than where its room is. */
  private static List<Segment> segments(Machine machine, Site site) {
    Optional<Segment> seen =
        machine.segment().flatMap(name -> Optional.ofNullable(site.segments().get(name)));
    if (seen.isPresent()) {
      return List.of(seen.get());
    }
    Optional<Ipv4> address = machine.assignment().reservation().or(machine::address);
    List<Segment> around =
        those(site, s -> address.filter(s.subnet()::contains).isPresent() || reserves(s, machine));
    if (!around.isEmpty()) {
      return around;
    }
    Optional<String> room = machine.assignment().room();
    List<Segment> ofRoom = those(site, s -> room.isPresent() && s.room().equals(room));
    // A site with a single wire leaves no doubt.
    return ofRoom.isEmpty() && site.segments().size() == 1 ? those(site, s -> true) : ofRoom;
  }

  private static boolean reserves(Segment segment, Machine machine) {
    return segment.reservations().containsKey(machine.mac());
  }

  private static List<Segment> those(Site site, Predicate<Segment> wanted) {
    return site.segments().values().stream().filter(wanted).toList();
  }
}
