package io.arranque.web.network;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.Offer;
import io.arranque.dhcp.OtherServer;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import io.arranque.web.base.Parts;
import io.arranque.web.network.AddressMap.Cell;
import io.arranque.web.network.AddressViews.AddressView;
import io.arranque.web.network.AddressViews.BlockView;
import io.arranque.web.network.AddressViews.CellView;
import io.arranque.web.network.AddressViews.CountView;
import io.arranque.web.network.AddressViews.MapView;
import io.arranque.web.network.AddressViews.RowView;
import io.arranque.web.network.AddressViews.SetAsideView;
import io.arranque.web.views.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what is known of addresses: for the map, for one of them, and those set aside. */
final class AddressDesk {
  private static final int ROW = 16;
  private static final Set<String> QUIET =
      Set.of(AddressState.OUTSIDE.label(), AddressState.EDGE.label());

  private final Parts parts;

  AddressDesk(Parts parts) {
    this.parts = parts;
  }

  private AddressMap map(Segment segment) {
    return new AddressMap(segment, facts(), parts.clock().instant());
  }

  private AddressMap.Facts facts() {
    Site site = parts.site().get();
    Inventory inventory = parts.book().view();
    Map<Ipv4, Mac> reserved = new HashMap<>();
    Set<Ipv4> ours = new HashSet<>();
    for (Segment segment : site.segments().values()) {
      segment.reservations().forEach((mac, address) -> reserved.put(address, mac));
    }
    parts.network().cards().forEach(card -> card.address().ifPresent(ours::add));
    reserved.putAll(inventory.reservations());
    Map<Ipv4, Mac> seen = new HashMap<>();
    for (Machine machine : inventory.machines()) {
      machine.address().ifPresent(address -> seen.put(address, machine.mac()));
    }
    return new AddressMap.Facts(
        AddressMap.byAddress(parts.network().leases()),
        parts.network().holds().offers().stream()
            .collect(Collectors.toMap(Offer::address, offer -> offer, (a, b) -> b)),
        parts.network().holds().setAside(),
        reserved,
        ours,
        parts.surroundings().get().servers().stream()
            .filter(OtherServer::present)
            .map(OtherServer::address)
            .collect(Collectors.toSet()),
        seen);
  }

  /**
   * @param wanted an address of the part to show; empty: where the pool begins
   */
  MapView map(Segment segment, Optional<Ipv4> wanted) {
    AddressMap map = map(segment);
    Cidr block =
        wanted.filter(segment.subnet()::contains).map(map::block).orElseGet(map::firstBlock);
    Inventory inventory = parts.book().view();
    List<CellView> cells = map.cells(block).stream().map(cell -> view(inventory, cell)).toList();
    List<RowView> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i += ROW) {
      List<CellView> row = cells.subList(i, Math.min(cells.size(), i + ROW));
      rows.add(
          new RowView(
              row.get(0).address(),
              row.stream().allMatch(cell -> QUIET.contains(cell.state())),
              List.copyOf(row)));
    }
    return new MapView(
        segment.subnet().toString(),
        block.toString(),
        map.blocks().stream().map(each -> view(each, block)).toList(),
        List.copyOf(rows),
        counts(cells));
  }

  private static BlockView view(AddressMap.Block block, Cidr shown) {
    return new BlockView(
        block.cidr().toString(),
        block.cidr().network().toString(),
        block.pool(),
        block.leased(),
        block.trouble(),
        block.pool() == 0 ? 0 : (int) Math.min(100, 100L * block.leased() / block.pool()),
        block.cidr().equals(shown));
  }

  private static CellView view(Inventory inventory, Cell cell) {
    String address = cell.address().toString();
    return new CellView(
        address,
        address.substring(address.lastIndexOf('.') + 1),
        cell.state().label(),
        cell.state().sign(),
        Views.text(cell.mac()),
        cell.mac().map(Mac::hyphenated).orElse(""),
        cell.mac().map(mac -> Addresses.name(inventory, mac)).orElse(""),
        cell.until().map(Views::text).orElse(""));
  }

  private static List<CountView> counts(List<CellView> cells) {
    Map<String, Long> counted =
        cells.stream().collect(Collectors.groupingBy(CellView::state, Collectors.counting()));
    List<CountView> counts = new ArrayList<>();
    for (AddressState state : AddressState.values()) {
      long count = counted.getOrDefault(state.label(), 0L);
      if (count > 0 && state != AddressState.OUTSIDE && state != AddressState.EDGE) {
        counts.add(new CountView(state.label(), state.sign(), (int) count));
      }
    }
    return List.copyOf(counts);
  }

  /**
   * @param mayChange whether who asks may release it, or take it back into use
   */
  AddressView address(Segment segment, Ipv4 address, boolean mayChange) {
    AddressMap map = map(segment);
    Cell cell = map.cell(address);
    Inventory inventory = parts.book().view();
    Optional<Lease> lease = Optional.ofNullable(map.facts().leases().get(address));
    Optional<Lease> live = lease.filter(l -> l.isLive(map.now()));
    Optional<Mac> reserved = Optional.ofNullable(map.facts().reserved().get(address));
    Optional<Mac> mac = cell.mac();
    return new AddressView(
        address.toString(),
        segment.name(),
        cell.state().label(),
        Views.text(mac),
        mac.map(Mac::hyphenated).orElse(""),
        mac.map(m -> Addresses.name(inventory, m)).orElse(""),
        lease
            .filter(l -> mac.filter(l.mac()::equals).isPresent())
            .flatMap(Lease::hostname)
            .orElse(""),
        live.map(l -> Views.text(l.since())).orElse(""),
        cell.until().map(Views::text).orElse(""),
        live.flatMap(l -> renews(l, segment, map.now())).map(Views::text).orElse(""),
        live.isPresent(),
        Views.text(reserved),
        reserved.map(Mac::hyphenated).orElse(""),
        reserved.map(m -> Addresses.name(inventory, m)).orElse(""),
        live.flatMap(l -> Addresses.reservation(parts.site().get(), inventory, l.mac(), address))
            .map(Ipv4::toString)
            .orElse(""),
        setAside().stream().filter(each -> each.address().equals(address.toString())).toList(),
        mayChange);
  }

  /**
   * By when a machine that runs asks again: after half of its time (RFC 2131 §4.4.5). Empty when
   * that is over: it is off, or was given less than the segment gives.
   */
  private static Optional<Instant> renews(Lease lease, Segment segment, Instant now) {
    return Optional.of(lease.expires().minus(segment.leaseTime().dividedBy(2)))
        .filter(half -> half.isAfter(now));
  }

  /** What is kept from everybody because somebody sits on it, by address. */
  List<SetAsideView> setAside() {
    Instant now = parts.clock().instant();
    Site site = parts.site().get();
    Inventory inventory = parts.book().view();
    // The newest first: that is the one that set the address aside.
    Map<Ipv4, Conflict> why =
        parts.surroundings().get().conflicts().stream()
            .collect(Collectors.toMap(Conflict::address, c -> c, (newest, older) -> newest));
    return parts.network().holds().setAside().entrySet().stream()
        .filter(entry -> now.isBefore(entry.getValue()))
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry -> {
              Optional<Conflict> conflict = Optional.ofNullable(why.get(entry.getKey()));
              Optional<Mac> machine = conflict.map(Conflict::machine);
              return new SetAsideView(
                  entry.getKey().toString(),
                  site.segmentOf(entry.getKey()).map(Segment::name).orElse(""),
                  Views.text(entry.getValue()),
                  Views.text(conflict.flatMap(Conflict::holder)),
                  conflict.map(c -> c.found().name().toLowerCase(Locale.ROOT)).orElse(""),
                  Views.text(machine),
                  machine.map(Mac::hyphenated).orElse(""),
                  machine.map(m -> Addresses.name(inventory, m)).orElse(""),
                  conflict.map(c -> Views.text(c.at())).orElse(""));
            })
        .toList();
  }
}
