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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who has which address: leases, and what is reserved in files and in the page. */
final class Addresses {
  private final Parts parts;

  Addresses(Parts parts) {
    this.parts = parts;
  }

  List<LeaseRow> leases() {
    Inventory inventory = parts.book().view();
    Map<Ipv4, Mac> reserved = new TreeMap<>(inventory.reservations());
    for (Segment segment : parts.site().get().segments().values()) {
      segment.reservations().forEach((mac, address) -> reserved.putIfAbsent(address, mac));
    }
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
                    lease.mac().equals(reserved.get(lease.address()))))
        .toList();
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
