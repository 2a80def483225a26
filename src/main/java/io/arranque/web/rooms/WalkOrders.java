package io.arranque.web.rooms;

import io.arranque.inventory.Inventory;
import io.arranque.inventory.Layout;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.walk.Hostnames;
import io.arranque.walk.Route;
import io.arranque.walk.SeatOrder;
import io.arranque.walk.Seating;
import io.arranque.walk.Signs;
import io.arranque.web.base.Fault;
import io.arranque.web.page.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what somebody wants of a walk, from a form or a program; and what is offered at first. */
final class WalkOrders {
  static final Set<String> FIELDS =
      Set.of("begin", "order", "fromFront", "hostnames", "digits", "role", "arm");
  private static final int FEW = 2;

  private final Site site;
  private final Inventory inventory;
  private final String room;
  private final Messages messages;

  WalkOrders(Site site, Inventory inventory, String room, Messages messages) {
    this.site = site;
    this.inventory = inventory;
    this.room = room;
    this.messages = messages;
  }

  /**
   * What the form shows before anybody wrote into it.
   *
   * @param begin where it would go on: after the last seat that has a PC
   * @param empty the seats at which it may begin
   * @param onward whether seats before it have PCs: a walk was ended, or the appliance restarted
   * @param segments whose PCs take seats; empty: none, and no walk is possible
   */
  record Offer(
      String begin,
      List<String> empty,
      boolean drawn,
      boolean onward,
      String hostnames,
      int digits,
      List<String> segments) {}

  Offer offer() {
    Seating seating = Seating.of(site, inventory, room);
    List<String> seats = SeatOrder.SEATS.of(layout(), true);
    List<String> empty = seats.stream().filter(seat -> seating.at(seat).isEmpty()).toList();
    int digits = Math.max(FEW, Integer.toString(seats.size()).length());
    boolean onward = !seating.taken().isEmpty();
    return new Offer(
        seats.isEmpty() ? nextNumber(seating) : afterLast(seats, seating),
        empty,
        !seats.isEmpty(),
        onward,
        room + "-" + Hostnames.SEAT,
        digits,
        Signs.segments(site, room));
  }

  private static String afterLast(List<String> seats, Seating seating) {
    int last = -1;
    for (int i = 0; i < seats.size(); i++) {
      last = seating.at(seats.get(i)).isPresent() ? i : last;
    }
    List<String> onward = new ArrayList<>(seats.subList(last + 1, seats.size()));
    onward.addAll(seats.subList(0, last + 1));
    return onward.stream().filter(seat -> seating.at(seat).isEmpty()).findFirst().orElse("");
  }

  private static String nextNumber(Seating seating) {
    int highest =
        seating.taken().stream()
            .filter(seat -> seat.matches("[0-9]{1,4}"))
            .mapToInt(Integer::parseInt)
            .max()
            .orElse(0);
    return Integer.toString(highest + 1);
  }

  private Layout layout() {
    return inventory.room(room).map(Room::layout).orElse(Layout.NONE);
  }

  /** Whether anything speaks of such a room. */
  boolean isKnown() {
    return inventory.room(room).isPresent()
        || site.segments().values().stream()
            .map(Segment::room)
            .flatMap(Optional::stream)
            .anyMatch(room::equals)
        || inventory.machines().stream()
            .map(Machine::assignment)
            .anyMatch(its -> its.room().filter(room::equals).isPresent());
  }

  /** The way from its first seat: a walk may go on anywhere in it. */
  Route whole(Map<String, String> fields) {
    Hostnames hostnames = hostnames(fields);
    Optional<String> role = text(fields, "role");
    if (role.filter(name -> !site.roles().containsKey(name)).isPresent()) {
      throw refused("walk.bad-role");
    }
    if (Signs.segments(site, room).isEmpty()) {
      throw refused("walk.no-segment");
    }
    SeatOrder order =
        SeatOrder.named(fields.getOrDefault("order", SeatOrder.SEATS.label()))
            .orElseThrow(() -> refused("walk.bad-order"));
    List<String> seats = order.of(layout(), !"false".equals(fields.get("fromFront")));
    return new Route(room, seats, 1, hostnames, role, isOn(fields, "arm"));
  }

  /** From where it begins. */
  Route route(Route whole, Map<String, String> fields) {
    Seating seating = Seating.of(site, inventory, room);
    String begin = text(fields, "begin").orElseGet(() -> offer().begin());
    return begun(whole, begin, seating);
  }

  /** The same way from that seat, which must be one of it, and empty. */
  Route begun(Route whole, String begin, Seating seating) {
    boolean isOne =
        whole.isCounting() ? begin.matches("[1-9][0-9]{0,3}") : whole.seats().contains(begin);
    if (!isOne || seating.at(begin).isPresent()) {
      throw new Fault(422, messages.get("walk.bad-begin", begin));
    }
    return whole.isCounting()
        ? new Route(
            room, List.of(), Integer.parseInt(begin), whole.hostnames(), whole.role(), whole.arm())
        : Route.through(room, whole.seats(), begin, whole.hostnames(), whole.role(), whole.arm());
  }

  private Hostnames hostnames(Map<String, String> fields) {
    String digits = text(fields, "digits").orElse("1");
    Hostnames names =
        new Hostnames(
            fields.getOrDefault("hostnames", "").strip(),
            digits.matches("[0-9]{1,2}") ? Integer.parseInt(digits) : 0);
    if (!names.isGood()) {
      throw refused("walk.bad-hostnames");
    }
    return names;
  }

  private Fault refused(String key) {
    return new Fault(422, messages.get(key));
  }

  private static Optional<String> text(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  private static boolean isOn(Map<String, String> fields, String name) {
    return "true".equals(fields.get(name)) || "on".equals(fields.get(name));
  }
}
