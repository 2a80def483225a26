package io.arranque.web;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.web.Views.LeaseRow;
import io.arranque.web.Views.ReservationRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who has which address: leases, and what is reserved in files and in the page. */
final class Addresses {
  private final Parts parts;

  Addresses(Parts parts) {
    this.parts = parts;
  }

  List<LeaseRow> leases() {
    Inventory inventory = parts.book().view();
    Site site = parts.site().get();
    return parts.leases().get().stream()
        .sorted(Comparator.comparing(LeaseView::address))
        .map(
            lease ->
                new LeaseRow(
                    lease.address().toString(),
                    lease.mac().toString(),
                    lease.mac().hyphenated(),
                    inventory.machine(lease.mac()).map(Machine::hostname).orElse(""),
                    lease.segment(),
                    Views.text(lease.expires()),
                    Views.text(reservation(site, inventory, lease))))
        .toList();
  }

  /** What is reserved for the lease's machine on its segment; as the planner decides it. */
  private static Optional<Ipv4> reservation(Site site, Inventory inventory, LeaseView lease) {
    return site.segmentOf(lease.address())
        .flatMap(
            segment ->
                inventory
                    .machine(lease.mac())
                    .flatMap(machine -> machine.assignment().reservation())
                    .filter(segment.subnet()::contains)
                    .or(() -> Optional.ofNullable(segment.reservations().get(lease.mac()))));
  }

  /** By address; of a MAC's several those that count last. */
  List<ReservationRow> reservations() {
    Site site = parts.site().get();
    List<ReservationRow> rows = new ArrayList<>();
    for (Segment segment : site.segments().values()) {
      segment
          .reservations()
          .forEach((mac, address) -> rows.add(row(mac, address, segment.name(), "file")));
    }
    parts
        .book()
        .view()
        .reservations()
        .forEach(
            (address, mac) ->
                rows.add(
                    row(
                        mac,
                        address,
                        site.segmentOf(address).map(Segment::name).orElse(""),
                        "page")));
    rows.sort(Comparator.comparing(row -> Ipv4.of(row.address())));
    return List.copyOf(rows);
  }

  private ReservationRow row(Mac mac, Ipv4 address, String segment, String source) {
    Optional<Machine> machine = parts.book().view().machine(mac);
    return new ReservationRow(
        address.toString(),
        mac.toString(),
        mac.hyphenated(),
        machine.map(Machine::hostname).orElse(""),
        segment,
        source);
  }
}
