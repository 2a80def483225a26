package io.arranque.web.network;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.Offer;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who has which address of a segment's subnet, and what speaks against giving it out. Pure. */
record AddressMap(Segment segment, Facts facts, Instant now) {
  /** Larger subnets are shown in parts of this length. */
  static final int BLOCK = 24;

  /** A /14. Of what is larger, those blocks are listed that hold anything. */
  static final int MOST_BLOCKS = 1024;

  /** So long an ended lease is shown; as long as an entered machine's address is kept for it. */
  static final Duration ENDED_SHOWN = Duration.ofDays(7);

  /**
   * What is known, of any segment.
   *
   * @param leases live and ended
   * @param reserved in files and in the page
   * @param ours our own addresses
   * @param servers other DHCP servers
   * @param seen addresses that machines used last
   */
  record Facts(
      NavigableMap<Ipv4, Lease> leases,
      Map<Ipv4, Offer> offers,
      Map<Ipv4, Instant> setAside,
      Map<Ipv4, Mac> reserved,
      Set<Ipv4> ours,
      Set<Ipv4> servers,
      Map<Ipv4, Mac> seen) {}

  /**
   * One address.
   *
   * @param mac whose it is, was, or is to be
   * @param until when that ends, or ended
   */
  record Cell(Ipv4 address, AddressState state, Optional<Mac> mac, Optional<Instant> until) {
    private static Cell of(Ipv4 address, AddressState state) {
      return new Cell(address, state, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A part of a large subnet.
   *
   * @param pool addresses of it that are in the pool
   * @param leased live leases
   * @param trouble addresses that are set aside
   */
  record Block(Cidr cidr, long pool, int leased, int trouble) {}

  /** The part of the subnet that holds this address; the whole of a small one. */
  Cidr block(Ipv4 address) {
    return Cidr.around(address, Math.max(BLOCK, segment.subnet().prefix()));
  }

  /** The part to show first: where the pool begins. */
  Cidr firstBlock() {
    return segment.pool().stream()
        .map(AddressRange::first)
        .min(Ipv4::compareTo)
        .or(() -> known().stream().findFirst())
        .map(this::block)
        .orElseGet(() -> block(segment.subnet().network()));
  }

  List<Cell> cells(Cidr block) {
    List<Cell> cells = new ArrayList<>();
    Ipv4 last = block.broadcast();
    for (Ipv4 each = block.network(); ; each = each.plus(1)) {
      cells.add(cell(each));
      if (each.equals(last)) {
        return List.copyOf(cells);
      }
    }
  }

  /** What speaks loudest: what can be nobody's, then trouble, then who has it, then who had it. */
  Cell cell(Ipv4 address) {
    if (isEdge(address)) {
      return Cell.of(address, AddressState.EDGE);
    }
    if (facts.ours().contains(address)) {
      return Cell.of(address, AddressState.OURS);
    }
    Instant setAside = facts.setAside().get(address);
    if (setAside != null && now.isBefore(setAside)) {
      return new Cell(address, AddressState.SET_ASIDE, Optional.empty(), Optional.of(setAside));
    }
    if (facts.servers().contains(address)) {
      return Cell.of(address, AddressState.SERVER);
    }
    Lease lease = facts.leases().get(address);
    return lease != null && lease.isLive(now) ? leased(lease) : unleased(address);
  }

  private Cell leased(Lease lease) {
    Mac reserved = facts.reserved().get(lease.address());
    AddressState state =
        reserved == null
            ? AddressState.LEASED
            : reserved.equals(lease.mac())
                ? AddressState.RESERVED_USED
                : AddressState.RESERVED_TAKEN;
    return new Cell(lease.address(), state, Optional.of(lease.mac()), Optional.of(lease.expires()));
  }

  private Cell unleased(Ipv4 address) {
    Offer offer = facts.offers().get(address);
    if (offer != null && offer.isLive(now)) {
      return new Cell(
          address, AddressState.OFFERED, Optional.of(offer.mac()), Optional.of(offer.until()));
    }
    Mac reserved = facts.reserved().get(address);
    if (reserved != null) {
      return new Cell(address, AddressState.RESERVED, Optional.of(reserved), Optional.empty());
    }
    if (segment.router().filter(address::equals).isPresent()) {
      return Cell.of(address, AddressState.ROUTER);
    }
    if (segment.dns().contains(address)) {
      return Cell.of(address, AddressState.DNS);
    }
    Lease had = facts.leases().get(address);
    if (had != null && now.isBefore(had.expires().plus(ENDED_SHOWN))) {
      return new Cell(
          address, AddressState.ENDED, Optional.of(had.mac()), Optional.of(had.expires()));
    }
    if (segment.pool().stream().anyMatch(range -> range.contains(address))) {
      return Cell.of(address, AddressState.FREE);
    }
    Mac seen = facts.seen().get(address);
    return seen == null
        ? Cell.of(address, AddressState.OUTSIDE)
        : new Cell(address, AddressState.SEEN, Optional.of(seen), Optional.empty());
  }

  private boolean isEdge(Ipv4 address) {
    return segment.subnet().prefix() < 31
        && (address.equals(segment.subnet().network())
            || address.equals(segment.subnet().broadcast()));
  }

  /** The parts of a large subnet; none of one that is shown whole. */
  List<Block> blocks() {
    int prefix = segment.subnet().prefix();
    if (prefix >= BLOCK) {
      return List.of();
    }
    Map<Cidr, int[]> counts = counts();
    List<Block> blocks = new ArrayList<>();
    for (Cidr each : BLOCK - prefix <= 10 ? all() : held(counts.keySet())) {
      int[] count = counts.getOrDefault(each, new int[2]);
      blocks.add(new Block(each, inPool(each), count[0], count[1]));
    }
    return List.copyOf(blocks);
  }

  private List<Cidr> all() {
    List<Cidr> all = new ArrayList<>();
    for (int i = 0; i < 1 << (BLOCK - segment.subnet().prefix()); i++) {
      all.add(block(segment.subnet().network().plus(i << (32 - BLOCK))));
    }
    return all;
  }

  private List<Cidr> held(Set<Cidr> counted) {
    Set<Cidr> blocks = new TreeSet<>((a, b) -> a.network().compareTo(b.network()));
    blocks.addAll(counted);
    for (AddressRange range : segment.pool()) {
      for (long i = 0; i < range.size() && blocks.size() < MOST_BLOCKS; i += 256) {
        blocks.add(block(range.first().plus((int) i)));
      }
    }
    known().forEach(address -> blocks.add(block(address)));
    return blocks.stream().limit(MOST_BLOCKS).toList();
  }

  private Map<Cidr, int[]> counts() {
    Map<Cidr, int[]> counts = new HashMap<>();
    leases()
        .values()
        .forEach(
            lease -> {
              if (lease.isLive(now)) {
                counts.computeIfAbsent(block(lease.address()), b -> new int[2])[0]++;
              }
            });
    facts
        .setAside()
        .forEach(
            (address, until) -> {
              if (segment.subnet().contains(address) && now.isBefore(until)) {
                counts.computeIfAbsent(block(address), b -> new int[2])[1]++;
              }
            });
    return counts;
  }

  /** The leases of addresses in the subnet. */
  NavigableMap<Ipv4, Lease> leases() {
    Cidr subnet = segment.subnet();
    return facts.leases().subMap(subnet.network(), true, subnet.broadcast(), true);
  }

  private Set<Ipv4> known() {
    Set<Ipv4> known = new TreeSet<>(leases().keySet());
    facts.reserved().keySet().stream().filter(segment.subnet()::contains).forEach(known::add);
    facts.ours().stream().filter(segment.subnet()::contains).forEach(known::add);
    return known;
  }

  private long inPool(Cidr block) {
    long from = number(block.network());
    long to = number(block.broadcast());
    return segment.pool().stream()
        .mapToLong(r -> Math.min(to, number(r.last())) - Math.max(from, number(r.first())) + 1)
        .filter(count -> count > 0)
        .sum();
  }

  private static long number(Ipv4 address) {
    return Integer.toUnsignedLong(address.bits());
  }

  static NavigableMap<Ipv4, Lease> byAddress(List<Lease> leases) {
    NavigableMap<Ipv4, Lease> byAddress = new TreeMap<>();
    leases.forEach(lease -> byAddress.put(lease.address(), lease));
    return byAddress;
  }
}
