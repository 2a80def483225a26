package io.arranque.web.network;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.web.base.Parts;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.LeaseRow;
import io.arranque.web.views.Views.ReservationRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who has which address: leases, and what is reserved in files and in the page. */
public final class Addresses {
  private final Parts parts;

  public Addresses(Parts parts) {
    this.parts = parts;
  }

  /** What there is of leases, found and cut as it was asked for. */
  record Page(List<LeaseRow> leases, int total) {}

  Page leases(LeaseSearch search) {
    Inventory inventory = parts.book().view();
    Site site = parts.site().get();
    Instant now = parts.clock().instant();
    LeaseSearch.Found found = search.in(parts.network().leases(), mac -> name(inventory, mac), now);
    return new Page(
        found.leases().stream().map(lease -> row(site, inventory, lease, now)).toList(),
        found.total());
  }

  private static LeaseRow row(Site site, Inventory inventory, Lease lease, Instant now) {
    return new LeaseRow(
        lease.address().toString(),
        lease.mac().toString(),
        lease.mac().hyphenated(),
        name(inventory, lease.mac()),
        lease.segment(),
        Views.text(lease.expires()),
        Views.text(reservation(site, inventory, lease.mac(), lease.address())),
        Views.text(lease.since()),
        lease.hostname().orElse(""),
        lease.isLive(now));
  }

  static String name(Inventory inventory, Mac mac) {
    return inventory.machine(mac).map(Machine::hostname).orElse("");
  }

  /** What is reserved for a machine on the segment of an address; as the planner decides it. */
  static Optional<Ipv4> reservation(Site site, Inventory inventory, Mac mac, Ipv4 address) {
    return site.segmentOf(address)
        .flatMap(
            segment ->
                inventory
                    .machine(mac)
                    .flatMap(machine -> machine.assignment().reservation())
                    .filter(segment.subnet()::contains)
                    .or(() -> Optional.ofNullable(segment.reservations().get(mac))));
  }

  /** By address; of a MAC's several those that count last. */
  public List<ReservationRow> reservations() {
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
