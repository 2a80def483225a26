package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a machine's fixed address must be to everything else. */
public final class Reservations {
  private Reservations() {}

  /**
   * What happens on the wire meanwhile.
   *
   * @param leasedTo who has a live lease of an address
   * @param ownAddress our own address on a segment
   */
  public record Wire(Function<Ipv4, Optional<Mac>> leasedTo, Function<Segment, Ipv4> ownAddress) {}

  /** What the site and the other machines have against it. */
  static List<Refusal> misplaced(Site site, Inventory inventory, Mac mac, Ipv4 address) {
    Optional<Segment> segment = site.segmentOf(address);
    if (segment.isEmpty()) {
      return List.of(refusal(Kind.RESERVATION_OUTSIDE, address.toString()));
    }
    return notAMachines(segment.get(), address)
        .map(whose -> refusal(Kind.RESERVATION_NOT_A_MACHINES, address + ": " + whose))
        .or(
            () ->
                ofAnother(segment.get(), inventory, mac, address)
                    .map(who -> refusal(Kind.RESERVATION_TAKEN, address + ": " + who)))
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * What speaks against an edit beside the site's files and the other machines: our own address,
   * and a machine that uses the address now, unless the edit says that it may.
   */
  public static List<Refusal> onTheWire(
      Site site, Inventory inventory, Mac mac, AssignmentEdit edit, Wire wire) {
    Optional<Ipv4> wanted = edit.reservation().map(String::strip).flatMap(Ipv4::parse);
    Optional<Ipv4> present = inventory.machine(mac).flatMap(m -> m.assignment().reservation());
    if (wanted.isEmpty() || wanted.equals(present)) {
      return List.of();
    }
    Ipv4 address = wanted.get();
    List<Refusal> refusals = new ArrayList<>();
    site.segmentOf(address)
        .filter(segment -> wire.ownAddress().apply(segment).equals(address))
        .ifPresent(
            s ->
                refusals.add(
                    refusal(Kind.RESERVATION_NOT_A_MACHINES, address + ": this appliance")));
    wire.leasedTo()
        .apply(address)
        .filter(other -> !other.equals(mac) && !edit.evenIfLeased())
        .ifPresent(other -> refusals.add(refusal(Kind.RESERVATION_LEASED, address + ": " + other)));
    return List.copyOf(refusals);
  }

  /**
   * Where reservations set in the page and the site's files contradict each other, a line each: a
   * file may be changed after an address was reserved.
   */
  public static List<String> conflicts(Site site, Inventory inventory) {
    List<String> lines = new ArrayList<>();
    inventory
        .reservations()
        .forEach(
            (address, mac) -> {
              misplaced(site, inventory, mac, address)
                  .forEach(
                      refusal -> lines.add("reservation of " + mac + ": " + refusal.message()));
              site.segmentOf(address)
                  .flatMap(segment -> differing(segment, mac, address))
                  .ifPresent(lines::add);
            });
    return List.copyOf(lines);
  }

  private static Optional<String> differing(Segment segment, Mac mac, Ipv4 address) {
    return Optional.ofNullable(segment.reservations().get(mac))
        .filter(inFile -> !inFile.equals(address))
        .map(
            inFile ->
                "dhcp/%s.yaml reservations.%s: warning: %s here and %s in the page, which wins"
                    .formatted(segment.name(), mac, inFile, address));
  }

  private static Optional<String> notAMachines(Segment segment, Ipv4 address) {
    if (address.equals(segment.subnet().network())) {
      return Optional.of("network");
    }
    if (address.equals(segment.subnet().broadcast())) {
      return Optional.of("broadcast");
    }
    return segment.router().filter(address::equals).map(router -> "router");
  }

  private static Optional<String> ofAnother(
      Segment segment, Inventory inventory, Mac mac, Ipv4 address) {
    Optional<String> inFile =
        segment.reservations().entrySet().stream()
            .filter(entry -> entry.getValue().equals(address) && !entry.getKey().equals(mac))
            .map(entry -> "dhcp/" + segment.name() + ".yaml, " + entry.getKey())
            .findFirst();
    return inFile.or(
        () ->
            inventory
                .reservedAt(address)
                .filter(other -> !other.equals(mac))
                .map(other -> nameOf(inventory, other)));
  }

  private static String nameOf(Inventory inventory, Mac mac) {
    return inventory.machine(mac).map(m -> m.hostname() + ", " + mac).orElse(mac.toString());
  }

  private static Refusal refusal(Kind kind, String detail) {
    return new Refusal(kind, "reservation", detail);
  }
}
